import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openCgroups, parseCgroupMounts } from './detect.ts';

// File trees as the kernel shows them, laid out by hand: control files of groups made here appear only as they are written.
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function tree(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'gantry-cgroups-'));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const legacyMounts = `22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
31 23 0:28 / /sys/fs/cgroup ro,nosuid,nodev,noexec shared:9 - tmpfs tmpfs ro,mode=755
33 31 0:30 / /sys/fs/cgroup/systemd rw,nosuid shared:11 - cgroup cgroup rw,xattr,name=systemd
34 31 0:31 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:14 - cgroup cgroup rw,cpu,cpuacct
35 31 0:32 / /sys/fs/cgroup/memory rw,nosuid shared:15 - cgroup cgroup rw,memory
36 31 0:33 / /sys/fs/cgroup/pids rw,nosuid shared:16 - cgroup cgroup rw,pids
37 31 0:34 / /sys/fs/cgroup/blkio rw,nosuid shared:17 - cgroup cgroup rw,blkio
`;
const hybridMounts = `${legacyMounts}32 31 0:29 / /sys/fs/cgroup/unified rw,nosuid shared:10 - cgroup2 cgroup2 rw,nsdelegate\n`;
const unifiedMounts = `22 1 8:1 / / rw - ext4 /dev/sda1 rw
30 23 0:26 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:4 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot
`;

describe('detection', () => {
  it.each([
    ['legacy', legacyMounts],
    ['hybrid', hybridMounts],
    ['unified', unifiedMounts],
  ])('recognizes %s control groups', (mode, mounts) => {
    expect(parseCgroupMounts(mounts).mode).toBe(mode);
  });

  it('finds controllers that share a hierarchy, and mount points with blanks', () => {
    const text = '34 31 0:31 / /sys/my\\040groups rw - cgroup cgroup rw,cpu,cpuacct\n';
    expect([...parseCgroupMounts(text).controllers]).toEqual([
      ['cpu', '/sys/my groups'],
      ['cpuacct', '/sys/my groups'],
    ]);
  });

  it('says what is missing', () => {
    const noPids = legacyMounts.replace(/^.*rw,pids\n/m, '');
    expect(() => openCgroups(tree({ 'proc/self/mountinfo': noPids }))).toThrow(
      'the cgroup controller pids is not mounted',
    );
    expect(() => openCgroups(tree({ 'proc/self/mountinfo': '' }))).toThrow('mount cgroup2');
  });
});

const base = 'sys/fs/cgroup';

describe('version 1', () => {
  const root = () =>
    tree({
      'proc/self/mountinfo': legacyMounts,
      [`${base}/memory/memory.memsw.limit_in_bytes`]: '9223372036854771712\n',
      [`${base}/cpu,cpuacct/pod/cpuacct.usage`]: '123456789\n',
      [`${base}/cpu,cpuacct/pod/cpu.stat`]: 'nr_periods 10\nnr_throttled 3\nthrottled_time 12345\n',
      [`${base}/memory/pod/memory.usage_in_bytes`]: '104857600\n',
      [`${base}/memory/pod/memory.limit_in_bytes`]: '209715200\n',
      [`${base}/memory/pod/memory.memsw.limit_in_bytes`]: '209715200\n',
      [`${base}/memory/pod/memory.stat`]:
        'cache 1\ninactive_file 7\nrss 5\ntotal_inactive_file 4857600\ntotal_rss 50000000\n' +
        'total_cache 8000000\ntotal_mapped_file 3000000\ntotal_swap 4096\n',
      [`${base}/blkio/pod/blkio.throttle.io_service_bytes_recursive`]:
        '8:0 Read 4096\n8:0 Write 512\n8:0 Sync 9\n8:0 Total 4608\n8:16 Read 1\nTotal 4609\n',
      [`${base}/blkio/pod/blkio.throttle.io_serviced_recursive`]: '8:0 Read 2\n8:0 Write 1\nTotal 3\n',
      [`${base}/memory/pod/memory.oom_control`]: 'oom_kill_disable 0\nunder_oom 0\noom_kill 2\n',
      [`${base}/pids/pod/pids.current`]: '17\n',
      [`${base}/pids/pod/cgroup.procs`]: '11\n12\n',
      [`${base}/pids/pod/child/cgroup.procs`]: '13\n',
    });

  it('reads usage of a group with all below it', () => {
    const groups = openCgroups(root());
    expect(groups).toMatchObject({ version: 1, mode: 'legacy', swapLimit: true });
    expect(groups.stats('/pod', 5)).toEqual({
      atMs: 5,
      cpuUsageNs: 123456789n,
      memoryUsageBytes: 104857600,
      memoryWorkingSetBytes: 100000000,
      memoryRssBytes: 50000000,
      memoryCacheBytes: 8000000,
      memoryMappedBytes: 3000000,
      memorySwapBytes: 4096,
      pids: 17,
      cpuPeriods: 10,
      cpuThrottledPeriods: 3,
      cpuThrottledNs: 12345n,
      oomEvents: 2,
      io: [
        { device: '8:0', readBytes: 4096, writeBytes: 512, reads: 2, writes: 1 },
        { device: '8:16', readBytes: 1, writeBytes: 0, reads: 0, writes: 0 },
      ],
    });
    expect(groups.usage('/pod', 5)).toMatchObject({
      cpuUsageNs: 123456789n,
      memoryWorkingSetBytes: 100000000,
    });
    expect(groups.processes('/pod')).toEqual([11, 12, 13]);
    expect(groups.stats('/none', 5)).toBeUndefined();
    expect(groups.exists('/none')).toBe(false);
  });

  it('makes groups with shares, a quota and limits', () => {
    const at = root();
    openCgroups(at).ensure('/a/b', {
      cpuRequestMilli: 250,
      cpuLimitMilli: 1500,
      memoryLimitBytes: 1 << 20,
      pidsLimit: 5,
    });
    const read = (path: string) => readFileSync(join(at, base, path), 'utf8');
    expect(read('cpu,cpuacct/a/b/cpu.shares')).toBe('256');
    expect(read('cpu,cpuacct/a/b/cpu.cfs_quota_us')).toBe('150000');
    expect(read('cpu,cpuacct/a/b/cpu.cfs_period_us')).toBe('100000');
    expect(read('memory/a/b/memory.limit_in_bytes')).toBe('1048576');
    expect(read('pids/a/b/pids.max')).toBe('5');
    openCgroups(at).ensure('/a/c', {});
    expect(existsSync(join(at, base, 'memory/a/c/memory.limit_in_bytes'))).toBe(false);
  });

  it('lifts a limit that is absent in an update, with that of swap', () => {
    const at = root();
    openCgroups(at).update('/pod', {});
    const read = (path: string) => readFileSync(join(at, base, path), 'utf8');
    expect(read('memory/pod/memory.limit_in_bytes')).toBe('-1');
    expect(read('memory/pod/memory.memsw.limit_in_bytes')).toBe('-1');
    expect(read('cpu,cpuacct/pod/cpu.cfs_quota_us')).toBe('-1');
    expect(read('pids/pod/pids.max')).toBe('max');
  });

  it('refuses limits that make no sense, and says which file the kernel did not take', () => {
    const groups = openCgroups(root());
    expect(() => groups.ensure('/a', { memoryLimitBytes: -1 })).toThrow('invalid memoryLimitBytes: -1');
    expect(() => groups.update('/none', { cpuRequestMilli: 1 })).toThrow(
      /cannot set .*none\/cpu.shares to 2: ENOENT/,
    );
  });
});

describe('version 2', () => {
  const controllers = 'cpuset cpu io memory hugetlb pids rdma misc\n';
  const root = () =>
    tree({
      'proc/self/mountinfo': unifiedMounts,
      [`${base}/cgroup.controllers`]: controllers,
      [`${base}/cgroup.subtree_control`]: 'memory pids\n',
      [`${base}/top/cgroup.controllers`]: 'cpu memory pids\n',
      [`${base}/top/cgroup.subtree_control`]: '\n',
      [`${base}/pod/cpu.stat`]:
        'usage_usec 2500\nuser_usec 2000\nsystem_usec 500\nnr_periods 4\nnr_throttled 1\nthrottled_usec 9\n',
      [`${base}/pod/memory.current`]: '30000000\n',
      [`${base}/pod/memory.stat`]:
        'anon 20000000\nfile 9000000\nfile_mapped 5000000\ninactive_file 4000000\n',
      [`${base}/pod/memory.swap.current`]: '8192\n',
      [`${base}/pod/io.stat`]: '8:0 rbytes=4096 wbytes=512 rios=2 wios=1 dbytes=0 dios=0\n253:1 \n',
      [`${base}/pod/memory.events`]: 'low 0\nhigh 0\nmax 12\noom 1\noom_kill 1\noom_group_kill 0\n',
      [`${base}/pod/memory.swap.max`]: 'max\n',
      [`${base}/pod/pids.current`]: '3\n',
      [`${base}/pod/cgroup.procs`]: '21\n',
    });

  it('reads usage', () => {
    const groups = openCgroups(root());
    expect(groups).toMatchObject({ version: 2, mode: 'unified' });
    expect(groups.stats('/pod', 1)).toEqual({
      atMs: 1,
      cpuUsageNs: 2_500_000n,
      memoryUsageBytes: 30000000,
      memoryWorkingSetBytes: 26000000,
      memoryRssBytes: 20000000,
      memoryCacheBytes: 9000000,
      memoryMappedBytes: 5000000,
      memorySwapBytes: 8192,
      pids: 3,
      cpuPeriods: 4,
      cpuThrottledPeriods: 1,
      cpuThrottledNs: 9000n,
      oomEvents: 1,
      io: [
        { device: '8:0', readBytes: 4096, writeBytes: 512, reads: 2, writes: 1 },
        { device: '253:1', readBytes: 0, writeBytes: 0, reads: 0, writes: 0 },
      ],
    });
    expect(groups.usage('/pod', 1)).toMatchObject({ cpuUsageNs: 2_500_000n, memoryRssBytes: 20000000 });
    expect(groups.stats('/none', 1)).toBeUndefined();
    expect(groups.usage('/none', 1)).toBeUndefined();
  });

  it('hands controllers down to the parent of a group, each only where it is missing', () => {
    const at = root();
    openCgroups(at).ensure('/top/mid/leaf', {
      cpuRequestMilli: 1000,
      cpuLimitMilli: 500,
      memoryLimitBytes: 4096,
      pidsLimit: 9,
    });
    const read = (path: string) => readFileSync(join(at, base, path), 'utf8');
    expect(read('cgroup.subtree_control')).toBe('+cpu +cpuset +io +hugetlb');
    expect(read('top/cgroup.subtree_control')).toBe('+cpu +memory +pids');
    expect(read('top/mid/leaf/cpu.weight')).toBe('39');
    expect(read('top/mid/leaf/cpu.max')).toBe('50000 100000');
    expect(read('top/mid/leaf/memory.max')).toBe('4096');
    expect(read('top/mid/leaf/pids.max')).toBe('9');
    expect(existsSync(join(at, base, 'top/mid/leaf/cgroup.subtree_control'))).toBe(false);
  });

  it('gives no swap beside a limit of memory, and both back without', () => {
    const at = root();
    const groups = openCgroups(at);
    const read = (path: string) => readFileSync(join(at, base, path), 'utf8');
    groups.update('/pod', { memoryLimitBytes: 1 << 20 });
    expect([read('pod/memory.max'), read('pod/memory.swap.max')]).toEqual(['1048576', '0']);
    groups.update('/pod', {});
    expect([read('pod/memory.max'), read('pod/memory.swap.max'), read('pod/cpu.max')]).toEqual([
      'max',
      'max',
      'max 100000',
    ]);
  });
});
