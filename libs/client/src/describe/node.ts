import {
  formatBytes,
  formatMilli,
  humanDuration,
  bytesOf,
  milliOf,
  podLimits,
  podRequests,
  type PodResources,
  type Stored,
  type V1Node,
  type V1Pod,
} from '@gantry/api';
import { eventsOf, labelsOf, longTime, nameAndNamespace, type Surroundings } from './common.ts';
import type { DescriptionWriter } from './writer.ts';

export function describeNode(out: DescriptionWriter, node: Stored<V1Node>, around: Surroundings): void {
  const { spec, status = {} } = node;
  nameAndNamespace(out, node);
  out.row(0, 'Roles:', rolesOf(node).join(',') || '<none>');
  labelsOf(out, node);
  out.row(0, 'CreationTimestamp:', longTime(node.metadata.creationTimestamp));
  const taints = (spec.taints ?? []).map(({ key, value, effect }) => ({
    order: `${effect},${key}`,
    text: `${key}${value ? `=${value}` : ''}:${effect}`,
  }));
  taints.sort((a, b) => (a.order < b.order ? -1 : 1));
  out.list(
    0,
    'Taints',
    taints.map(({ text }) => text),
  );
  out.row(0, 'Unschedulable:', spec.unschedulable ?? false);
  leaseOf(out, around);
  if (status.conditions?.length) {
    out.row(0, 'Conditions:');
    out.table(
      1,
      ['Type', 'Status', 'LastHeartbeatTime', 'LastTransitionTime', 'Reason', 'Message'],
      status.conditions.map((each) => [
        `${each.type} `,
        `${each.status} `,
        `${longTime(each.lastHeartbeatTime)} `,
        `${longTime(each.lastTransitionTime)} `,
        `${each.reason ?? ''} `,
        each.message,
      ]),
    );
  }
  out.row(0, 'Addresses:');
  for (const { type, address } of status.addresses ?? []) out.row(1, `${type}:`, address);
  for (const [title, amounts = {}] of [
    ['Capacity:', status.capacity],
    ['Allocatable:', status.allocatable],
  ] as const) {
    const names = Object.keys(amounts).sort();
    if (names.length > 0) out.row(0, title);
    for (const name of names) out.row(1, `${name}:`, amounts[name]);
  }
  out.row(0, 'System Info:');
  const info = status.nodeInfo;
  for (const [label, value] of [
    ['Machine ID', info?.machineID],
    ['System UUID', info?.systemUUID],
    ['Boot ID', info?.bootID],
    ['Kernel Version', info?.kernelVersion],
    ['OS Image', info?.osImage],
    ['Operating System', info?.operatingSystem],
    ['Architecture', info?.architecture],
    ['Container Runtime Version', info?.containerRuntimeVersion],
    ['Kubelet Version', info?.kubeletVersion],
  ] as const)
    out.row(1, `${label}:`, value);
  if (spec.podCIDR) out.row(0, 'PodCIDR:', spec.podCIDR);
  if (spec.podCIDRs?.length) out.row(0, 'PodCIDRs:', spec.podCIDRs.join(','));
  if (spec.providerID) out.row(0, 'ProviderID:', spec.providerID);
  if (around.pods) podsOf(out, node, around.pods, around.nowMs);
  else out.row(0, 'Pods:', 'not authorized');
  eventsOf(out, around);
}

function rolesOf({ metadata: { labels = {} } }: V1Node): string[] {
  const roles = Object.entries(labels).map(([label, value]) =>
    label === 'kubernetes.io/role' ? value : (/^node-role\.kubernetes\.io\/(.*)$/.exec(label)?.[1] ?? ''),
  );
  return [...new Set(roles.filter(Boolean))].sort();
}

function leaseOf(out: DescriptionWriter, { lease }: Surroundings): void {
  const { holderIdentity, acquireTime, renewTime } = lease?.spec ?? {};
  out.row(0, 'Lease:');
  out.row(1, 'HolderIdentity:', holderIdentity ?? '<unset>');
  out.row(1, 'AcquireTime:', acquireTime ? longTime(acquireTime) : '<unset>');
  out.row(1, 'RenewTime:', renewTime ? longTime(renewTime) : '<unset>');
}

const amountOf = (of: PodResources, name: string): number =>
  name === 'cpu'
    ? of.cpuMilli
    : name === 'memory'
      ? of.memoryBytes
      : name === 'ephemeral-storage'
        ? of.ephemeralBytes
        : (of.extended[name] ?? 0);

/** What the pods that have not ended want of the node, each and together. */
function podsOf(
  out: DescriptionWriter,
  { status }: V1Node,
  all: readonly Stored<V1Pod>[],
  nowMs: number,
): void {
  const pods = all.filter((pod) => pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed');
  const allocatable = status?.allocatable ?? status?.capacity ?? {};
  const share = (amount: number, name: string) => {
    const text = name === 'cpu' ? formatMilli(amount) : formatBytes(amount);
    const whole = (name === 'cpu' ? milliOf : bytesOf)(allocatable[name] ?? '0');
    return `${text} (${whole > 0 ? Math.floor((100 * amount) / whole) : 0}%)`;
  };
  const wanted = pods.map((pod) => ({ pod, requests: podRequests(pod), limits: podLimits(pod) }));
  out.row(0, 'Non-terminated Pods:', `(${pods.length} in total)`);
  // The empty column is kubectl's.
  out.table(
    1,
    ['Namespace', 'Name', '', 'CPU Requests', 'CPU Limits', 'Memory Requests', 'Memory Limits', 'Age'],
    wanted.map(({ pod: { metadata }, requests, limits }) => [
      metadata.namespace,
      metadata.name,
      '',
      share(requests.cpuMilli, 'cpu'),
      share(limits.cpuMilli, 'cpu'),
      share(requests.memoryBytes, 'memory'),
      share(limits.memoryBytes, 'memory'),
      humanDuration(nowMs - Date.parse(metadata.creationTimestamp)),
    ]),
  );
  const total = (which: 'requests' | 'limits', name: string) =>
    wanted.reduce((sum, each) => sum + amountOf(each[which], name), 0);
  const standard = ['cpu', 'memory', 'ephemeral-storage'];
  const others = Object.keys(allocatable).filter((name) => !standard.includes(name) && name !== 'pods');
  const pages = others.filter((name) => name.startsWith('hugepages-')).sort();
  const extended = others.filter((name) => !name.startsWith('hugepages-')).sort();
  out.row(0, 'Allocated resources:');
  out.row(1, '(Total limits may be over 100 percent, i.e., overcommitted.)');
  out.table(
    1,
    ['Resource', 'Requests', 'Limits'],
    [
      ...[...standard, ...pages].map((name) => [
        name,
        share(total('requests', name), name),
        share(total('limits', name), name),
      ]),
      ...extended.map((name) => [name, total('requests', name), total('limits', name)]),
    ],
  );
}
