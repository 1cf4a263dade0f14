import { isStatus } from '@gantry/base';
import type { Stored } from '@gantry/api';
import type { Connection } from '../connection.ts';
import { pathOf, qualifiedName, type ApiResource } from '../discovery.ts';
import { listObjects, query, untilObject } from '../lines.ts';

/** One object of the cluster, by its place. */
export interface ObjectAddress {
  resource: ApiResource;
  namespace: string | undefined;
  name: string;
  /** Where only this one is meant, and not another of the same name. */
  uid?: string;
}

export interface DeleteVerbOptions {
  gracePeriodSeconds?: number | undefined;
  cascade?: 'background' | 'orphan' | 'foreground';
  dryRun?: 'server' | undefined;
  ignoreNotFound?: boolean;
}

/** False when the object was not there and that is no error. */
export async function deleteObject(
  connection: Connection,
  { resource, namespace, name }: ObjectAddress,
  options: DeleteVerbOptions,
): Promise<boolean> {
  const policies = { background: 'Background', orphan: 'Orphan', foreground: 'Foreground' } as const;
  try {
    await connection.request({
      method: 'DELETE',
      path: pathOf(resource, namespace, name) + query(options.dryRun ? { dryRun: 'All' } : {}),
      body: {
        kind: 'DeleteOptions',
        apiVersion: 'v1',
        propagationPolicy: policies[options.cascade ?? 'background'],
        ...(options.gracePeriodSeconds === undefined
          ? {}
          : { gracePeriodSeconds: options.gracePeriodSeconds }),
      },
    });
  } catch (error) {
    if (options.ignoreNotFound && isStatus(error, 'NotFound')) return false;
    throw error;
  }
  return true;
}

/** Names of the objects that the selectors let through. */
export async function selectedNames(
  connection: Connection,
  resource: ApiResource,
  namespace: string | undefined,
  selectors: { labelSelector?: string | undefined; fieldSelector?: string | undefined },
): Promise<ObjectAddress[]> {
  const { items } = await listObjects(connection, resource, namespace, selectors);
  return items.map(({ metadata }) => ({ resource, namespace: metadata.namespace, name: metadata.name }));
}

/** Resolves when each of the objects is gone, or has been replaced by one of the same name. */
export async function untilGone(
  connection: Connection,
  requests: readonly ObjectAddress[],
  signal: AbortSignal,
): Promise<void> {
  for (const { resource, namespace, name, uid: wanted } of requests) {
    let uid = wanted;
    await untilObject<Stored>(
      connection,
      resource,
      namespace,
      name,
      (object) => object === undefined || object.metadata.uid !== (uid ??= object.metadata.uid),
      signal,
    );
  }
}

export const timedOut = ({ resource, name }: ObjectAddress) =>
  `error: timed out waiting for the condition on ${qualifiedName(resource)}/${name}`;
