import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';

/**
 * The first process moved between control groups after a pause waits 10 to 15 ms for an RCU grace period (the kernel's
 * `cgroup_threadgroup_rwsem`); those that follow at once do not. An OCI runtime moves the container's process half-way through a
 * creation: having the wait begin when the creation does, by writing our own process where it already is, takes 7 ms off each.
 */
export class CgroupWarmUp {
  readonly #path: string | undefined;
  #running: Promise<void> | undefined;

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

  /** Returns at once; a failure only means that nothing was gained. */
  begin(): void {
    if (this.#path === undefined) return;
    this.#running ??= writeFile(this.#path, String(process.pid))
      .catch(() => {})
      .finally(() => (this.#running = undefined));
  }
}
