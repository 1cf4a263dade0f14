import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@gantry/base/testing';
import { findProgram } from './choose.ts';
import { openTestRuntime, sessionOutput, type TestRuntime } from './testing/index.ts';

let folder: string;
let test: TestRuntime;
const hangAt = (command: string) => writeFileSync(join(folder, 'hang'), command);

/** runc, but for the command named in `hang`, in which it waits for what never comes. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gantry-hanging-'));
  const runtimePath = join(folder, 'runc');
  execFileSync('mkfifo', [join(folder, 'never')]);
  const script = `#!/bin/sh
read -r command < ${folder}/hang
case " $* " in *" $command "*) exec 9<> ${folder}/never; read -r _ <&9;; esac
exec ${findProgram('runc')} "$@"
`;
  writeFileSync(runtimePath, script, { mode: 0o755 });
  hangAt('nothing\n');
  test = await openTestRuntime({ runtimePath, operationTimeoutMs: 10_000 }); // long enough for those that do not hang
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

describe('an OCI runtime that hangs', () => {
  it('in a creation is ended, and nothing of it stays in the way of the next', async () => {
    hangAt('create\n');
    await expect(test.runtime.create(test.config('c'))).rejects.toMatchObject({
      reason: 'failed',
      message: 'cannot create the container: context deadline exceeded',
    });
    await eventually(() => test.leftovers().length === 0, { what: 'nothing left over' });
    expect(test.runtime.list()).toEqual([]);
    await test.runtime.remove('c');
    hangAt('nothing\n');
    await test.runtime.create(test.config('c'));
    expect((await test.runtime.start('c')).state).toBe('running');
    await test.runtime.remove('c');
  });

  it('in an exec is ended, and the container takes the next', async () => {
    await test.runtime.create(test.config('e'));
    await test.runtime.start('e');
    hangAt('exec\n');
    await expect(test.runtime.exec('e', { args: ['true'] })).rejects.toThrow(
      'exec in e: context deadline exceeded',
    );
    hangAt('nothing\n');
    const session = await test.runtime.exec('e', { args: ['echo', 'well'] });
    expect(await sessionOutput(session)).toMatchObject({ stdout: 'well\n', code: 0 });
    await test.runtime.remove('e');
    await eventually(() => test.leftovers().length === 0, { what: 'nothing left over' });
  });

  it('until its container has ended says that, not what it stumbled over', async () => {
    await test.runtime.create(test.config('g'));
    await test.runtime.start('g');
    hangAt('exec\n');
    const exec = test.runtime.exec('g', { args: ['true'] });
    await test.runtime.kill('g', 'SIGKILL');
    await expect(exec).rejects.toMatchObject({ reason: 'gone', message: 'container g is not running' });
    hangAt('nothing\n');
    await test.runtime.remove('g');
  });
});
