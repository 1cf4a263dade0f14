import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeClock } from '@gantry/base/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nanosecondsOf, parseLogEntry } from './parse.ts';
import { readLog, type ReadLogOptions } from './read-log.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gantry-log-'));
  path = join(folder, '0.log');
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (second: number) => `2026-01-01T00:00:${String(second).padStart(2, '0')}.000000001Z`;
const line = (second: number, text: string, stream = 'stdout', tag = 'F') =>
  `${at(second)} ${stream} ${tag} ${text}\n`;
async function read(options: ReadLogOptions = {}, signal = new AbortController().signal): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readLog(path, options, signal)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('an entry', () => {
  it('is taken apart', () => {
    expect(parseLogEntry(Buffer.from(line(1, 'a b').trimEnd()))).toEqual({
      timestamp: at(1),
      stream: 'stdout',
      partial: false,
      content: Buffer.from('a b'),
    });
    expect(parseLogEntry(Buffer.from(`${at(1)} stderr P x`))).toMatchObject({
      stream: 'stderr',
      partial: true,
    });
    expect(parseLogEntry(Buffer.from(`${at(1)} stdout F`))?.content.toString()).toBe('');
    for (const bad of ['', 'x', `${at(1)} stdout`, 'a b c d', '   '])
      expect(parseLogEntry(Buffer.from(bad))).toBeUndefined();
  });

  it('has its time in nanoseconds, whatever the zone', () => {
    expect(nanosecondsOf('1970-01-01T01:00:01.5+01:00')).toBe(1_500_000_000n);
    expect(nanosecondsOf('1970-01-01T00:00:00.000000009Z')).toBe(9n);
    expect(nanosecondsOf('yesterday')).toBeUndefined();
  });
});

describe('reading', () => {
  const three = line(1, 'one') + line(2, 'two', 'stderr') + line(3, 'three');
  it.each<[ReadLogOptions, string]>([
    [{}, 'one\ntwo\nthree\n'],
    [{ tailLines: 2 }, 'two\nthree\n'],
    [{ tailLines: 0 }, ''],
    [{ tailLines: 9 }, 'one\ntwo\nthree\n'],
    [{ stream: 'stderr' }, 'two\n'],
    [{ timestamps: true, tailLines: 1 }, `${at(3)} three\n`],
    [{ sinceTime: at(2) }, 'two\nthree\n'],
    [{ sinceTime: '2026-01-01T01:00:02+01:00' }, 'two\nthree\n'],
    [{ sinceSeconds: 1, clock: new FakeClock(Date.UTC(2026, 0, 1, 0, 0, 3)) }, 'two\nthree\n'],
    [{ limitBytes: 6 }, 'one\ntw'],
  ])('with %j', async (options, text) => {
    writeFileSync(path, three);
    expect(await read(options)).toBe(text);
  });

  it('joins partial lines under one time', async () => {
    writeFileSync(
      path,
      line(1, 'aa', 'stdout', 'P') +
        line(2, 'bb', 'stdout', 'P') +
        line(3, 'cc') +
        line(4, 'x', 'stdout', 'P'),
    );
    expect(await read()).toBe('aabbcc\nx');
    expect(await read({ timestamps: true })).toBe(`${at(1)} aabbcc\n${at(4)} x`);
  });

  it("shows conmon's times as the kubelet does, in UTC by a Z", async () => {
    writeFileSync(
      path,
      '2026-01-01T00:00:01.000000001+00:00 stdout F a\n2026-01-01T02:00:02.000000001+02:00 stdout F b\n',
    );
    expect(await read({ timestamps: true })).toBe(
      '2026-01-01T00:00:01.000000001Z a\n2026-01-01T02:00:02.000000001+02:00 b\n',
    );
  });

  it('gives back what is larger than a block, from any line on', async () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `number ${index} ${'x'.repeat(index % 90)}`);
    writeFileSync(path, lines.map((text) => line(1, text)).join(''));
    expect(await read()).toBe(lines.join('\n') + '\n');
    expect(await read({ tailLines: 3333 })).toBe(lines.slice(-3333).join('\n') + '\n');
  });

  it('of a file that is not there or options that make no sense fails', async () => {
    await expect(read()).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(read({ follow: true })).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(read({ sinceTime: 'now' })).rejects.toThrow('invalid sinceTime');
  });

  it.each<[ReadLogOptions, number]>([
    [{ tailLines: 1 }, 1],
    [{ tailLines: 0 }, 0],
    [{}, 3000],
  ])('%j gives what was there when it was asked, while more is written', async (options, lines) => {
    writeFileSync(path, line(1, 'x'.repeat(60)).repeat(3000));
    let text = '';
    for await (const chunk of readLog(path, options, new AbortController().signal)) {
      text += Buffer.from(chunk).toString();
      appendFileSync(path, line(2, 'later').repeat(1000)); // faster than it is read
      if (text.length > 1 << 20) break;
    }
    expect(text).toBe(`${'x'.repeat(60)}\n`.repeat(lines));
  });

  it('leaves out what is in no format', async () => {
    writeFileSync(path, `garbage\n${line(1, 'good')}\0\0\n${at(2)} stdout F cut`);
    expect(await read()).toBe('good\n');
  });
});

describe('following', () => {
  it('gives what is added, across a rotation, until the end', async () => {
    writeFileSync(path, line(1, 'old'));
    const end = Promise.withResolvers<void>();
    const got: string[] = [];
    for await (const chunk of readLog(
      path,
      { follow: true, until: end.promise },
      new AbortController().signal,
    )) {
      got.push(Buffer.from(chunk).toString());
      if (got.join('').endsWith('old\n')) appendFileSync(path, line(2, 'added'));
      if (got.join('').endsWith('added\n')) {
        appendFileSync(path, line(3, 'last of the first'));
        renameSync(path, `${path}.1`);
        writeFileSync(path, line(4, 'second'));
      }
      if (got.join('').endsWith('second\n')) {
        appendFileSync(path, line(5, 'final'));
        end.resolve();
      }
    }
    expect(got.join('')).toBe('old\nadded\nlast of the first\nsecond\nfinal\n');
  });

  it('starts over when the file was cut', async () => {
    writeFileSync(path, line(1, 'a long first line'));
    const stop = new AbortController();
    const got: string[] = [];
    for await (const chunk of readLog(path, { follow: true }, stop.signal)) {
      got.push(Buffer.from(chunk).toString());
      if (got.length === 1) writeFileSync(path, line(2, 'new'));
      else stop.abort();
    }
    expect(got.join('')).toBe('a long first line\nnew\n');
  });

  it('ends without an error when it is stopped', async () => {
    writeFileSync(path, '');
    const stop = new AbortController();
    const reading = read({ follow: true }, stop.signal);
    stop.abort();
    expect(await reading).toBe('');
  });
});
