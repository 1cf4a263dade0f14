import {
  closeSync,
  mkdirSync,
  readFileSync,
  readSync,
  rmSync,
  watch,
  writeFileSync,
  openSync,
} from 'node:fs';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { ReadStream } from 'node:tty';
import type { Clock } from '@gantry/base';
import type { Host } from '@gantry/host';
import { withDeadline } from '../deadline.ts';
import { bundleFiles } from '../records.ts';
import { RuntimeError, type ExecConfig, type ExecSession } from '../runtime.ts';
import { cleanMessage, runtimeError } from '../shim/messages.ts';
import { identify, type SendSignal } from '../shim/process.ts';
import type { OciProcess, OciSpec } from '../spec/oci.ts';
import { resolveUser } from '../spec/user.ts';
import { openTerminal, type Terminal } from './terminal.ts';

export interface ExecHost {
  host: Host;
  runtime: string;
  runtimeRoot: string;
  /** A folder of our own, for the short time of a session's start. */
  execDir: string;
  signal: SendSignal;
  clock: Clock;
  /** Until the process runs. */
  timeoutMs: number;
}

let sessions = 0;
const SIGKILL = 9;
/** SIGWINCH, on which the runtime hands the size of its terminal on to the container's. */
const SIGWINCH = 28;
const runtimeFailure = 255;
const longestMessageBytes = 64 << 10;

/**
 * Runs a process in a container by `runc exec` and resolves when it runs. The runtime stays as its parent, copies the streams and ends with its
 * exit code. With a terminal its own streams are a terminal of ours, which it couples with one made inside the container.
 * @throws RuntimeError when it could not be started (`notFound`, `denied`, `gone`).
 */
export async function execInContainer(
  at: ExecHost,
  id: string,
  bundle: string,
  config: ExecConfig,
): Promise<ExecSession> {
  const folder = join(at.execDir, `${id}.${++sessions}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = { process: join(folder, 'process.json'), pid: join(folder, 'pid'), log: join(folder, 'log') };
  const cleanUp = () => rmSync(folder, { recursive: true, force: true });
  let terminal: Terminal | undefined;
  try {
    writeFileSync(files.process, JSON.stringify(execProcess(bundle, config)), { mode: 0o600 });
    terminal = config.terminal ? openTerminal(config.size) : undefined;
    const started = pidFileWritten(folder);
    const args = ['--root', at.runtimeRoot, '--log', files.log, '--log-format', 'json'];
    const child = at.host.spawn(
      at.runtime,
      [...args, 'exec', '--process', files.process, '--pid-file', files.pid, id],
      {
        stdio: terminal
          ? [terminal.slave, terminal.slave, terminal.slave]
          : [config.stdin ? 'pipe' : 'ignore', 'pipe', 'pipe'],
        cwd: '/',
        detached: true, // a signal to our process group is none of its business
      },
    );
    const code = ended(child);
    terminal?.closeSlave();
    try {
      const running = Promise.race([started.seen, code.then(() => {})]);
      await withDeadline(running, at.clock, at.timeoutMs, `exec in ${id}`);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    } finally {
      started.close();
    }
    if (child.exitCode !== null && readText(files.pid) === '') {
      const said = readText(files.log);
      throw runtimeError(said || `exec ended with ${child.exitCode} before it ran`);
    }
    const streams = terminal ? terminalStreams(terminal, child) : pipeStreams(child);
    const pid = Number(readText(files.pid));
    const exit = Promise.all([code, streams.drained]).then(([exitCode]) => {
      if (exitCode === runtimeFailure) {
        const said = readText(files.log);
        if (/"level":"error"/.test(said)) throw runtimeError(said);
      }
      return exitCode;
    });
    exit.finally(cleanUp).catch(() => {});
    return {
      ...streams,
      exit,
      close() {
        const target = pid > 0 && child.exitCode === null ? identify(pid) : undefined;
        if (target) at.signal(target, SIGKILL);
        streams.close();
      },
    };
  } catch (error) {
    terminal?.close();
    cleanUp();
    if (error instanceof RuntimeError) throw error;
    throw new RuntimeError('failed', `exec in ${id}: ${cleanMessage((error as Error).message)}`, {
      cause: error,
    });
  }
}

/** The container's own process with other arguments (runtime-spec `config.md`, "process"). */
function execProcess(bundle: string, config: ExecConfig): OciProcess {
  const { process } = JSON.parse(readFileSync(join(bundle, bundleFiles.config), 'utf8')) as OciSpec;
  if (config.args.length === 0) throw new RuntimeError('failed', 'no command specified');
  const given = new Set((config.env ?? []).map((each) => each.split('=', 1)[0]));
  const env = process.env.filter((each) => !given.has(each.split('=', 1)[0]));
  if (config.terminal && !given.has('TERM') && !env.some((each) => each.startsWith('TERM=')))
    env.push('TERM=xterm');
  return {
    ...process,
    terminal: config.terminal ?? false,
    // The runtime copies the size of its own terminal only when the process runs already.
    ...(config.terminal && config.size
      ? { consoleSize: { height: config.size.rows, width: config.size.columns } }
      : {}),
    args: config.args,
    env: [...env, ...(config.env ?? [])],
    cwd: config.cwd ?? process.cwd,
    user:
      config.user === undefined
        ? process.user
        : resolveUser(join(bundle, bundleFiles.root), config.user, process.user.additionalGids),
  };
}

/** The runtime writes its pid file, by renaming, once the process runs. */
function pidFileWritten(folder: string): { seen: Promise<void>; close(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const watcher = watch(folder, (_, name) => {
    if (name === 'pid') resolve();
  });
  watcher.on('error', () => resolve());
  return { seen: promise, close: () => watcher.close() };
}

/** The exit code; 128 + n after signal n. Rejects when the runtime could not be started at all. */
function ended(child: ChildProcess): Promise<number> {
  const promise = new Promise<number>((resolve, reject) => {
    child.once('error', (cause) =>
      reject(new RuntimeError('failed', `cannot run the OCI runtime: ${cause.message}`, { cause })),
    );
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGKILL' ? 137 : 255)));
  });
  promise.catch(() => {});
  return promise;
}

interface Streams extends Pick<ExecSession, 'stdin' | 'stdout' | 'stderr' | 'resize'> {
  /** Resolves when all output was read. */
  drained: Promise<void>;
  close(): void;
}

function pipeStreams(child: ChildProcess): Streams {
  const stdin = child.stdin ?? nowhere();
  const stdout = child.stdout as Readable;
  const stderr = child.stderr as Readable;
  stdin.on('error', () => {}); // it may end without reading all: its exit code says what matters
  return {
    stdin,
    stdout,
    stderr,
    resize() {},
    drained: Promise.all([over(stdout), over(stderr)]).then(() => {}),
    close() {
      stdin.destroy();
      stdout.destroy();
      stderr.destroy();
    },
  };
}

function terminalStreams(terminal: Terminal, child: ChildProcess): Streams {
  const master = new ReadStream(terminal.master);
  const stdout = new PassThrough();
  master.pipe(stdout);
  // When the last of the other end is gone, a terminal's master answers EIO: that is its way to say end.
  master.on('error', () => stdout.end());
  master.once('close', () => {
    stdout.end();
    terminal.release();
  });
  const stdin = new Writable({
    write: (chunk: Buffer, _, done) =>
      void (master.write(chunk) ? done() : master.once('drain', () => done())),
    final: (done) => void (master.write(Buffer.from([terminal.endOfFile])), done()),
  });
  stdin.on('error', () => {});
  return {
    stdin,
    stdout,
    stderr: Readable.from([]),
    resize(size) {
      if (master.destroyed) return;
      terminal.resize(size);
      if (child.exitCode === null) child.kill(SIGWINCH);
    },
    drained: over(stdout),
    close() {
      stdin.destroy();
      master.destroy();
      stdout.destroy();
    },
  };
}

const over = (stream: Readable) =>
  new Promise<void>((resolve) => {
    if (stream.closed || stream.readableEnded) return resolve();
    stream
      .once('end', resolve)
      .once('close', resolve)
      .once('error', () => resolve());
  });

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });

function readText(path: string): string {
  try {
    const fd = openSync(path, 'r');
    try {
      const buffer = Buffer.alloc(longestMessageBytes);
      return buffer.toString('utf8', 0, readSync(fd, buffer, 0, buffer.length, 0));
    } finally {
      closeSync(fd);
    }
  } catch {
    return '';
  }
}
