import { FakeClock } from '@gantry/base/testing';
import { expect, it } from 'vitest';
import type { CheckResult } from './check.ts';
import { Prober } from './prober.ts';

const good: CheckResult = { ok: true, message: '' };
const bad: CheckResult = { ok: false, message: 'bad' };
const errored: CheckResult = { ok: false, errored: true, message: 'no such program' };

/** What is told of a container whose checks come out as said, one a second: `!` some trouble, else the verdict. */
async function told(...results: CheckResult[]): Promise<string[]> {
  const clock = new FakeClock();
  const said: string[] = [];
  using _prober = new Prober({
    kind: 'liveness',
    probe: { periodSeconds: 1, failureThreshold: 2 },
    clock,
    startedAtMs: clock.now(),
    check: () => Promise.resolve(results.shift() ?? good),
    onResult: ({ ok, warned }) => (ok && !warned) || said.push('!'),
    onVerdict: (ok) => said.push(ok ? 'alive' : 'dead'),
  });
  await clock.advance((results.length - 1) * 1_000);
  return said;
}

it.each<[string, CheckResult[], string[]]>([
  ['a warning is none', [good, { ...good, warned: true }, good], ['alive', '!']],
  ['one failure is not enough', [good, bad, good], ['alive', '!']],
  ['two in a row are', [good, bad, bad], ['alive', '!', '!', 'dead']],
  ['checks that could not be made do not count', [good, errored, errored, errored], ['alive', '!', '!', '!']],
  ['and interrupt nothing', [good, bad, errored, bad], ['alive', '!', '!', '!', 'dead']],
])('%s', async (_what, results, said) => expect(await told(...results)).toEqual(said));
