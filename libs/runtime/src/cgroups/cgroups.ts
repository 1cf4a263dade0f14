import type { ContainerStats, Resources, ResourceUsage } from '../runtime.ts';

/**
 * The machine's control groups, whichever way they are mounted (cgroups(7)). Paths are absolute below the root of every
 * hierarchy: `/gantry/kubepods/pod1`. All calls are synchronous: each touches a few tiny files of the kernel.
 */
export interface Cgroups {
  readonly version: 1 | 2;
  /** `legacy`: v1 only; `hybrid`: v1 controllers beside a cgroup2 tree without; `unified`: v2. */
  readonly mode: 'legacy' | 'hybrid' | 'unified';
  /** Makes the group and its parents and sets its limits. An absent limit is left as it is. Idempotent. */
  ensure(path: string, resources: Resources): void;
  /** Makes the parents of `path`, ready for a runtime to make the group itself. */
  ensureParents(path: string): void;
  /** Sets limits; an absent one is lifted. Throws when the group does not exist or the kernel refuses. */
  update(path: string, resources: Resources): void;
  /** Removes the group with its children in every hierarchy. False while one is busy: try again. Idempotent. */
  remove(path: string): boolean;
  exists(path: string): boolean;
  /** Processes in the group and below it. */
  processes(path: string): number[];
  /** Undefined when the group does not exist. */
  stats(path: string, atMs: number): ContainerStats | undefined;
  usage(path: string, atMs: number): ResourceUsage | undefined;
  /** How many processes of the group the kernel has killed for want of memory. */
  oomKills(path: string): number;
  /** To be called some milliseconds before a process is put into a group: see `CgroupWarmUp`. */
  warmUp(): void;
  /** Whether swap can be limited here. */
  readonly swapLimit: boolean;
}
