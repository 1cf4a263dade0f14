import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ExecFifo } from './exec-fifo.ts';

describe('the fifo of a created container', () => {
  let root: string;
  let path: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'gantry-fifo-'));
    mkdirSync(join(root, 'c1'));
    path = join(root, 'c1', 'exec.fifo');
    execFileSync('mkfifo', [path]);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('lets the process that waits at it go, and is gone', async () => {
    const fifo = new ExecFifo(root, 'c1');
    expect(fifo.releasedAtMs()).toBeUndefined();
    const waiting = spawn('sh', ['-c', 'printf 0 > "$1"', 'sh', path], { stdio: 'ignore' });
    const ended = once(waiting, 'exit');
    await fifo.release(new Promise(() => {}));
    expect(await ended).toEqual([0, null]);
    expect(existsSync(path)).toBe(false);
    expect(fifo.releasedAtMs()).toBeGreaterThan(0);
  });

  it('is not waited at for a process that has ended', async () => {
    const exited = Promise.withResolvers<void>();
    const released = new ExecFifo(root, 'c1').release(exited.promise);
    exited.resolve();
    await expect(released).rejects.toMatchObject({ reason: 'gone' });
    expect(existsSync(path)).toBe(true);
  });

  it('has to be there', async () => {
    await expect(new ExecFifo(root, 'c2').release(new Promise(() => {}))).rejects.toMatchObject({
      reason: 'failed',
      message: expect.stringContaining('cannot start container c2') as string,
    });
    expect(new ExecFifo(root, 'c2').releasedAtMs()).toBeUndefined();
  });
});
