import { watch } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { systemClock, type Clock } from '@gantry/base';
import type { LogOptions } from '../runtime.ts';
import { nanosecondsOf, parseLogEntry } from './parse.ts';

export interface ReadLogOptions extends LogOptions {
  /** Resolves when nothing more will be written: the container is known to have ended. Following ends after what is there. */
  until?: Promise<unknown>;
  /** For `sinceSeconds`. Default: the system's. */
  clock?: Clock;
}

const blockBytes = 64 << 10;
/** A line longer than this is not from our shim, which cuts them at 8 KiB. */
const longestLineBytes = 1 << 20;
const newline = 0x0a;

/**
 * Reads the log file at `path` (CRI format, the current file of a rotated log) as its process wrote it, in chunks of
 * many lines, without more than a block in memory. With `follow` it goes on as the file grows and across rotation, told by
 * inotify, until `until` resolves or the signal aborts, which ends it without an error. Options as those of `kubectl logs`: `tailLines` counts
 * entries of the file, `limitBytes` cuts in the middle of a line. Without `follow` it gives what was there when it was
 * asked, however fast more is written: `tail=1` is one line (kubelet: `limitedMode` of `pkg/kubelet/kuberuntime/logs`). @throws the file's ENOENT when there is none.
 */
export async function* readLog(
  path: string,
  options: ReadLogOptions,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, void> {
  const select = new Selection(options);
  const changes = options.follow ? new Changes(path, signal, options.until) : undefined;
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    changes?.close();
    throw error;
  }
  try {
    const { size } = await file.stat();
    const end = options.follow ? Infinity : size;
    let position = options.tailLines === undefined ? 0 : await tailStart(file, size, options.tailLines);
    const buffer = Buffer.allocUnsafe(blockBytes);
    for (;;) {
      if (signal.aborted) return;
      const last = changes?.ended ?? true;
      changes?.reset();
      const wanted = Math.min(blockBytes, end - position);
      const { bytesRead } = wanted > 0 ? await file.read(buffer, 0, wanted, position) : { bytesRead: 0 };
      if (bytesRead > 0) {
        position += bytesRead;
        const chunk = select.take(buffer.subarray(0, bytesRead));
        if (chunk.length > 0) yield chunk;
        if (select.full) return;
        continue;
      }
      const next: FileHandle | undefined = changes && (await rotated(path, file, position));
      if (next) {
        // What was written between our last read and the rotation.
        const rest = await file.read(buffer, 0, blockBytes, position);
        if (rest.bytesRead > 0) {
          position += rest.bytesRead;
          const chunk = select.take(buffer.subarray(0, rest.bytesRead));
          if (chunk.length > 0) yield chunk;
          await next.close();
          continue;
        }
        await file.close();
        file = next;
        position = 0;
        continue;
      }
      if (last || !changes) return;
      await changes.wait();
    }
  } finally {
    changes?.close();
    await file.close();
  }
}

/** The file that has taken the place of `file` at `path`, open; `file` itself starts over when it was cut. */
async function rotated(path: string, file: FileHandle, position: number): Promise<FileHandle | undefined> {
  const [there, ours] = await Promise.all([stat(path).catch(() => undefined), file.stat()]);
  if (!there || (there.ino === ours.ino && there.size >= position)) return undefined;
  return open(path, 'r').catch(() => undefined);
}

/** Where the last `lines` lines of the first `size` bytes begin, found by reading blocks from the end. */
async function tailStart(file: FileHandle, size: number, lines: number): Promise<number> {
  if (lines <= 0) return size;
  const buffer = Buffer.allocUnsafe(blockBytes);
  let found = 0;
  for (let end = size; end > 0;) {
    const start = Math.max(0, end - blockBytes);
    const { bytesRead } = await file.read(buffer, 0, end - start, start);
    for (let at = bytesRead - 1; at >= 0; at--) {
      if (buffer[at] !== newline || start + at === size - 1) continue; // the newline at the very end starts no line
      if (++found === lines) return start + at + 1;
    }
    end = start;
  }
  return 0;
}

/** Turns the file's bytes into what was asked for. */
class Selection {
  readonly #stream: LogOptions['stream'];
  readonly #timestamps: boolean;
  #since: bigint | undefined;
  #left: number;
  #rest: Buffer = Buffer.alloc(0);
  #inLine = false;

  constructor(options: ReadLogOptions) {
    this.#stream = options.stream;
    this.#timestamps = options.timestamps ?? false;
    this.#left = options.limitBytes ?? Infinity;
    if (options.sinceTime !== undefined) {
      this.#since = nanosecondsOf(options.sinceTime);
      if (this.#since === undefined)
        throw new Error(`invalid sinceTime ${JSON.stringify(options.sinceTime)}: expected RFC 3339`);
    } else if (options.sinceSeconds !== undefined) {
      const nowMs = (options.clock ?? systemClock).now();
      this.#since = BigInt(Math.trunc(nowMs - options.sinceSeconds * 1000)) * 1_000_000n;
    }
  }

  /** Whether `limitBytes` were given out. */
  get full(): boolean {
    return this.#left <= 0;
  }

  take(block: Buffer): Buffer {
    const data = this.#rest.length > 0 ? Buffer.concat([this.#rest, block]) : block;
    const out: Buffer[] = [];
    let start = 0;
    for (let end = data.indexOf(newline); end >= 0; end = data.indexOf(newline, start)) {
      this.#line(data.subarray(start, end), out);
      start = end + 1;
    }
    const rest = data.subarray(start);
    this.#rest = rest.length > longestLineBytes ? Buffer.alloc(0) : Buffer.from(rest);
    const all = Buffer.concat(out); // a copy: the block is read into again
    const given = all.length > this.#left ? all.subarray(0, this.#left) : all;
    this.#left -= given.length;
    return given;
  }

  #line(line: Buffer, out: Buffer[]): void {
    const entry = parseLogEntry(line);
    if (!entry || (this.#stream && entry.stream !== this.#stream)) return;
    if (this.#since !== undefined) {
      if ((nanosecondsOf(entry.timestamp) ?? this.#since) < this.#since) return;
      this.#since = undefined; // times only grow: from here on every line is late enough
    }
    if (this.#timestamps && !this.#inLine) out.push(Buffer.from(`${shown(entry.timestamp)} `, 'latin1'));
    out.push(entry.content);
    if (!entry.partial) out.push(lineEnd);
    this.#inLine = entry.partial;
  }
}

const lineEnd = Buffer.from('\n');

/** What happens to the files around `path`, with a memory of one: nothing that falls between two reads is missed. */
class Changes {
  ended = false;
  #changed = false;
  #wake: (() => void) | undefined;
  readonly #watcher;
  readonly #signal: AbortSignal;
  readonly #stop = () => this.#happen();

  constructor(path: string, signal: AbortSignal, until: Promise<unknown> | undefined) {
    const name = basename(path);
    this.#watcher = watch(dirname(path), (_, changed) => {
      if (changed === null || changed === name) this.#happen();
    });
    this.#watcher.on('error', () => this.#happen()); // the next read tells what is wrong
    this.#signal = signal;
    signal.addEventListener('abort', this.#stop, { once: true });
    const end = () => {
      this.ended = true;
      this.#happen();
    };
    until?.then(end, end);
  }

  #happen(): void {
    this.#changed = true;
    this.#wake?.();
  }

  reset(): void {
    this.#changed = false;
  }

  async wait(): Promise<void> {
    if (!this.#changed && !this.#signal.aborted) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wake = undefined;
  }

  close(): void {
    this.#watcher.close();
    this.#signal.removeEventListener('abort', this.#stop);
  }
}

/** conmon writes `+00:00` where the kubelet, and whoever reads its logs, has `Z`. Other offsets stay. */
function shown(timestamp: string): string {
  return timestamp.replace(/\+00:00$/, 'Z');
}
