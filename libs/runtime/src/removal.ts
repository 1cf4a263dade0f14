import { rmSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '@gantry/base';
import type { Host } from '@gantry/host';
import { unmountRoot } from './bundle.ts';
import type { Cgroups } from './cgroups/cgroups.ts';
import { bundleFiles } from './records.ts';
import type { ShimPaths } from './shim/conmon.ts';
import { findByArgument, identify, type SendSignal } from './shim/process.ts';

const SIGKILL = 9;
const busyRetries = 100;
const busyRetryMs = 10;

/** What the removal of containers works on. */
export interface RemovalParts {
  /** Folder of the bundles. */
  root: string;
  paths: Pick<ShimPaths, 'runtimeRoot' | 'exitDir' | 'attachDir'>;
  host: Host;
  clock: Clock;
  cgroups: Cgroups;
  signal: SendSignal;
}

/** Takes away what containers leave in the kernel and on the disk; all that `runc delete` does for those without hooks. */
export class Removal {
  readonly #parts: RemovalParts;

  constructor(parts: RemovalParts) {
    this.#parts = parts;
  }

  /** Removes what a creation left that was not finished. Its shim and runtime may still be at work: they are ended first. */
  async abandon(id: string, cgroup: string | undefined): Promise<void> {
    const { root, clock, signal } = this.#parts;
    for (let tries = 0; ; tries++) {
      const makers = findByArgument(join(root, id));
      for (const maker of makers) signal(maker, SIGKILL);
      try {
        if (makers.length === 0 || tries >= busyRetries) return await this.clear(id, cgroup);
      } catch (error) {
        // One that was only just being started has written into the bundle meanwhile: it is found now.
        if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY' || tries >= busyRetries) throw error;
      }
      await clock.sleep(busyRetryMs);
    }
  }

  /** Removes all there may be of a container, whatever step its life had come to. Idempotent. */
  async clear(id: string, cgroup: string | undefined): Promise<void> {
    const { root, paths, host } = this.#parts;
    const bundle = join(root, id);
    const rootPath = join(bundle, bundleFiles.root);
    if (cgroup !== undefined) await this.removeCgroup(cgroup, { killing: true });
    unmountRoot(host, rootPath);
    rmSync(join(paths.runtimeRoot, id), { recursive: true, force: true });
    try {
      rmdirSync(rootPath); // by itself: were it still mounted, the next line would empty the image
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    rmSync(join(paths.exitDir, id), { force: true });
    rmSync(join(paths.attachDir, id), { force: true });
    rmSync(bundle, { recursive: true, force: true });
  }

  /** Waits a second for processes that are on their way out; `killing` kills them. @throws Error when it stays busy. */
  async removeCgroup(path: string, { killing }: { killing: boolean }): Promise<void> {
    const { cgroups, clock } = this.#parts;
    for (let tries = 0; !cgroups.remove(path); tries++) {
      if (tries >= busyRetries)
        throw new Error(`cannot remove the control group ${path}: processes are still in it`);
      if (killing) this.killGroup(path, SIGKILL);
      await clock.sleep(busyRetryMs);
    }
  }

  /** Signals every process of a control group. */
  killGroup(cgroup: string, signal: number): void {
    for (const pid of this.#parts.cgroups.processes(cgroup)) {
      const found = identify(pid);
      if (found) this.#parts.signal(found, signal);
    }
  }
}
