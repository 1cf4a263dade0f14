import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { silentLogger, systemClock, type Logger } from '@gantry/base';
import { linuxHost } from '@gantry/host';
import { openCgroups } from '../cgroups/detect.ts';
import { openRuntime } from '../open.ts';
import type { RuntimeOptions } from '../options.ts';
import type { ContainerConfig, ContainerRuntime } from '../runtime.ts';
import { buildBusyboxRoot } from './busybox-root.ts';

/** A place of its own for containers, on the real runtime: folders and a cgroup that no other test uses. */
export interface TestRuntime extends AsyncDisposable {
  readonly runtime: ContainerRuntime;
  /** Everything lies below it. */
  readonly folder: string;
  /** The cgroup above those of all containers made by `config`. */
  readonly cgroup: string;
  /** The lower layer of every container's root. */
  readonly busyboxRoot: string;
  readonly options: RuntimeOptions;
  /** A container of busybox: an overlay of its own, `sleep 3600` unless `args` says otherwise, no network. */
  config(id: string, change?: Partial<ContainerConfig>): ContainerConfig;
  /** Lets go of the runtime, as at the end of a process, and opens it anew. */
  reopen(change?: Partial<RuntimeOptions>): Promise<ContainerRuntime>;
  /** What is left of its containers on this machine: mounts, cgroups, processes. Empty after all were removed. */
  leftovers(): string[];
}

/** Opens a runtime below a new temporary folder. Disposing removes every container, the cgroup and the folder. */
export async function openTestRuntime(
  change: Partial<RuntimeOptions> = {},
  log: Logger = silentLogger,
): Promise<TestRuntime> {
  const folder = mkdtempSync(join(tmpdir(), 'gantry-runtime-'));
  const cgroup = `/${basename(folder)}`;
  const busyboxRoot = buildBusyboxRoot(join(folder, 'busybox'));
  const options: RuntimeOptions = {
    root: join(folder, 'containers'),
    runDir: join(folder, 'run'),
    host: linuxHost,
    log,
    clock: systemClock,
    ...change,
  };
  let runtime = await openRuntime(options);
  const cgroups = openCgroups();
  return {
    get runtime() {
      return runtime;
    },
    folder,
    cgroup,
    busyboxRoot,
    options,
    config(id, more = {}) {
      const layer = (name: string) => join(folder, 'layers', id, name);
      for (const name of ['upper', 'work']) mkdirSync(layer(name), { recursive: true });
      return {
        id,
        root: {
          type: 'overlay',
          source: 'overlay',
          options: [`lowerdir=${busyboxRoot}`, `upperdir=${layer('upper')}`, `workdir=${layer('work')}`],
        },
        args: ['sleep', '3600'],
        env: [],
        cwd: '/',
        mounts: [],
        namespaces: {},
        cgroup: `${cgroup}/${id}`,
        resources: {},
        logPath: join(folder, 'logs', id, '0.log'),
        ...more,
      };
    },
    async reopen(other = {}) {
      await runtime[Symbol.asyncDispose]();
      runtime = await openRuntime({ ...options, ...other });
      return runtime;
    },
    leftovers() {
      const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
        .split('\n')
        .filter((line) => line.includes(folder));
      const groups = cgroups.exists(cgroup)
        ? cgroups.processes(cgroup).map((pid) => `process ${pid} in ${cgroup}`)
        : [];
      const processes = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
        .split('\n')
        .filter((line) => line.includes(`${folder}/`) && / \S*(conmon|runc|crun) /.test(line));
      const bundles = readdirSync(options.root).filter((name) => !name.startsWith('.'));
      const states = readdirSync(join(options.runDir, 'oci'));
      const exits = readdirSync(join(options.root, '.exits'));
      const links = readdirSync(join(options.runDir, 'attach'));
      const sessions = readdirSync(join(options.runDir, 'exec'));
      return [...mounts, ...groups, ...processes, ...bundles, ...states, ...exits, ...links, ...sessions];
    },
    async [Symbol.asyncDispose]() {
      try {
        for (const { id } of runtime.list()) await runtime.remove(id);
        await runtime.removeCgroup(cgroup);
      } finally {
        await runtime[Symbol.asyncDispose]();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}
