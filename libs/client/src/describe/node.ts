import {
  addQuantities,
  bytesOf,
  formatQuantity,
  humanDuration,
  milliOf,
  parseQuantity,
  type Stored,
  type V1Node,
  type V1Pod,
} from '@gantry/api';
import { labelsOf, longTime, type Surroundings } from './common.ts';
import type { DescriptionWriter } from './writer.ts';

export function describeNode(
  out: DescriptionWriter,
  node: Stored<V1Node>,
  { pods = [], nowMs }: Surroundings,
): void {
  const { spec, status = {} } = node;
  const roles = Object.keys(node.metadata.labels ?? {}).flatMap(
    (label) => /^node-role\.kubernetes\.io\/(.+)$/.exec(label)?.[1] ?? [],
  );
  out.field('Roles', roles.join(','));
  labelsOf(out, node);
  out.field('CreationTimestamp', longTime(node.metadata.creationTimestamp));
  out.field(
    'Taints',
    (spec.taints ?? []).map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`),
  );
  out.field('Unschedulable', spec.unschedulable ?? false);
  out.title('Conditions');
  out.table(
    ['Type', 'Status', 'LastHeartbeatTime', 'LastTransitionTime', 'Reason', 'Message'],
    (status.conditions ?? []).map((each) => [
      each.type,
      each.status,
      each.lastHeartbeatTime ? longTime(each.lastHeartbeatTime) : '<unknown>',
      each.lastTransitionTime ? longTime(each.lastTransitionTime) : '<unknown>',
      each.reason ?? '',
      each.message ?? '',
    ]),
  );
  out.title('Addresses');
  for (const { type, address } of status.addresses ?? []) out.field(type, address, 2);
  for (const [title, amounts] of [
    ['Capacity', status.capacity],
    ['Allocatable', status.allocatable],
  ] as const) {
    out.title(title);
    for (const [resource, amount] of Object.entries(amounts ?? {})) out.field(resource, amount, 2);
  }
  out.title('System Info');
  for (const [key, value] of Object.entries(status.nodeInfo ?? {}))
    if (typeof value !== 'object')
      out.field(
        key.replace(/[A-Z]/g, ' $&').replace(/^./, (first) => first.toUpperCase()),
        value,
        2,
      );
  out.field('PodCIDR', spec.podCIDR);
  out.field('PodCIDRs', spec.podCIDRs?.join(','));
  const running = pods.filter((pod) => pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed');
  out.title('Non-terminated Pods');
  out.line(`(${running.length} in total)`, 2);
  const of = (pod: V1Pod, which: 'requests' | 'limits', resource: string) =>
    sum(pod.spec.containers.map((container) => container.resources?.[which]?.[resource] ?? '0'));
  const allocatable = (resource: string) => status.allocatable?.[resource] ?? '0';
  const share = (amount: string, resource: string) => {
    const whole = resource === 'cpu' ? milliOf(allocatable(resource)) : bytesOf(allocatable(resource));
    const part = resource === 'cpu' ? milliOf(amount) : bytesOf(amount);
    return `${amount} (${whole > 0 ? Math.floor((100 * part) / whole) : 0}%)`;
  };
  out.table(
    ['Namespace', 'Name', 'CPU Requests', 'CPU Limits', 'Memory Requests', 'Memory Limits', 'Age'],
    running.map((pod) => [
      pod.metadata.namespace ?? '',
      pod.metadata.name,
      share(of(pod, 'requests', 'cpu'), 'cpu'),
      share(of(pod, 'limits', 'cpu'), 'cpu'),
      share(of(pod, 'requests', 'memory'), 'memory'),
      share(of(pod, 'limits', 'memory'), 'memory'),
      humanDuration(nowMs - Date.parse(pod.metadata.creationTimestamp)),
    ]),
  );
  out.title('Allocated resources');
  out.line('(Total limits may be over 100 percent, i.e., overcommitted.)', 2);
  out.table(
    ['Resource', 'Requests', 'Limits'],
    ['cpu', 'memory', 'ephemeral-storage'].map((resource) => [
      resource,
      ...(['requests', 'limits'] as const).map((which) =>
        share(sum(running.map((pod) => of(pod, which, resource))), resource),
      ),
    ]),
  );
}

const sum = (amounts: readonly string[]) => {
  const [first, ...rest] = amounts.filter((each) => each !== '0').map(parseQuantity);
  return first ? formatQuantity(rest.reduce(addQuantities, first)) : '0';
};
