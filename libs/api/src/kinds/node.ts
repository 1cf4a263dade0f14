import { ageColumn, nameColumn } from '../columns.ts';
import { defineKind } from '../define-kind.ts';
import type { V1Node } from '../gen/types.ts';
import type { Column } from '../kind.ts';
import { duplicate, forbidden, invalid, notSupported, required } from '../validation/causes.ts';
import { dnsSubdomain, ipAddress, labelValue, qualifiedName } from '../validation/names.ts';
import { check, checkQuantity, type Causes } from '../validation/numbers.ts';

const rolePrefix = 'node-role.kubernetes.io/';
const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

function address(type: string): (node: V1Node) => string {
  return (node) => node.status?.addresses?.find((each) => each.type === type)?.address ?? '<none>';
}

function info(name: string, member: 'osImage' | 'kernelVersion' | 'containerRuntimeVersion'): Column<V1Node> {
  return {
    name,
    type: 'string',
    priority: 1,
    value: (node) => node.status?.nodeInfo?.[member] || '<unknown>',
  };
}

export const node = defineKind<V1Node>({
  kind: 'Node',
  plural: 'nodes',
  shortNames: ['no'],
  namespaced: false,
  name: dnsSubdomain,
  storagePrefix: 'minions',
  subresources: { status: true },
  defaults(node) {
    node.spec ??= {};
    if (node.status?.capacity) node.status.allocatable ??= { ...node.status.capacity };
  },
  // Unlike others, a node registers with its status.
  keepsStatusOnCreate: true,
  validate(node) {
    const causes: Causes = [];
    const { spec, status } = node;
    const taken = new Set<string>();
    for (const [index, taint] of (spec.taints ?? []).entries()) {
      const at = `spec.taints[${index}]`;
      check(causes, `${at}.key`, taint.key ?? '', qualifiedName);
      check(causes, `${at}.value`, taint.value ?? '', labelValue);
      if (!taint.effect) causes.push(required(`${at}.effect`));
      else if (!effects.includes(taint.effect))
        causes.push(notSupported(`${at}.effect`, taint.effect, effects));
      const unique = `${taint.key}:${taint.effect}`;
      if (taken.has(unique))
        causes.push({
          ...duplicate(at, taint),
          message: `${duplicate(at, taint).message}: taints must be unique by key and effect pair`,
        });
      taken.add(unique);
    }
    for (const [index, cidr] of (spec.podCIDRs ?? []).entries())
      if (!isCidr(cidr))
        causes.push(
          invalid(
            `spec.podCIDRs[${index}]`,
            cidr,
            'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
          ),
        );
    for (const list of ['capacity', 'allocatable'] as const)
      for (const name in status?.[list])
        checkQuantity(causes, `status.${list}.${name}`, status[list]![name]!);
    return causes;
  },
  validateUpdate(node, old, subresource) {
    const causes: Causes = [];
    if (subresource === 'status') return causes;
    const cidrs = old.spec.podCIDRs ?? [];
    // The old field is the first of the new one.
    const moved = (node.spec.podCIDR ?? cidrs[0]) !== cidrs[0] || cidrs.join() !== node.spec.podCIDRs?.join();
    if (cidrs.length && moved)
      causes.push(forbidden('spec.podCIDRs', 'node updates may not change podCIDR except from "" to valid'));
    if (old.spec.providerID && node.spec.providerID !== old.spec.providerID)
      causes.push(
        forbidden('spec.providerID', 'node updates may not change providerID except from "" to valid'),
      );
    return causes;
  },
  selectableFields: { 'spec.unschedulable': (node) => String(node.spec.unschedulable ?? false) },
  columns: [
    nameColumn,
    {
      name: 'Status',
      type: 'string',
      value(node) {
        const ready = node.status?.conditions?.find(({ type }) => type === 'Ready');
        const status = !ready ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady';
        return node.spec.unschedulable ? `${status},SchedulingDisabled` : status;
      },
    },
    {
      name: 'Roles',
      type: 'string',
      value(node) {
        const roles = new Set<string>();
        for (const [key, value] of Object.entries(node.metadata.labels ?? {})) {
          if (key.startsWith(rolePrefix) && key.length > rolePrefix.length)
            roles.add(key.slice(rolePrefix.length));
          else if (key === 'kubernetes.io/role' && value) roles.add(value);
        }
        return [...roles].sort().join(',') || '<none>';
      },
    },
    ageColumn,
    { name: 'Version', type: 'string', value: (node) => node.status?.nodeInfo?.kubeletVersion ?? '' },
    { name: 'Internal-IP', type: 'string', priority: 1, value: address('InternalIP') },
    { name: 'External-IP', type: 'string', priority: 1, value: address('ExternalIP') },
    info('OS-Image', 'osImage'),
    info('Kernel-Version', 'kernelVersion'),
    info('Container-Runtime', 'containerRuntimeVersion'),
  ],
});

function isCidr(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/');
  return (
    rest.length === 0 &&
    ipAddress(address) === undefined &&
    /^\d{1,3}$/.test(bits) &&
    Number(bits) <= (address.includes(':') ? 128 : 32)
  );
}
