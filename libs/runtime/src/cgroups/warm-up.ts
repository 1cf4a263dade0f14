import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Clock } from '@gantry/base';

/** How soon after a write the next one: within a grace period, and seldom enough to cost nothing. */
const againMs = 5;

/**
 * The first process moved between control groups after a pause waits 10 to 15 ms for an RCU grace period (the kernel's
 * `cgroup_threadgroup_rwsem`); those that follow within the next one do not. An OCI runtime moves the container's process half-way
 * through a creation: so the wait begins when the creation does, by writing our own process where it already is, and that is
 * repeated until the creation is over, however long it takes the runtime to come to its own move.
 */
export class CgroupWarmUp {
  readonly #path: string | undefined;
  /** For how many it is kept up at the moment. */
  #keepers = 0;
  #running = false;

  /** @param membership text of /proc/self/cgroup (cgroups(7)). @param root mount point of a hierarchy, by its controllers; '' is v2. */
  constructor(
    root: (controllers: string) => string | undefined,
    membership: string = readFileSync('/proc/self/cgroup', 'latin1'),
  ) {
    for (const line of membership.split('\n')) {
      const [, controllers = '', path = ''] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
      const mountPoint = path && root(controllers);
      if (mountPoint) this.#path ??= `${mountPoint}${path === '/' ? '' : path}/cgroup.procs`;
    }
  }

  /** Returns at once, and goes on until what it returns is disposed of. A failure only means that nothing was gained. */
  keep(clock: Clock): Disposable {
    this.#keepers++;
    if (!this.#running && this.#path !== undefined) void this.#run(this.#path, clock);
    let kept = true;
    return {
      [Symbol.dispose]: () => {
        if (kept) this.#keepers--;
        kept = false;
      },
    };
  }

  async #run(path: string, clock: Clock): Promise<void> {
    this.#running = true;
    try {
      await using file = await open(path, 'w');
      while (this.#keepers > 0) {
        await file.write(String(process.pid));
        await clock.sleep(againMs);
      }
    } catch {
      // The runtime's own move waits, then.
    } finally {
      this.#running = false;
    }
  }
}
