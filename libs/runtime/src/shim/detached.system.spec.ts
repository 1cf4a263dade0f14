import { closeSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '@gantry/base/testing';
import { DetachedSpawner } from './detached.ts';

describe('a program that is started detached', () => {
  let folder: string;
  let spawner: DetachedSpawner;
  let stderr: number;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'gantry-detached-'))));
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeEach(() => {
    spawner = new DetachedSpawner();
    stderr = openSync(join(folder, 'errors'), 'w');
  });
  afterEach(() => {
    closeSync(stderr);
    spawner[Symbol.dispose]();
  });
  const sh = (script: string, ...more: string[]) =>
    text(
      spawner.spawn('/bin/sh', ['-c', script, 'sh', ...more], {
        stderr,
        env: { PATH: '/usr/bin:/bin', A: 'b c' },
      }),
    );

  /** What this process was given itself to pass on, whoever started it. */
  const inherited = () =>
    readdirSync('/proc/self/fd').filter((fd) => {
      try {
        const [, flags] = /^flags:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1')) ?? [];
        return Number(fd) > 2 && (parseInt(flags!, 8) & 0o2000000) === 0;
      } catch {
        return false; // that of the listing itself
      }
    });

  it('has the arguments, the environment and the descriptors that it was given, and no others', async () => {
    const script = 'echo "$1|$A|$(pwd)" >&3; echo oops >&2; echo lost; ls /proc/$$/fd | tr "\\n" " " >&3';
    const [first, fds] = (await sh(script, 'an argument')).split('\n');
    expect(first).toBe('an argument|b c|/');
    expect(new Set(fds?.trim().split(' '))).toEqual(new Set(['0', '1', '2', '3', ...inherited()]));
    expect(readFileSync(join(folder, 'errors'), 'utf8')).toBe('oops\n');
  });

  it('leads a session of its own, with no signal blocked or ignored', async () => {
    // Of cat, which takes the place of the shell: that blocks signals while it starts others.
    const said = await sh('exec cat /proc/self/stat /proc/self/status >&3');
    const [pid, , , , , session] = said.split(' ');
    expect(session).toBe(pid);
    const [blocked, ignored] = ['SigBlk', 'SigIgn'].map(
      (name) => new RegExp(`^${name}:.*`, 'm').exec(said)?.[0],
    );
    // Of the 31 standard ones: the C library keeps 32 and 33 to itself.
    const standard = (line = '') => parseInt(line.slice(-8), 16) & 0x7fffffff;
    expect([standard(blocked), standard(ignored)]).toEqual([0, 0]);
  });

  it('leaves no zombie', async () => {
    const pid = (await sh('echo $$ >&3')).trim();
    const state = () => {
      try {
        return readFileSync(`/proc/${pid}/stat`, 'latin1').split(' ')[2];
      } catch {
        return 'gone';
      }
    };
    await eventually(() => state() === 'gone', { what: 'the child was waited for' });
  });

  it('has to be there', () => {
    expect(() => spawner.spawn('/nowhere/x', [], { stderr, env: {} })).toThrow('posix_spawn: ENOENT');
  });
});
