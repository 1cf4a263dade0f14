/** Every capability of Linux 5.9 and later, by number (capabilities(7)). */
const known = [
  'CHOWN', 'DAC_OVERRIDE', 'DAC_READ_SEARCH', 'FOWNER', 'FSETID', 'KILL', 'SETGID', 'SETUID', 'SETPCAP',
  'LINUX_IMMUTABLE', 'NET_BIND_SERVICE', 'NET_BROADCAST', 'NET_ADMIN', 'NET_RAW', 'IPC_LOCK', 'IPC_OWNER',
  'SYS_MODULE', 'SYS_RAWIO', 'SYS_CHROOT', 'SYS_PTRACE', 'SYS_PACCT', 'SYS_ADMIN', 'SYS_BOOT', 'SYS_NICE',
  'SYS_RESOURCE', 'SYS_TIME', 'SYS_TTY_CONFIG', 'MKNOD', 'LEASE', 'AUDIT_WRITE', 'AUDIT_CONTROL', 'SETFCAP',
  'MAC_OVERRIDE', 'MAC_ADMIN', 'SYSLOG', 'WAKE_ALARM', 'BLOCK_SUSPEND', 'AUDIT_READ', 'PERFMON', 'BPF',
  'CHECKPOINT_RESTORE',
]; // prettier-ignore

/** What a container has when nothing is asked for: the set of Docker and of the container runtimes behind the CRI. */
const defaults = [
  'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'NET_RAW',
  'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT',
]; // prettier-ignore

/**
 * The capabilities of a container, as `CAP_…` sorted by name. `add` and `drop` take names with or without `CAP_` in any
 * case, and `ALL`; `drop` wins over `add`, but for `ALL`: what is added by name stays, as the kubelet and Docker read them.
 * @param options.available those that can be given at all, a bit for each (`CapBnd` of proc_pid_status(5)). Default: all.
 * @throws Error for a name that no kernel knows, and for one asked for by name that cannot be given.
 */
export function containerCapabilities(
  change: { add?: readonly string[]; drop?: readonly string[] } = {},
  options: { privileged?: boolean; available?: bigint } = {},
): string[] {
  const available = options.available ?? -1n;
  const all = known.filter((_, number) => ((available >> BigInt(number)) & 1n) === 1n);
  const add = (change.add ?? []).map(normal);
  const drop = (change.drop ?? []).map(normal);
  let set = new Set(
    options.privileged || add.includes('ALL') ? all : defaults.filter((name) => all.includes(name)),
  );
  if (drop.includes('ALL')) set = new Set();
  for (const name of add) {
    if (name === 'ALL') continue;
    if (!all.includes(name))
      throw new Error(`cannot add the capability ${name}: the machine or its container engine lacks it`);
    set.add(name);
  }
  for (const name of drop) set.delete(name);
  return [...set].sort().map((name) => `CAP_${name}`);
}

function normal(name: string): string {
  const bare = name.toUpperCase().replace(/^CAP_/, '');
  if (bare !== 'ALL' && !known.includes(bare))
    throw new Error(`unknown capability to add or drop: ${JSON.stringify(name)}`);
  return bare;
}
