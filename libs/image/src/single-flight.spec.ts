import { describe, expect, it } from 'vitest';
import { settle } from '@gantry/base/testing';
import { SingleFlight } from './single-flight.ts';

describe('single flight', () => {
  it('does one piece of work for all who ask meanwhile', async () => {
    const flights = new SingleFlight<number, string>();
    let starts = 0;
    const seen: string[] = [];
    const work = async (_: AbortSignal, emit: (event: string) => void) => {
      await settle();
      emit('half');
      return ++starts;
    };
    const both = [
      flights.join('k', work, undefined, (e) => seen.push(`a ${e}`)),
      flights.join('k', work, undefined, (e) => seen.push(`b ${e}`)),
    ];
    expect(await Promise.all(both)).toEqual([1, 1]);
    expect(seen).toEqual(['a half', 'b half']);
    expect(await flights.join('k', work)).toBe(2);
  });

  it('aborts the work only when the last one has gone, and what follows waits for its end', async () => {
    const flights = new SingleFlight<string>();
    const [one, two] = [new AbortController(), new AbortController()];
    const log: string[] = [];
    const end = Promise.withResolvers<void>();
    const work = async (signal: AbortSignal) => {
      log.push('start');
      signal.addEventListener('abort', () => log.push('aborted'));
      await end.promise;
      log.push('end');
      return 'done';
    };
    const first = flights.join('k', work, one.signal);
    const second = flights.join('k', work, two.signal);
    one.abort(new Error('one left'));
    await expect(first).rejects.toThrow('one left');
    expect(log).toEqual(['start']);
    two.abort(new Error('two left'));
    await expect(second).rejects.toThrow('two left');
    expect(log).toEqual(['start', 'aborted']);
    const third = flights.join('k', async () => {
      log.push('third');
      return 'third';
    });
    await settle();
    expect(log).toEqual(['start', 'aborted']);
    end.resolve();
    expect(await third).toBe('third');
    expect(log).toEqual(['start', 'aborted', 'end', 'third']);
  });
});
