import {
  closeSync,
  constants,
  openSync,
  readdirSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Clock, Logger } from '@gantry/base';

export interface RotationOptions {
  logMaxBytes: number;
  logMaxFiles: number;
  logCheckMs: number;
  clock: Clock;
  log: Logger;
}

export interface RotatedLog {
  logPath: string;
  /** The shim's control fifo. */
  controlPath: string;
}

/** conmon's command 2: open the log file anew; the numbers mean nothing there. */
const reopenCommand = '2 0 0\n';

/** Keeps logs below a size: looks at that of each from time to time, as the kubelet does, since nothing tells when a file has grown. */
export class LogRotation implements Disposable {
  readonly #options: RotationOptions;
  readonly #logs: () => RotatedLog[];
  #timer: Disposable | undefined;

  constructor(options: RotationOptions, logs: () => RotatedLog[]) {
    this.#options = options;
    this.#logs = logs;
  }

  start(): void {
    this.#timer = this.#options.clock.after(this.#options.logCheckMs, () => {
      this.check();
      this.start();
    });
  }

  check(): void {
    for (const each of this.#logs()) {
      try {
        const size = statSync(each.logPath, { throwIfNoEntry: false })?.size ?? 0;
        if (size > this.#options.logMaxBytes) this.#rotate(each);
      } catch (err) {
        this.#options.log.warn('log not rotated', { path: each.logPath, err });
      }
    }
  }

  /** `0.log` becomes `0.log.20260102-030405.678`, the shim makes a new `0.log`, the oldest beyond the limit go. */
  #rotate({ logPath, controlPath }: RotatedLog): void {
    const stamp = new Date(this.#options.clock.now())
      .toISOString()
      .replaceAll(/[-:]/g, '')
      .replace('T', '-')
      .replace('Z', '');
    // Nobody at the fifo's other end is ENXIO: then the log stays as it is.
    const control = openSync(controlPath, constants.O_WRONLY | constants.O_NONBLOCK);
    try {
      renameSync(logPath, `${logPath}.${stamp}`);
      writeSync(control, reopenCommand);
    } finally {
      closeSync(control);
    }
    const folder = dirname(logPath);
    const old = readdirSync(folder)
      .filter((name) => name.startsWith(`${basename(logPath)}.`) && /\.\d{8}-\d{6}/.test(name))
      .sort();
    for (const name of old.slice(0, Math.max(0, old.length - (this.#options.logMaxFiles - 1))))
      unlinkSync(join(folder, name));
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
  }
}
