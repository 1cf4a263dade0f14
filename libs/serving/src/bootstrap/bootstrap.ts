import { isIPv4 } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import type { Clock, Logger } from '@gantry/base';
import {
  kinds,
  type Kind,
  type KubeObject,
  type V1EndpointSlice,
  type V1Endpoints,
  type V1Service,
} from '@gantry/api';
import { createOrUpdate, type State } from '@gantry/state';

export interface BootstrapOptions {
  /** Where pods and nodes reach the API server: an address of this host. Of the loopback: nobody else reaches it. */
  advertiseAddress: string;
  securePort: number;
  /** The cluster address of the Service `kubernetes`. */
  serviceAddress: string;
}

/** Of 127.0.0.0/8, or ::1: an address that means another machine on each machine. */
export function isLoopback(address: string): boolean {
  return address === '::1' || (isIPv4(address) && address.startsWith('127.'));
}

export const systemNamespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease'] as const;

/** Creates what every cluster has from its first moment; what is there already stays, and a changed address is set right. */
export async function bootstrapCluster(state: State, options: BootstrapOptions): Promise<void> {
  await Promise.all(
    systemNamespaces.map((name) =>
      createMissing(state, kinds.namespace, {
        metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
        spec: {},
      }),
    ),
  );
  const { advertiseAddress, securePort, serviceAddress } = options;
  const metadata = { name: 'kubernetes', namespace: 'default' };
  const ports = [{ name: 'https', port: securePort, protocol: 'TCP' }];
  const addresses = isLoopback(advertiseAddress) ? [] : [advertiseAddress];
  const service: V1Service = {
    metadata: { ...metadata, labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: {
      type: 'ClusterIP',
      clusterIP: serviceAddress,
      ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: securePort }],
    },
  };
  const endpoints: V1Endpoints = {
    metadata: { ...metadata, labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
    subsets: addresses.map((ip) => ({ addresses: [{ ip }], ports })),
  };
  const slice: V1EndpointSlice = {
    metadata: { ...metadata, labels: { 'kubernetes.io/service-name': 'kubernetes' } },
    addressType: advertiseAddress.includes(':') ? 'IPv6' : 'IPv4',
    endpoints: addresses.map((each) => ({
      addresses: [each],
      conditions: { ready: true, serving: true, terminating: false },
    })),
    ports,
  };
  await Promise.all([
    createOrUpdate(state, kinds.service, service, (existing) => {
      const { ports = [] } = service.spec;
      // The node port, if somebody asked for one, is the store's.
      const named = existing.spec.ports?.map(({ name, port, protocol, targetPort }) => ({
        name,
        port,
        protocol,
        targetPort,
      }));
      if (isDeepStrictEqual(named, ports)) return false;
      existing.spec.ports = ports;
      return;
    }),
    createOrUpdate(state, kinds.endpoints, endpoints, (existing) => {
      if (isDeepStrictEqual(existing.subsets ?? [], endpoints.subsets)) return false;
      existing.subsets = endpoints.subsets!;
      return;
    }),
    createOrUpdate(state, kinds.endpointSlice, slice, (existing) => {
      if (isDeepStrictEqual([existing.endpoints ?? [], existing.ports], [slice.endpoints, ports]))
        return false;
      existing.endpoints = slice.endpoints;
      existing.ports = ports;
      return;
    }),
  ]);
}

/**
 * Bootstraps again every ten seconds until the signal aborts: the store may have been emptied, or somebody changed what is ours
 * (kube-apiserver's `kubernetesservice` controller has this period, its `systemnamespaces` controller a minute). What is as it should be
 * costs six reads of the cache.
 */
export async function keepBootstrapped(
  state: State,
  options: BootstrapOptions,
  { clock, log }: { clock: Clock; log: Logger },
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    try {
      await clock.sleep(10_000, signal);
      await bootstrapCluster(state, options);
    } catch (error) {
      if (signal.aborted) return;
      log.warn('the system namespaces and the Service kubernetes could not be looked after', { err: error });
    }
  }
}

/** Looks before it writes: mostly there is nothing to do. */
async function createMissing<T extends KubeObject>(state: State, kind: Kind<T>, object: T): Promise<void> {
  await createOrUpdate(state, kind, object, () => false);
}
