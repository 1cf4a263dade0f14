import { StatusError } from '@gantry/base';
import { kinds, type Stored, type V1Pod } from '@gantry/api';
import type { NodeStreams } from '@gantry/link';
import type { ServingContext } from '../context.ts';
import type { Exchange } from '../exchange.ts';

/** A container on a node, as the node's protocol names it. */
export interface PodContainer {
  namespace: string;
  pod: string;
  uid: string;
  container: string;
}

/** The pod that the URL names. */
export async function podIn({ info }: Exchange, { state }: ServingContext): Promise<Stored<V1Pod>> {
  const { namespace, name } = info;
  return (await state.get(kinds.pod, { namespace, name })).object;
}

/** The container asked for, or the only one; upstream's words where that does not say which (registry/core/pod/strategy.go). */
export function containerIn({ metadata, spec }: Stored<V1Pod>, asked: string | undefined): string {
  const names = spec.containers.map(({ name }) => name);
  const initial = (spec.initContainers ?? []).map(({ name }) => name);
  const ephemeral = (spec.ephemeralContainers ?? []).map(({ name }) => name);
  if (asked) {
    if ([...names, ...initial, ...ephemeral].includes(asked)) return asked;
    throw StatusError.badRequest(`container ${asked} is not valid for pod ${metadata.name}`);
  }
  if (names.length === 1) return names[0]!;
  const others = initial.length > 0 ? ` or one of the init containers: [${initial.join(' ')}]` : '';
  throw StatusError.badRequest(
    `a container name must be specified for pod ${metadata.name}, choose one of: [${names.join(' ')}]${others}`,
  );
}

export function targetOf({ metadata }: Stored<V1Pod>, container: string): PodContainer {
  return { namespace: metadata.namespace ?? '', pod: metadata.name, uid: metadata.uid, container };
}

/** The pod's node; BadRequest while it has none. */
export function nodeNameOf({ metadata, spec }: Stored<V1Pod>): string {
  if (!spec.nodeName) throw StatusError.badRequest(`pod ${metadata.name} does not have a host assigned`);
  return spec.nodeName;
}

/** The way to the nodes, if this server has one. */
export function streamsOf({ nodeStreams }: ServingContext): NodeStreams {
  if (!nodeStreams) throw StatusError.unavailable('this API server has no connection to nodes');
  return nodeStreams;
}
