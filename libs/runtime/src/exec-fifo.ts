import { closeSync, constants, existsSync, openSync, statSync, unlinkSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { messageOf } from '@gantry/base';
import { RuntimeError } from './runtime.ts';

/**
 * The fifo at which runc's `create` leaves a container's first process waiting in open(2) (libcontainer `standard_init_linux.go`); its
 * absence says that the container was started.
 */
export class ExecFifo {
  readonly #id: string;
  readonly #path: string;

  /** @param runtimeRoot folder of the OCI runtime's state. @param id the container. */
  constructor(runtimeRoot: string, id: string) {
    this.#id = id;
    this.#path = join(runtimeRoot, id, 'exec.fifo');
  }

  /**
   * What `runc start` does (libcontainer `container_linux.go`, exec), without its 4 ms: the process is given a reader, writes one byte and
   * goes on. `exited` resolves when it has ended, so that one that dies before it comes to the fifo is not waited for.
   * @throws RuntimeError `gone` when it ended before it was started, else `failed`.
   */
  async release(exited: Promise<void>): Promise<void> {
    let opened = false;
    let writer: number | undefined;
    void exited
      .then(() => {
        // A writer of our own lets the open go. It stays until then: the open may only just be on its way.
        if (!opened) writer = openSync(this.#path, constants.O_RDWR | constants.O_NONBLOCK);
      })
      .catch(() => {});
    try {
      const fifo = await open(this.#path, 'r').finally(() => {
        opened = true;
        if (writer !== undefined) closeSync(writer);
      });
      try {
        const { bytesRead } = await fifo.read(Buffer.alloc(1));
        if (bytesRead === 0)
          throw new RuntimeError('gone', `container ${this.#id} ended before it was started`);
      } finally {
        await fifo.close();
      }
      unlinkSync(this.#path);
    } catch (error) {
      if (error instanceof RuntimeError) throw error;
      throw new RuntimeError('failed', `cannot start container ${this.#id}: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  /** When the process was let go, in milliseconds since the epoch: its folder changed when the fifo went. Undefined while it waits. */
  releasedAtMs(): number | undefined {
    const state = statSync(dirname(this.#path), { throwIfNoEntry: false });
    return state && !existsSync(this.#path) ? Math.trunc(state.mtimeMs) : undefined;
  }
}
