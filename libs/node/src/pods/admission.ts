import type { V1Pod } from '@gantry/api';

/** Why this node does not run a pod that was given to it, as its status and event say. */
export interface Rejection {
  reason: string;
  message: string;
}

/** Settings that have a namespace of their own and hurt nobody else (pkg/kubelet/sysctl/safe_sysctls.go). */
const safeSysctls = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
]);

export const sysctlForbidden = 'SysctlForbidden';

/** A sysctl that is not known to be safe, or would be the node's own, is refused (pkg/kubelet/sysctl/allowlist.go). */
export function rejection({ spec }: V1Pod): Rejection | undefined {
  for (const { name: given } of spec?.securityContext?.sysctls ?? []) {
    const name = given.replaceAll('/', '.');
    const forbidden = (why: string) => ({
      reason: sysctlForbidden,
      message: `forbidden sysctl: "${given}" ${why}`,
    });
    if (!safeSysctls.has(name)) return forbidden('not allowlisted');
    if (spec?.hostNetwork && name.startsWith('net.')) return forbidden('not allowed with host net enabled');
    if (spec?.hostIPC && name.startsWith('kernel.shm')) return forbidden('not allowed with host ipc enabled');
  }
  return undefined;
}
