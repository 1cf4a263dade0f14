import { spawn } from 'node:child_process';

export interface CommandOptions {
  input?: string | Buffer;
  /** Default 240,000: longer than a command of a test waits by itself. The command is killed then, and that is an error. */
  timeoutMs?: number;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
}

export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
  /** Standard output as it came. */
  bytes: Buffer;
}

/**
 * Runs a program to its end, whatever its exit code. It is over when its output is closed as well, so a daemon that inherits a pipe
 * shows itself as a timeout.
 */
export function attempt(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { timeoutMs = 240_000 } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: 'pipe',
      ...(options.env ? { env: options.env } : {}),
      ...(options.cwd ? { cwd: options.cwd } : {}),
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    let timedOut = false;
    const watchdog = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
      child.stdout.destroy();
      child.stderr.destroy();
    }, timeoutMs);
    child.once('error', (error) => {
      clearTimeout(watchdog);
      reject(new Error(`cannot run ${program}: ${error.message}`));
    });
    child.once('close', (code, signal) => {
      clearTimeout(watchdog);
      const bytes = Buffer.concat(out);
      const result = {
        code: code ?? 128,
        stdout: bytes.toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
        bytes,
      };
      if (timedOut) reject(failure(program, args, result, `took longer than ${timeoutMs} ms`));
      else resolve(signal ? { ...result, stderr: `${result.stderr}\nended by ${signal}` } : result);
    });
    // A program that does not read its input may be gone before all is written.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

/** Like `attempt`, but an exit code other than 0 is an error that shows what the program said. */
export async function run(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const result = await attempt(program, args, options);
  if (result.code !== 0) throw failure(program, args, result, `ended with ${result.code}`);
  return result;
}

function failure(program: string, args: readonly string[], result: CommandResult, what: string): Error {
  const said = `${result.stdout.slice(-2000)}${result.stderr.slice(-4000)}`.trim();
  return new Error(`${program} ${args.join(' ')} ${what}\n${said}`);
}
