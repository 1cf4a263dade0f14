import { describe, expect, it } from 'vitest';
import { cgroupRoots, mountsBelow } from './sweep.ts';

/** As a hybrid machine has it, with a pod's mounts, a folder whose name has a blank, and a cluster whose name begins alike. */
const recorded = `22 27 0:20 / /sys rw,nosuid - sysfs sysfs rw
24 22 0:22 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755
25 24 0:23 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
26 24 0:24 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
90 27 0:50 / /var/lib/gantry-t/nodes/node-1/pods/a/rootfs rw - overlay overlay rw
91 90 0:51 / /var/lib/gantry-t/nodes/node-1/pods/a/rootfs/proc rw - proc proc rw
92 27 0:52 / /var/lib/gantry-t/nodes/node-1/my\\040volume rw shared:3 - tmpfs tmpfs rw
93 27 0:53 / /var/lib/gantry-two/nodes/x rw - tmpfs tmpfs rw
94 27 0:54 / /run/gantry-t/node-1/shm rw - tmpfs tmpfs rw
95 27 0:55 / /var/lib/gantry-t rw - ext4 /dev/sdb1 rw
`;

describe('what is left of a cluster', () => {
  it('finds the mounts below its folders, the youngest first, and no others', () => {
    expect(mountsBelow(recorded, ['/var/lib/gantry-t', '/run/gantry-t'])).toEqual([
      '/run/gantry-t/node-1/shm',
      '/var/lib/gantry-t/nodes/node-1/my volume',
      '/var/lib/gantry-t/nodes/node-1/pods/a/rootfs/proc',
      '/var/lib/gantry-t/nodes/node-1/pods/a/rootfs',
    ]);
  });

  it('finds every cgroup hierarchy, of either version', () => {
    expect(cgroupRoots(recorded)).toEqual(['/sys/fs/cgroup/unified', '/sys/fs/cgroup/cpu,cpuacct']);
    expect(cgroupRoots('30 1 0:9 / /sys/fs/cgroup rw - cgroup2 none rw\n')).toEqual(['/sys/fs/cgroup']);
  });
});
