import type { Clock } from '@gantry/base';
import type { HttpResponse } from '../http.ts';

/** A watcher that is this far behind, in bytes, is cut off: it has to list again anyway to catch up. */
export const maxBacklogBytes = 8 * 1024 * 1024;

/** Joined frames of the present turn, by what they are made of: watchers of the same events share one buffer. */
interface Joined {
  first: Uint8Array;
  last: Uint8Array;
  count: number;
  bytes: Buffer;
}

/**
 * Writes the frames of all watchers that got some in one turn of the event loop at its end, each watcher's in one write. Watchers
 * of the same events get the same buffer. One per server.
 */
export class FrameScheduler {
  #dirty: FrameWriter[] = [];
  readonly #flush = () => {
    const writers = this.#dirty;
    this.#dirty = [];
    const shared: Joined[] = [];
    for (const writer of writers) writer.flush(shared);
  };

  add(writer: FrameWriter): void {
    if (this.#dirty.push(writer) === 1) setImmediate(this.#flush);
  }
}

/**
 * Frames on their way to one watcher. Those that arrive in one turn of the event loop are joined into one write; while the
 * socket is full they wait here, and when too many wait the watcher is given up instead of being buffered for ever.
 */
export class FrameWriter {
  onOverflow: (() => void) | undefined;
  readonly #res: HttpResponse;
  readonly #scheduler: FrameScheduler;
  readonly #clock: Clock;
  #frames: Uint8Array[] = [];
  #pendingBytes = 0;
  #writable = false;
  #queued = false;
  #overflowed = false;

  constructor(res: HttpResponse, scheduler: FrameScheduler, clock: Clock) {
    this.#res = res;
    this.#scheduler = scheduler;
    this.#clock = clock;
  }

  /** Begins to write: the headers are out. */
  start(): void {
    this.#writable = true;
    this.#res.on('drain', () => {
      this.#writable = true;
      this.flush([]);
    });
    this.#enqueue();
  }

  push(frame: Uint8Array): void {
    if (this.#overflowed) return;
    this.#frames.push(frame);
    this.#pendingBytes += frame.length;
    if (this.#pendingBytes > maxBacklogBytes) {
      this.#overflowed = true;
      this.#frames = [];
      this.#pendingBytes = 0;
      this.onOverflow?.();
    } else if (this.#writable && !this.#queued) this.#enqueue();
  }

  #enqueue(): void {
    if (this.#frames.length === 0) return;
    this.#queued = true;
    this.#scheduler.add(this);
  }

  /** Writes what waits, if the socket takes it. */
  flush(shared: Joined[]): void {
    this.#queued = false;
    if (!this.#writable || this.#frames.length === 0 || this.#res.destroyed) return;
    const frames = this.#frames;
    this.#frames = [];
    const bytes = frames.length === 1 ? frames[0]! : join(frames, this.#pendingBytes, shared);
    this.#pendingBytes = 0;
    this.#writable = this.#res.write(bytes);
  }

  /** The last frame, if any, and the end of the answer. A watcher that does not read at all is not waited for. */
  async end(last?: Uint8Array): Promise<void> {
    const res = this.#res;
    if (res.destroyed || res.writableEnded) return;
    if (this.#overflowed) {
      // What is in the socket's own buffer may never be read: close after a moment for the error to get out.
      if (last) res.write(last);
      res.end();
      this.#clock.after(overflowGraceMs, () => res.destroy());
      return;
    }
    if (last) this.#frames.push(last);
    const rest = Buffer.concat(this.#frames);
    this.#frames = [];
    this.#pendingBytes = 0;
    if (rest.length > 0) res.write(rest);
    res.end();
  }
}

const overflowGraceMs = 1000;

function join(frames: readonly Uint8Array[], size: number, shared: Joined[]): Buffer {
  const first = frames[0]!;
  const last = frames.at(-1)!;
  for (const each of shared)
    if (
      each.first === first &&
      each.last === last &&
      each.count === frames.length &&
      each.bytes.length === size
    )
      return each.bytes;
  const bytes = Buffer.concat(frames, size);
  shared.push({ first, last, count: frames.length, bytes });
  return bytes;
}
