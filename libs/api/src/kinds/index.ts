import type { Kind } from '../kind.ts';
import { configMap } from './config-map.ts';
import { deployment } from './deployment.ts';
import { endpointSlice } from './endpoint-slice.ts';
import { endpoints } from './endpoints.ts';
import { event } from './event.ts';
import { lease } from './lease.ts';
import { namespace } from './namespace.ts';
import { node } from './node.ts';
import { pod } from './pod.ts';
import { replicaSet } from './replica-set.ts';
import { secret } from './secret.ts';
import { serviceAccount } from './service-account.ts';
import { service } from './service.ts';

/** Every kind that is built in, by the name it has in code. Adding a kind is a file beside this one and a line here. */
export const kinds = {
  namespace,
  node,
  pod,
  configMap,
  secret,
  service,
  endpoints,
  endpointSlice,
  serviceAccount,
  event,
  lease,
  deployment,
  replicaSet,
} as const;

export const kindList: readonly Kind[] = Object.values<Kind>(kinds);

const byResource = new Map(kindList.map((kind) => [`${kind.group}/${kind.version}/${kind.plural}`, kind]));
const byKind = new Map(kindList.map((kind) => [`${kind.group}/${kind.version}/${kind.kind}`, kind]));

/** The kind behind a resource of a request path: `('apps', 'v1', 'deployments')`; '' is the core group. */
export function findKind(group: string, version: string, plural: string): Kind | undefined {
  return byResource.get(`${group}/${version}/${plural}`);
}

/** The kind of an object: `('apps/v1', 'Deployment')`, `('v1', 'Pod')`. */
export function findKindOf(apiVersion: string, kind: string): Kind | undefined {
  return byKind.get(apiVersion.includes('/') ? `${apiVersion}/${kind}` : `/${apiVersion}/${kind}`);
}
