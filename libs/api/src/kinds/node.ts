import { ageColumn, nameColumn } from '../columns.ts';
import { defineKind } from '../define-kind.ts';
import type { V1Node, V1Taint } from '../gen/types.ts';
import type { Column } from '../kind.ts';
import { roundedList } from '../pods/defaults.ts';
import { effects } from '../pods/validate.ts';
import { checkResourceQuantity } from '../pods/validate-resources.ts';
import { duplicate, forbidden, goStruct, invalid } from '../validation/causes.ts';
import { cidr, dnsSubdomain, labelValue, qualifiedName } from '../validation/names.ts';
import { check, checkOneOf, type Causes } from '../validation/numbers.ts';

const rolePrefix = 'node-role.kubernetes.io/';

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
    const spec = (node.spec ??= {});
    const { status } = node;
    if (status?.capacity) {
      roundedList(status.capacity);
      status.allocatable ??= { ...status.capacity };
    }
    if (status?.allocatable) roundedList(status.allocatable);
    // The old name holds the first of the list; where both are said and differ, it wins.
    if (spec.podCIDR && spec.podCIDR !== spec.podCIDRs?.[0]) spec.podCIDRs = [spec.podCIDR];
    else if (spec.podCIDRs?.[0]) spec.podCIDR = spec.podCIDRs[0];
  },
  // Unlike others, a node registers with its status.
  keepsStatusOnCreate: true,
  validate(node) {
    const causes: Causes = [];
    const { spec } = node;
    if (spec.taints) validateTaints(causes, spec.taints);
    validateAmounts(causes, node);
    const cidrs = spec.podCIDRs ?? [];
    for (const [index, each] of cidrs.entries()) check(causes, `spec.podCIDRs[${index}]`, each, cidr);
    if (cidrs.length > 1) {
      const families = new Set(cidrs.map((each) => each.includes(':')));
      if (families.size < 2 || cidrs.length > 2)
        causes.push(invalid('spec.podCIDRs', cidrs, 'may specify no more than one CIDR for each IP family'));
      for (const [index, each] of cidrs.entries())
        if (cidrs.indexOf(each) < index) causes.push(duplicate(`spec.podCIDRs[${index}]`, each));
    }
    return causes;
  },
  validateUpdate(node, old, subresource) {
    const causes: Causes = [];
    if (subresource === 'status') {
      validateAmounts(causes, node);
      const seen = new Set<string>();
      for (const [index, each] of (node.status?.addresses ?? []).entries()) {
        const key = `${each.type}/${each.address}`;
        if (seen.has(key))
          causes.push(
            duplicate(`status.addresses[${index}]`, goStruct(each, { Type: 'type', Address: 'address' })),
          );
        seen.add(key);
      }
      return causes;
    }
    const cidrs = old.spec.podCIDRs ?? [];
    // The old field is the first of the new one.
    const moved = (node.spec.podCIDR ?? cidrs[0]) !== cidrs[0] || cidrs.join() !== node.spec.podCIDRs?.join();
    if (cidrs.length && moved)
      causes.push(forbidden('spec.podCIDRs', 'node updates may not change podCIDR except from "" to valid'));
    if (old.spec.providerID && node.spec.providerID !== old.spec.providerID)
      causes.push(
        forbidden('spec.providerID', 'node updates may not change providerID except from "" to valid'),
      );
    if ((node.spec.externalID ?? '') !== (old.spec.externalID ?? ''))
      causes.push(forbidden('spec.externalID', 'may not be updated'));
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

/** Upstream looks for them in the metadata, where they once were annotations, and says so in its paths. */
function validateTaints(causes: Causes, taints: readonly V1Taint[]): void {
  const taken = new Set<string>();
  for (const [index, taint] of taints.entries()) {
    const at = `metadata.taints[${index}]`;
    const { key = '', value = '', effect = '' } = taint;
    check(causes, `${at}.key`, key, qualifiedName);
    const wrong = labelValue(value);
    if (wrong) causes.push(invalid(`${at}.value`, value, wrong.join(';')));
    checkOneOf(causes, `${at}.effect`, effect, effects);
    const unique = `${key}:${effect}`;
    if (taken.has(unique))
      causes.push(
        duplicate(
          at,
          goStruct(
            taint,
            { Key: 'key', Value: 'value', Effect: 'effect', TimeAdded: 'timeAdded' },
            { Key: '', Value: '', Effect: '' },
          ),
          'taints must be unique by key and effect pair',
        ),
      );
    taken.add(unique);
  }
}

function validateAmounts(causes: Causes, { status }: V1Node): void {
  for (const list of ['capacity', 'allocatable'] as const)
    for (const name in status?.[list])
      checkResourceQuantity(causes, `status.${list}.${name}`, name, status[list]![name]!);
}
