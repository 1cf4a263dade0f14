import { existsSync } from 'node:fs';
import type { ContainerStats, DeviceIo, Resources, ResourceUsage } from '../runtime.ts';
import { checkResources, cpuPeriodUs, quotaOf, sharesOf } from '../spec/resources.ts';
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

/** Those in which pod and QoS groups get limits; an OCI runtime makes the others for the containers itself. */
const limited = ['cpu', 'cpuacct', 'memory', 'pids'] as const;

/** Control groups version 1 (kernel `Documentation/admin-guide/cgroup-v1`), each controller in a hierarchy of its own or shared with others. */
export class CgroupsV1 implements Cgroups {
  readonly version = 1;
  readonly mode: 'legacy' | 'hybrid';
  readonly swapLimit: boolean;
  readonly #at: (controller: (typeof limited)[number], path: string) => string;
  readonly #blkio: string | undefined;
  readonly #roots: string[];
  readonly #warmUp: CgroupWarmUp;

  /** @param controllers mount point by controller. @param unified where an (empty) cgroup2 is mounted beside. */
  constructor(controllers: ReadonlyMap<string, string>, unified?: string) {
    this.#warmUp = new CgroupWarmUp((names) => controllers.get(names.split(',')[0] ?? ''));
    this.mode = unified === undefined ? 'legacy' : 'hybrid';
    this.#at = (controller, path) => `${controllers.get(controller)}${path}`;
    this.#blkio = controllers.get('blkio');
    this.#roots = [...new Set([...controllers.values(), ...(unified === undefined ? [] : [unified])])];
    this.swapLimit = existsSync(this.#at('memory', '/memory.memsw.limit_in_bytes'));
  }

  ensure(path: string, resources: Resources): void {
    for (const controller of limited) makeGroup(this.#at(controller, path));
    this.#set(path, resources, false);
  }

  ensureParents(path: string): void {
    const parent = path.slice(0, path.lastIndexOf('/'));
    if (parent) for (const controller of limited) makeGroup(this.#at(controller, parent));
  }

  update(path: string, resources: Resources): void {
    this.#set(path, resources, true);
  }

  #set(path: string, resources: Resources, liftAbsent: boolean): void {
    checkResources(resources);
    const { cpuRequestMilli, memoryLimitBytes, pidsLimit } = resources;
    if (cpuRequestMilli !== undefined)
      writeControl(this.#at('cpu', `${path}/cpu.shares`), sharesOf(cpuRequestMilli));
    const quota = quotaOf(resources.cpuLimitMilli);
    if (quota !== undefined || liftAbsent) {
      writeControl(this.#at('cpu', `${path}/cpu.cfs_period_us`), cpuPeriodUs);
      writeControl(this.#at('cpu', `${path}/cpu.cfs_quota_us`), quota ?? -1);
    }
    if (memoryLimitBytes || liftAbsent) this.#setMemory(this.#at('memory', path), memoryLimitBytes || -1);
    if (pidsLimit || liftAbsent) writeControl(this.#at('pids', `${path}/pids.max`), pidsLimit || 'max');
  }

  /** The kernel keeps memory ≤ memory+swap at every moment, so a limit that grows raises the sum first. */
  #setMemory(group: string, bytes: number): void {
    const memory = `${group}/memory.limit_in_bytes`;
    const both = `${group}/memory.memsw.limit_in_bytes`;
    const limitsSwap = this.swapLimit && readControl(both) !== undefined;
    const grows = bytes < 0 || bytes > readNumber(memory);
    if (limitsSwap && grows) writeControl(both, bytes);
    writeControl(memory, bytes);
    if (limitsSwap && !grows) writeControl(both, bytes);
  }

  remove(path: string): boolean {
    let free = true;
    for (const root of this.#roots) if (!removeGroup(root + path)) free = false;
    return free;
  }

  exists(path: string): boolean {
    return existsSync(this.#at('memory', path));
  }

  processes(path: string): number[] {
    return groupProcesses(this.#at('pids', path));
  }

  stats(path: string, atMs: number): ContainerStats | undefined {
    const usage = this.usage(path, atMs);
    if (!usage) return undefined;
    const throttled = readFlat(this.#at('cpu', `${path}/cpu.stat`), [
      'nr_periods',
      'nr_throttled',
      'throttled_time',
    ]);
    return {
      ...usage,
      pids: readNumber(this.#at('pids', `${path}/pids.current`)),
      cpuPeriods: Number(throttled.nr_periods ?? 0),
      cpuThrottledPeriods: Number(throttled.nr_throttled ?? 0),
      cpuThrottledNs: BigInt(throttled.throttled_time ?? 0),
      oomEvents: this.oomKills(path),
      io: this.#io(path),
    };
  }

  usage(path: string, atMs: number): (ResourceUsage & Pick<ContainerStats, 'memorySwapBytes'>) | undefined {
    const usage = readControl(this.#at('cpuacct', `${path}/cpuacct.usage`));
    const memory = readControl(this.#at('memory', `${path}/memory.usage_in_bytes`));
    if (usage === undefined || memory === undefined) return undefined;
    const detail = readFlat(this.#at('memory', `${path}/memory.stat`), [
      'total_inactive_file',
      'total_rss',
      'total_cache',
      'total_mapped_file',
      'total_swap',
    ]);
    const memoryUsageBytes = Number(memory);
    return {
      atMs,
      cpuUsageNs: BigInt(usage),
      memoryUsageBytes,
      memoryWorkingSetBytes: Math.max(0, memoryUsageBytes - Number(detail.total_inactive_file ?? 0)),
      memoryRssBytes: Number(detail.total_rss ?? 0),
      memoryCacheBytes: Number(detail.total_cache ?? 0),
      memoryMappedBytes: Number(detail.total_mapped_file ?? 0),
      memorySwapBytes: Number(detail.total_swap ?? 0),
    };
  }

  /** `8:0 Read 4096` lines, of bytes and of operations. */
  #io(path: string): DeviceIo[] {
    if (this.#blkio === undefined) return [];
    const devices = new Map<string, DeviceIo>();
    for (const [file, read, write] of [
      ['io_service_bytes_recursive', 'readBytes', 'writeBytes'],
      ['io_serviced_recursive', 'reads', 'writes'],
    ] as const)
      for (const line of (readControl(`${this.#blkio}${path}/blkio.throttle.${file}`) ?? '').split('\n')) {
        const [device = '', what, value] = line.split(' ');
        if (what !== 'Read' && what !== 'Write') continue;
        const entry = devices.get(device) ?? { device, readBytes: 0, writeBytes: 0, reads: 0, writes: 0 };
        entry[what === 'Read' ? read : write] = Number(value);
        devices.set(device, entry);
      }
    return [...devices.values()];
  }

  warmUp(): void {
    this.#warmUp.begin();
  }

  oomKills(path: string): number {
    return Number(readFlat(this.#at('memory', `${path}/memory.oom_control`), ['oom_kill']).oom_kill ?? 0);
  }
}
