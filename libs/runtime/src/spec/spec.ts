import type { ContainerConfig, ContainerMount, Resources } from '../runtime.ts';
import { containerCapabilities } from './capabilities.ts';
import { hostDevices } from './devices.ts';
import type { OciMount, OciResources, OciSpec, OciUser } from './oci.ts';
import { defaultDeviceRules, defaultMounts, maskedPaths, readonlyPaths } from './paths.ts';
import { checkResources, cpuPeriodUs, quotaOf, sharesOf } from './resources.ts';
import { defaultSeccomp } from './seccomp.ts';

/** What of the host decides how a container is described. */
export interface SpecHost {
  cgroupVersion: 1 | 2;
  /** Whether `memory.memsw.*` (v1) or `memory.swap.*` (v2) exists: a limit on swap fails where it does not. */
  swapLimit: boolean;
  /** The capabilities we may give away ourselves, a bit for each (`CapBnd` of /proc/self/status). */
  capabilities: bigint;
  /** Node's `process.arch`. */
  arch: string;
  /** How many files we may open ourselves (hard limit): a container is given no more. */
  openFiles: number;
  /** Our own /proc/self/oom_score_adj: without CAP_SYS_RESOURCE nobody gets a lower one (proc_pid_oom_score_adj(5)). */
  oomScoreAdj: number;
}

/** Where a program is looked for when the environment does not say. */
const defaultPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** Open files, as Docker gives them; the kernel's default for `fs.nr_open`. */
const mostOpenFiles = 1_048_576;

/**
 * The OCI configuration of a container: pure but for the list of /dev that a privileged one gets. `rootPath` is where its root
 * file system is mounted, `user` who it runs as (see `resolveUser`). Throws Error naming the field that is wrong.
 */
export function containerSpec(
  config: ContainerConfig,
  rootPath: string,
  user: OciUser,
  host: SpecHost,
): OciSpec {
  checkConfig(config);
  const privileged = config.privileged ?? false;
  const capabilities = containerCapabilities(config.capabilities, {
    privileged,
    available: host.capabilities,
  });
  const confined = !privileged && (config.seccomp ?? 'default') === 'default';
  const unmasked = privileged || (config.unmaskedPaths ?? false);
  const oomScoreAdj = oomScoreAdjOf(config, host);
  const openFiles = Math.min(mostOpenFiles, host.openFiles);
  return {
    ociVersion: '1.0.2',
    process: {
      terminal: config.terminal ?? false,
      user,
      args: config.args,
      env: environment(config),
      cwd: config.cwd || '/',
      capabilities: { bounding: capabilities, effective: capabilities, permitted: capabilities },
      rlimits: [{ type: 'RLIMIT_NOFILE', hard: openFiles, soft: openFiles }],
      noNewPrivileges: config.noNewPrivileges ?? false,
      ...(oomScoreAdj === undefined ? {} : { oomScoreAdj }),
    },
    root: { path: rootPath, readonly: config.readonlyRoot ?? false },
    // A joined UTS namespace has its name already, and to set it would change its other members' too.
    ...(config.hostname && config.namespaces.uts === undefined ? { hostname: config.hostname } : {}),
    mounts: mountsOf(config, privileged),
    linux: {
      namespaces: namespacesOf(config, host),
      cgroupsPath: config.cgroup,
      resources: {
        devices: privileged ? [{ allow: true, access: 'rwm' }] : defaultDeviceRules,
        ...limits(config.resources, host),
      },
      devices: privileged ? hostDevices() : [],
      maskedPaths: unmasked ? [] : maskedPaths,
      readonlyPaths: unmasked ? [] : readonlyPaths,
      ...(config.sysctls && Object.keys(config.sysctls).length > 0 ? { sysctl: config.sysctls } : {}),
      ...(confined ? { seccomp: defaultSeccomp(capabilities, host.arch) } : {}),
      // Mounts with shared or slave propagation only work below a root that propagates as well.
      ...(config.mounts.some((each) => each.options.some((option) => /^r?(shared|slave)$/.test(option)))
        ? {
            rootfsPropagation: config.mounts.some((each) =>
              each.options.some((option) => /^r?shared$/.test(option)),
            )
              ? 'rshared'
              : 'rslave',
          }
        : {}),
    },
  };
}

const SYS_RESOURCE = 24n;

/** As wanted, or as near to it as we may go: a container that would be spared less is better than none (containerd: `restrict_oom_score_adj`). */
function oomScoreAdjOf({ resources }: ContainerConfig, host: SpecHost): number | undefined {
  const wanted = resources.oomScoreAdj;
  const mayLower = ((host.capabilities >> SYS_RESOURCE) & 1n) === 1n;
  return wanted === undefined || mayLower ? wanted : Math.max(wanted, host.oomScoreAdj);
}

const idPattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

/** Throws for what must never reach a path or a command line. */
export function checkConfig(config: ContainerConfig): void {
  if (!idPattern.test(config.id))
    throw new Error(
      `invalid container id ${JSON.stringify(config.id)}: expected 1 to 64 of A-Z a-z 0-9 _ . -`,
    );
  if (config.args.length === 0) throw new Error('no command specified');
  for (const text of [...config.args, ...config.env, config.cwd, config.logPath])
    if (text.includes('\0')) throw new Error('arguments, environment and paths must not contain NUL bytes');
  if (config.cwd && !config.cwd.startsWith('/'))
    throw new Error(
      `invalid working directory ${JSON.stringify(config.cwd)}: it needs to be an absolute path`,
    );
  checkCgroupPath(config.cgroup);
  for (const mount of config.mounts)
    if (!mount.target.startsWith('/') || mount.target.split('/').includes('..'))
      throw new Error(
        `invalid mount target ${JSON.stringify(mount.target)}: it needs to be an absolute path`,
      );
  checkResources(config.resources);
}

/** Throws unless `path` is absolute, normal and not the root. */
export function checkCgroupPath(path: string): void {
  if (!/^(\/[^/\0\n]+)+$/.test(path) || path.split('/').some((part) => part === '..' || part === '.'))
    throw new Error(`invalid cgroup path ${JSON.stringify(path)}: expected /a/b without . and ..`);
}

function environment(config: ContainerConfig): string[] {
  const names = new Set(config.env.map((each) => each.split('=', 1)[0]));
  const extra: string[] = [];
  if (!names.has('PATH')) extra.push(defaultPath);
  if (!names.has('HOSTNAME') && config.hostname) extra.push(`HOSTNAME=${config.hostname}`);
  if (!names.has('TERM') && config.terminal) extra.push('TERM=xterm');
  return [...extra, ...config.env];
}

function mountsOf(config: ContainerConfig, privileged: boolean): OciMount[] {
  const own = config.mounts.map(toOci);
  const replaced = new Set(own.map((each) => each.destination));
  const defaults = defaultMounts({ privileged });
  const depth = (mount: OciMount) => mount.destination.split('/').length;
  // Parents before what is mounted inside them; the sort is stable.
  return [...defaults.filter((each) => !replaced.has(each.destination)), ...own].sort(
    (a, b) => depth(a) - depth(b),
  );
}

function toOci(mount: ContainerMount): OciMount {
  const bind = mount.type === 'bind' && !mount.options.some((each) => each === 'bind' || each === 'rbind');
  const target = mount.target.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
  return {
    destination: target,
    type: mount.type,
    source: mount.source,
    options: bind ? ['rbind', ...mount.options] : mount.options,
  };
}

function namespacesOf(config: ContainerConfig, host: SpecHost): OciSpec['linux']['namespaces'] {
  const list: OciSpec['linux']['namespaces'] = [{ type: 'mount' }];
  for (const type of ['pid', 'network', 'ipc', 'uts'] as const) {
    const wanted = config.namespaces[type];
    if (wanted === undefined) list.push({ type });
    else if (wanted !== 'host') list.push({ type, path: wanted });
  }
  if (host.cgroupVersion === 2 && !config.privileged) list.push({ type: 'cgroup' });
  return list;
}

/** The limits as runtime-spec has them; runtimes turn shares into a weight themselves on v2. */
function limits(resources: Resources, host: SpecHost): Omit<OciResources, 'devices'> {
  const quota = quotaOf(resources.cpuLimitMilli);
  const memory = resources.memoryLimitBytes;
  return {
    cpu: {
      ...(resources.cpuRequestMilli === undefined ? {} : { shares: sharesOf(resources.cpuRequestMilli) }),
      ...(quota === undefined ? {} : { quota, period: cpuPeriodUs }),
    },
    // `swap` counts memory and swap together: equal to the limit means none.
    ...(memory ? { memory: { limit: memory, ...(host.swapLimit ? { swap: memory } : {}) } } : {}),
    ...(resources.pidsLimit ? { pids: { limit: resources.pidsLimit } } : {}),
    // All of a container is killed for want of memory, not one process of it: the kubelet's `singleProcessOOMKill` is false on v2.
    ...(host.cgroupVersion === 2 ? { unified: { 'memory.oom.group': '1' } } : {}),
  };
}
