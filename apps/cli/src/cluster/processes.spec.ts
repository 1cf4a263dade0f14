import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logLimitBytes } from '@gantry/base';
import { eventually } from '@gantry/base/testing';
import { ClusterLayout } from './layout.ts';
import { lockCluster } from './lock.ts';
import { lastLines, runningProcess, startProcess, startTicks, stopProcess } from './processes.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'processes-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const files = () => ({ pidFile: join(folder, 'run', 'x.pid'), logFile: join(folder, 'logs', 'x.log') });

describe('processes', () => {
  it('starts one that is known by its pid file, once, and stops it', async () => {
    const command: [string, ...string[]] = ['sh', '-c', 'echo started; exec sleep 60'];
    const first = await startProcess({ ...files(), command });
    try {
      expect((await startProcess({ ...files(), command })).pid).toBe(first.pid);
      await eventually(() => expect(lastLines(files().logFile)).toBe('started'));
    } finally {
      expect(await stopProcess(files().pidFile)).toBe(true);
    }
    expect(startTicks(first.pid)).toBeUndefined();
    expect(runningProcess(files().pidFile)).toBeUndefined();
    expect(await stopProcess(files().pidFile)).toBe(false);
  });

  it('kills one that does not heed SIGTERM', async () => {
    const command: [string, ...string[]] = ['sh', '-c', 'trap "" TERM; echo deaf; while :; do sleep 1; done'];
    const { pid } = await startProcess({ ...files(), command });
    await eventually(() => expect(lastLines(files().logFile)).toBe('deaf'));
    await stopProcess(files().pidFile, 50);
    expect(startTicks(pid)).toBeUndefined();
  });

  it('does not take another process for ours because it has the same pid', () => {
    const { pidFile } = files();
    mkdirSync(join(folder, 'run'));
    const ticks = startTicks(process.pid)!;
    writeFileSync(pidFile, `${process.pid} ${ticks}\n`);
    expect(runningProcess(pidFile)).toEqual({ pid: process.pid, startedTicks: ticks });
    writeFileSync(pidFile, `${process.pid} ${Number(ticks) + 1}\n`);
    expect(runningProcess(pidFile)).toBeUndefined();
  });

  it.each(['', 'junk', '0 0', '-1 5', '999999999 1'])('takes a pid file of "%s" for none', (text) => {
    mkdirSync(join(folder, 'run'));
    writeFileSync(files().pidFile, text);
    expect(runningProcess(files().pidFile)).toBeUndefined();
  });

  it('begins a log anew that has got long, and keeps the old one', async () => {
    const { pidFile, logFile } = files();
    mkdirSync(join(folder, 'logs'));
    writeFileSync(logFile, 'the first line\n');
    truncateSync(logFile, logLimitBytes);
    await startProcess({ pidFile, logFile, command: ['sh', '-c', 'echo started; exec sleep 60'] });
    await eventually(() => expect(readFileSync(logFile, 'utf8')).toBe('started\n'));
    await stopProcess(pidFile);
    expect(readFileSync(`${logFile}.1`, 'utf8')).toMatch(/^the first line\n/);
  });

  it('says which program could not be started', async () => {
    await expect(startProcess({ ...files(), command: ['/nowhere/etcd'] })).rejects.toThrow(
      'cannot start /nowhere/etcd',
    );
  });
});

describe('the lock', () => {
  it('keeps others away while its process lives, and only then', async () => {
    const layout = new ClusterLayout('t', undefined, folder);
    const other = spawn('sleep', ['60'], { stdio: 'ignore' });
    try {
      mkdirSync(layout.run, { recursive: true });
      writeFileSync(join(layout.run, 'lock'), `${other.pid} ${startTicks(other.pid!)}\n`);
      expect(() => lockCluster(layout)).toThrow(`(process ${other.pid}) is at work on the cluster t`);
    } finally {
      const ended = new Promise((resolve) => other.once('exit', resolve));
      other.kill('SIGKILL');
      await ended;
    }
    const lock = lockCluster(layout);
    expect(readFileSync(join(layout.run, 'lock'), 'utf8')).toMatch(new RegExp(`^${process.pid} `));
    lock[Symbol.dispose]();
    expect(() => readFileSync(join(layout.run, 'lock'))).toThrow('ENOENT');
  });
});
