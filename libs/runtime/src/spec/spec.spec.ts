import { describe, expect, it } from 'vitest';
import type { ContainerConfig } from '../runtime.ts';
import { containerCapabilities } from './capabilities.ts';
import { defaultSeccomp } from './seccomp.ts';
import { containerSpec, type SpecHost } from './spec.ts';

const host: SpecHost = {
  cgroupVersion: 1,
  swapLimit: true,
  capabilities: -1n,
  arch: 'x64',
  openFiles: Infinity,
  oomScoreAdj: 0,
};
const root = { uid: 0, gid: 0, additionalGids: [] };
const config = (change: Partial<ContainerConfig> = {}): ContainerConfig => ({
  id: 'c',
  root: { type: 'bind', source: '/image', options: [] },
  args: ['true'],
  env: ['A=b'],
  cwd: '',
  mounts: [],
  namespaces: {},
  cgroup: '/pods/c',
  resources: {},
  logPath: '/log',
  ...change,
});
const specOf = (change: Partial<ContainerConfig> = {}, on: Partial<SpecHost> = {}) =>
  containerSpec(config(change), '/bundle/rootfs', root, { ...host, ...on });

it.each([
  [undefined, -1n, 0, undefined],
  [-997, -1n, 0, -997],
  [-997, ~(1n << 24n), 0, 0],
  [-997, ~(1n << 24n), -500, -500],
  [999, ~(1n << 24n), 0, 999],
])(
  'a container for which %s is wanted with capabilities %s below %i is killed for want of memory by %s',
  (wanted, capabilities, own, got) => {
    const resources = wanted === undefined ? {} : { oomScoreAdj: wanted };
    expect(specOf({ resources }, { capabilities, oomScoreAdj: own }).process.oomScoreAdj).toBe(got);
  },
);

describe('the configuration of a plain container', () => {
  it('is confined in every way', () => {
    const { linux, mounts, ...rest } = specOf();
    expect(rest).toMatchSnapshot();
    expect({ ...linux, seccomp: linux.seccomp?.architectures }).toMatchSnapshot();
    expect(
      mounts.map(({ destination, type, options }) => `${destination} ${type} ${options.join(',')}`),
    ).toMatchSnapshot();
  });

  it('has its limits in the units of the kernel', () => {
    const resources = {
      cpuRequestMilli: 500,
      cpuLimitMilli: 250,
      memoryLimitBytes: 1000,
      pidsLimit: 7,
      oomScoreAdj: -998,
    };
    const spec = specOf({ resources });
    expect(spec.linux.resources).toMatchObject({
      cpu: { shares: 512, quota: 25_000, period: 100_000 },
      memory: { limit: 1000, swap: 1000 },
      pids: { limit: 7 },
    });
    expect(spec.process.oomScoreAdj).toBe(-998);
    expect(specOf({ resources }, { swapLimit: false }).linux.resources.memory).toEqual({ limit: 1000 });
  });

  it('joins namespaces by path, shares the host’s, and makes the others', () => {
    const { linux, hostname } = specOf({
      namespaces: { network: '/run/netns/x', ipc: 'host', uts: '/run/utsns/x' },
      hostname: 'name',
    });
    expect(linux.namespaces).toEqual([
      { type: 'mount' },
      { type: 'pid' },
      { type: 'network', path: '/run/netns/x' },
      { type: 'uts', path: '/run/utsns/x' },
    ]);
    expect(hostname).toBeUndefined();
    expect(specOf({ hostname: 'name' }).hostname).toBe('name');
    expect(specOf({}, { cgroupVersion: 2 }).linux.namespaces).toContainEqual({ type: 'cgroup' });
  });

  it('is killed whole for want of memory where the kernel can do that', () => {
    expect(specOf({}, { cgroupVersion: 2 }).linux.resources.unified).toEqual({ 'memory.oom.group': '1' });
    expect(specOf({}).linux.resources.unified).toBeUndefined();
  });

  it('mounts parents before children, and its own in place of the defaults', () => {
    const bind = (target: string) => ({ target, source: '/x', type: 'bind', options: ['ro'] });
    const { mounts } = specOf({ mounts: [bind('/a/b/c'), bind('/dev/shm/'), bind('/a')] });
    const targets = mounts.map(({ destination }) => destination);
    expect(targets.indexOf('/a')).toBeLessThan(targets.indexOf('/a/b/c'));
    expect(mounts.filter(({ destination }) => destination === '/dev/shm')).toEqual([
      { destination: '/dev/shm', type: 'bind', source: '/x', options: ['rbind', 'ro'] },
    ]);
  });

  it.each<[Partial<ContainerConfig>, string]>([
    [{ id: '../x' }, 'invalid container id'],
    [{ args: [] }, 'no command'],
    [{ env: ['A=\0'] }, 'NUL'],
    [{ cwd: 'tmp' }, 'absolute'],
    [{ cgroup: '/a/../b' }, 'invalid cgroup path'],
    [{ mounts: [{ target: '/a/../../b', source: '/', type: 'bind', options: [] }] }, 'invalid mount target'],
    [{ resources: { oomScoreAdj: 2000 } }, 'oomScoreAdj'],
    [{ resources: { cpuLimitMilli: NaN } }, 'cpuLimitMilli'],
  ])('is refused: %j', (change, message) => {
    expect(() => specOf(change)).toThrow(message);
  });
});

describe('capabilities', () => {
  it.each([
    [{}, {}, 14],
    [{ drop: ['ALL'] }, {}, 0],
    [{ add: ['ALL'] }, {}, 41],
    [{ add: ['ALL'], drop: ['SYS_ADMIN'] }, {}, 40],
    [{ drop: ['all'], add: ['cap_net_admin', 'KILL'] }, {}, 2],
    [{}, { privileged: true }, 41],
  ])('%j %j are %i', (change, options, count) => {
    expect(containerCapabilities(change, options)).toHaveLength(count);
  });

  it('that we lack ourselves are not given', () => {
    expect(containerCapabilities({}, { privileged: true, available: 0xffn })).toHaveLength(8);
  });

  it('that do not exist are refused', () => {
    expect(() => containerCapabilities({ drop: ['FLY'] })).toThrow('unknown capability');
    expect(() => containerCapabilities({ add: ['BPF'] }, { available: 1n })).toThrow(
      'cannot add the capability BPF',
    );
  });
});

describe('the default system call filter', () => {
  const namesFor = (...capabilities: string[]) =>
    new Set(
      defaultSeccomp(capabilities)
        .syscalls.filter((rule) => !rule.args && rule.action === 'SCMP_ACT_ALLOW')
        .flatMap((rule) => rule.names),
    );

  it('lets ordinary programs run and keeps them from the kernel’s insides', () => {
    const names = namesFor();
    for (const name of ['read', 'execve', 'openat2', 'futex', 'epoll_pwait2', 'rseq', 'statx'])
      expect(names).toContain(name);
    for (const name of [
      'mount',
      'bpf',
      'init_module',
      'keyctl',
      'add_key',
      'kexec_load',
      'setns',
      'unshare',
      'userfaultfd',
      'io_uring_setup',
      'clone',
      'chroot',
      'reboot',
      'ptracex',
    ])
      expect(names).not.toContain(name);
  });

  it('gives back with a capability what belongs to it', () => {
    expect(namesFor('CAP_SYS_ADMIN')).toContain('mount');
    expect(namesFor('CAP_SYS_ADMIN')).toContain('clone3');
    expect(namesFor('CAP_SYS_CHROOT')).toContain('chroot');
    expect(namesFor('CAP_SYS_TIME')).toContain('clock_settime');
  });

  it('allows threads and processes but no new namespaces', () => {
    expect(defaultSeccomp([]).syscalls).toContainEqual(
      expect.objectContaining({
        names: ['clone'],
        args: [{ index: 0, value: 0x7e020000, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }],
      }),
    );
    expect(defaultSeccomp([]).syscalls).toContainEqual({
      names: ['clone3'],
      action: 'SCMP_ACT_ERRNO',
      errnoRet: 38,
    });
  });

  it('knows both architectures', () => {
    expect(defaultSeccomp([], 'arm64').architectures).toEqual(['SCMP_ARCH_AARCH64', 'SCMP_ARCH_ARM']);
  });
});
