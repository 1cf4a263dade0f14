import { isStatus, StatusError } from '@gantry/base';
import { kinds, type Stored, type V1Node, type V1NodeCondition, type V1NodeStatus } from '@gantry/api';
import type { Entry, State, UserInfo } from '@gantry/state';
import { nodesGroup, nodeUserPrefix } from '../node-identity.ts';
import { maxStatusBytes, readObject } from './wire-object.ts';

/** Labels below kubernetes.io and k8s.io that a node may give itself (NodeRestriction; KEP-279 and its list). */
const ownLabels = new Set([
  'kubernetes.io/hostname',
  'kubernetes.io/os',
  'kubernetes.io/arch',
  'beta.kubernetes.io/os',
  'beta.kubernetes.io/arch',
  'beta.kubernetes.io/instance-type',
  'node.kubernetes.io/instance-type',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
]);

export function nodeUser(nodeName: string): UserInfo {
  return { name: nodeUserPrefix + nodeName, groups: [nodesGroup, 'system:authenticated'] };
}

/** Whether a node may set this label on itself. */
export function isOwnLabel(name: string): boolean {
  const slash = name.indexOf('/');
  const domain = slash < 0 ? '' : name.slice(0, slash);
  const reserved = /(^|\.)(kubernetes\.io|k8s\.io)$/.test(domain);
  if (!reserved) return true;
  if (/(^|\.)node-restriction\.kubernetes\.io$/.test(domain)) return false;
  return ownLabels.has(name) || /(^|\.)(kubelet|node)\.kubernetes\.io$/.test(domain);
}

/** The Node of a Hello. Invalid when it is none; Forbidden when it speaks of another node or takes labels that are not its to take. */
export function parseHelloNode(bytes: Uint8Array, nodeName: string): V1Node {
  const node = readObject<Partial<V1Node>>('V1Node', bytes, 'the Node of the hello', maxStatusBytes);
  const metadata = node.metadata;
  if (metadata?.name !== nodeName)
    throw new StatusError(
      'Forbidden',
      `node "${nodeName}" is not allowed to register as "${metadata?.name}"`,
    );
  const labels: Record<string, string> = {};
  for (const [name, value] of Object.entries(metadata.labels ?? {})) {
    if (!isOwnLabel(name))
      throw new StatusError(
        'Forbidden',
        `node "${nodeName}" is not allowed to set the label "${name}" on itself`,
      );
    labels[name] = value;
  }
  const taints = node.spec?.taints ?? [];
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: nodeName, labels },
    spec: taints.length > 0 ? { taints } : {},
    status: node.status ?? {},
  };
}

/** Creates the Node, or brings labels and status of the present one up to date. Taints count only at creation. */
export async function registerNode(state: State, wanted: V1Node): Promise<Entry<V1Node>> {
  const name = wanted.metadata.name!;
  const user = nodeUser(name);
  let entry: Entry<V1Node>;
  try {
    entry = await state.get(kinds.node, { name });
  } catch (error) {
    if (!isStatus(error, 'NotFound')) throw error;
    try {
      entry = await state.create(kinds.node, wanted, { user });
    } catch (failure) {
      if (!isStatus(failure, 'AlreadyExists')) throw failure;
      entry = await state.get(kinds.node, { name });
    }
  }
  const labels = entry.object.metadata.labels ?? {};
  if (Object.entries(wanted.metadata.labels ?? {}).some(([key, value]) => labels[key] !== value))
    entry = await changeNode(state, name, (node) => {
      node.metadata.labels = { ...node.metadata.labels, ...wanted.metadata.labels };
    });
  return writeNodeStatus(state, name, wanted.status ?? {});
}

/** Conditions that only the node itself can know. All others belong to controllers and stay. */
const ownConditions = new Set(['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure']);

/** What a node's status becomes when the node says `said`: others' conditions and fields stay. */
export function mergeNodeStatus(present: V1NodeStatus | undefined, said: V1NodeStatus): V1NodeStatus {
  const kept = (present?.conditions ?? []).filter((each) => !ownConditions.has(each.type));
  const own = (said.conditions ?? []).filter((each) => ownConditions.has(each.type));
  const before = new Map((present?.conditions ?? []).map((each) => [each.type, each]));
  const conditions: V1NodeCondition[] = own.map((each) => {
    const old = before.get(each.type);
    const same = old?.status === each.status && old.lastTransitionTime !== undefined;
    return same ? { ...each, lastTransitionTime: old.lastTransitionTime! } : each;
  });
  return {
    ...present,
    ...pick(said, [
      'addresses',
      'allocatable',
      'capacity',
      'daemonEndpoints',
      'features',
      'images',
      'nodeInfo',
      'runtimeHandlers',
    ]),
    conditions: [...kept, ...conditions],
  };
}

export async function writeNodeStatus(
  state: State,
  name: string,
  said: V1NodeStatus,
): Promise<Entry<V1Node>> {
  return changeNode(
    state,
    name,
    (node) => {
      node.status = mergeNodeStatus(node.status, said);
    },
    'status',
  );
}

async function changeNode(
  state: State,
  name: string,
  change: (node: Stored<V1Node>) => void,
  subresource?: 'status',
): Promise<Entry<V1Node>> {
  for (let tries = 1; ; tries++) {
    const node = structuredClone((await state.get(kinds.node, { name })).object);
    change(node);
    try {
      return await state.update(kinds.node, node, {
        ...(subresource ? { subresource } : {}),
        user: nodeUser(name),
      });
    } catch (error) {
      if (!isStatus(error, 'Conflict') || tries >= 5) throw error;
    }
  }
}

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Partial<Pick<T, K>> {
  return Object.fromEntries(
    keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]),
  ) as Partial<Pick<T, K>>;
}
