import { execFile, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { linuxSyscalls, type Syscalls } from './syscalls.ts';

export interface RunResult {
  /** Exit code; 128 + n when signal n ended it. */
  code: number;
  stdout: string;
  stderr: string;
}

/** The one seam to the kernel and to other programs; everything on a node reaches them through it. */
export interface Host {
  readonly syscalls: Syscalls;
  /**
   * Runs a program to its end, without a shell, and collects what it prints (at most 16 MiB). Rejects only when it
   * cannot be started (the message names the program); a failing exit code is a result.
   */
  run(program: string, args: readonly string[], options?: RunOptions): Promise<RunResult>;
  /** Starts a program, without a shell. */
  spawn(program: string, args: readonly string[], options: SpawnOptions): ChildProcess;
}

export interface RunOptions {
  /** Written to its standard input, which is closed after. Default: nothing. */
  input?: string | Uint8Array;
  timeoutMs?: number;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
}

export const linuxHost: Host = {
  syscalls: linuxSyscalls(),
  run(program, args, options = {}) {
    return new Promise((resolve, reject) => {
      const child = execFile(
        program,
        [...args],
        {
          encoding: 'utf8',
          maxBuffer: 16 << 20,
          timeout: options.timeoutMs ?? 0,
          killSignal: 'SIGKILL',
          env: options.env,
          cwd: options.cwd,
        },
        (error, stdout, stderr) => {
          if (error && typeof error.code === 'string' && child.pid === undefined)
            return reject(new Error(`cannot run ${program}: ${error.message}`, { cause: error }));
          const code = !error ? 0 : typeof error.code === 'number' ? error.code : 137;
          resolve({ code, stdout, stderr });
        },
      );
      child.stdin?.on('error', () => {}); // it may end without reading: its exit code says what matters
      child.stdin?.end(options.input ?? '');
    });
  },
  spawn: (program, args, options) => spawn(program, [...args], options),
};
