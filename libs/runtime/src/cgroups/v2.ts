import { existsSync } from 'node:fs';
import type { ContainerStats, DeviceIo, Resources, ResourceUsage } from '../runtime.ts';
import { checkResources, cpuPeriodUs, quotaOf, sharesOf, weightOf } from '../spec/resources.ts';
import type { Cgroups } from './cgroups.ts';
import {
  groupProcesses,
  makeGroup,
  readControl,
  readFlat,
  readNumber,
  removeGroup,
  writeControl,
} from './files.ts';
import { CgroupWarmUp } from './warm-up.ts';

/** What our groups use or account, if the kernel has it. */
const wanted = ['cpu', 'cpuset', 'io', 'memory', 'pids', 'hugetlb'];

/** Control groups version 2 (kernel `Documentation/admin-guide/cgroup-v2.rst`). */
export class CgroupsV2 implements Cgroups {
  readonly version = 2;
  readonly mode = 'unified';
  readonly #root: string;
  readonly #warmUp: CgroupWarmUp;

  /** @param root where cgroup2 is mounted. */
  constructor(root: string) {
    this.#root = root;
    this.#warmUp = new CgroupWarmUp((names) => (names === '' ? root : undefined));
  }

  /**
   * The runtime sets `memory.swap.max` to zero beside a memory limit, and takes a missing file for no swap at all
   * (runc since 1.1, crun), so there is always something to say.
   */
  readonly swapLimit = true;

  ensure(path: string, resources: Resources): void {
    this.ensureParents(path);
    makeGroup(this.#root + path);
    this.#set(path, resources, false);
  }

  /** A controller reaches a group only when each group above hands it down in its `cgroup.subtree_control`. */
  ensureParents(path: string): void {
    const parts = path.split('/').slice(1, -1);
    let parent = this.#root;
    this.#handDown(parent);
    for (const part of parts) {
      parent += `/${part}`;
      makeGroup(parent);
      this.#handDown(parent);
    }
  }

  #handDown(group: string): void {
    const available = words(readControl(`${group}/cgroup.controllers`));
    const enabled = words(readControl(`${group}/cgroup.subtree_control`));
    const missing = wanted.filter((name) => available.includes(name) && !enabled.includes(name));
    if (missing.length > 0)
      writeControl(`${group}/cgroup.subtree_control`, missing.map((name) => `+${name}`).join(' '));
  }

  update(path: string, resources: Resources): void {
    this.#set(path, resources, true);
  }

  #set(path: string, resources: Resources, liftAbsent: boolean): void {
    checkResources(resources);
    const group = this.#root + path;
    const { cpuRequestMilli, memoryLimitBytes, pidsLimit } = resources;
    if (cpuRequestMilli !== undefined)
      writeControl(`${group}/cpu.weight`, weightOf(sharesOf(cpuRequestMilli)));
    const quota = quotaOf(resources.cpuLimitMilli);
    if (quota !== undefined || liftAbsent)
      writeControl(`${group}/cpu.max`, `${quota ?? 'max'} ${cpuPeriodUs}`);
    if (memoryLimitBytes || liftAbsent) {
      writeControl(`${group}/memory.max`, memoryLimitBytes || 'max');
      if (existsSync(`${group}/memory.swap.max`))
        writeControl(`${group}/memory.swap.max`, memoryLimitBytes ? 0 : 'max');
    }
    if (pidsLimit || liftAbsent) writeControl(`${group}/pids.max`, pidsLimit || 'max');
  }

  remove(path: string): boolean {
    return removeGroup(this.#root + path);
  }

  exists(path: string): boolean {
    return existsSync(this.#root + path);
  }

  processes(path: string): number[] {
    return groupProcesses(this.#root + path);
  }

  stats(path: string, atMs: number): ContainerStats | undefined {
    const group = this.#root + path;
    const cpu = readFlat(`${group}/cpu.stat`, [...cpuUsage, 'nr_periods', 'nr_throttled', 'throttled_usec']);
    const usage = this.#usage(group, cpu.usage_usec, atMs);
    return (
      usage && {
        ...usage,
        memorySwapBytes: readNumber(`${group}/memory.swap.current`),
        pids: readNumber(`${group}/pids.current`),
        cpuPeriods: Number(cpu.nr_periods ?? 0),
        cpuThrottledPeriods: Number(cpu.nr_throttled ?? 0),
        cpuThrottledNs: BigInt(cpu.throttled_usec ?? 0) * 1000n,
        oomEvents: this.oomKills(path),
        io: readIo(`${group}/io.stat`),
      }
    );
  }

  usage(path: string, atMs: number): ResourceUsage | undefined {
    const group = this.#root + path;
    return this.#usage(group, readFlat(`${group}/cpu.stat`, cpuUsage).usage_usec, atMs);
  }

  #usage(group: string, cpuUsageUs: string | undefined, atMs: number): ResourceUsage | undefined {
    if (cpuUsageUs === undefined) return undefined;
    const memoryUsageBytes = readNumber(`${group}/memory.current`);
    const detail = readFlat(`${group}/memory.stat`, ['inactive_file', 'anon', 'file', 'file_mapped']);
    return {
      atMs,
      cpuUsageNs: BigInt(cpuUsageUs) * 1000n,
      memoryUsageBytes,
      memoryWorkingSetBytes: Math.max(0, memoryUsageBytes - Number(detail.inactive_file ?? 0)),
      memoryRssBytes: Number(detail.anon ?? 0),
      memoryCacheBytes: Number(detail.file ?? 0),
      memoryMappedBytes: Number(detail.file_mapped ?? 0),
    };
  }

  warmUp(): void {
    this.#warmUp.begin();
  }

  oomKills(path: string): number {
    return Number(readFlat(`${this.#root}${path}/memory.events`, ['oom_kill']).oom_kill ?? 0);
  }
}

const cpuUsage = ['usage_usec'] as const;

/** `8:0 rbytes=4096 wbytes=0 rios=1 wios=0 …` lines. */
function readIo(path: string): DeviceIo[] {
  return (readControl(path) ?? '').split('\n').flatMap((line) => {
    const [device, ...pairs] = words(line);
    if (device === undefined) return [];
    const found = new Map(pairs.map((pair) => pair.split('=') as [string, string]));
    const number = (name: string) => Number(found.get(name) ?? 0);
    return [
      {
        device,
        readBytes: number('rbytes'),
        writeBytes: number('wbytes'),
        reads: number('rios'),
        writes: number('wios'),
      },
    ];
  });
}

const words = (text: string | undefined) => (text ?? '').split(/\s+/).filter(Boolean);
