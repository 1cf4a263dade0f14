import type { Clock, Logger, Metrics, Random } from '@gantry/base';
import { createEventRecorder, type Controller, type Informers } from '@gantry/control';
import type { State } from '@gantry/state';
import { DeploymentController } from './deployment/controller.ts';
import { EndpointSliceController } from './endpoint-slice/controller.ts';
import { EndpointSliceMirroringController } from './endpoint-slice-mirroring/controller.ts';
import { EndpointsController } from './endpoints/controller.ts';
import { GarbageCollector } from './garbage-collector/controller.ts';
import { NamespaceController } from './namespace/controller.ts';
import { NodeIpamController } from './node-ipam/controller.ts';
import { NodeLifecycleController } from './node-lifecycle/controller.ts';
import { PodGcController } from './pod-gc/controller.ts';
import { ReplicaSetController } from './replica-set/controller.ts';
import { RootCaController } from './root-ca/controller.ts';
import { ServiceAccountController } from './service-account/controller.ts';
import type { ControllerContext } from './shared/context.ts';
import { ServiceIndex } from './shared/service-index.ts';
import { TaintEvictionController } from './taint-eviction/controller.ts';
import { TokenCleanerController } from './token-cleaner/controller.ts';

export interface ControllersOptions {
  state: State;
  informers: Informers;
  clock: Clock;
  random: Random;
  log: Logger;
  metrics?: Metrics;
  /** Where the nodes' pod ranges come from; a pair for dual-stack. '' leaves `podCIDR` to others. Default `10.42.0.0/16`. */
  clusterCidr?: string;
  /** Kept out of the pod ranges. Default `10.43.0.0/16`. */
  serviceCidr?: string;
  /** Default 50,000. */
  nodeMonitorGracePeriodMs?: number;
  /** Default 5,000. */
  nodeMonitorPeriodMs?: number;
  /** Default 60,000. */
  nodeStartupGracePeriodMs?: number;
  /** Nodes per second of a zone of which the pods begin to be evicted. Default 0.1. */
  nodeEvictionRate?: number;
  /** The same in a large zone that is partly down; a small one is left alone then. Default 0.01. */
  secondaryNodeEvictionRate?: number;
  /** A zone is partly down from this share of unready nodes, and three of them, on. Default 0.55. */
  unhealthyZoneThreshold?: number;
  /** A zone of more nodes is large. Default 50. */
  largeClusterSizeThreshold?: number;
  /** Default 12,500; 0 keeps all finished pods. */
  terminatedPodGcThreshold?: number;
  /** Changes of pods wait so long for others before Endpoints are written. Default 0. */
  endpointUpdatesBatchPeriodMs?: number;
  /** The same for EndpointSlices. Default 0. */
  endpointSliceUpdatesBatchPeriodMs?: number;
  /** The same for changes of Endpoints that are written by hand, and their EndpointSlices. Default 0. */
  mirroringEndpointSliceUpdatesBatchPeriodMs?: number;
  /** PEM. Absent: `kube-root-ca.crt` is not published. */
  caCertificate?: string;
  /** Ends the writing of events. */
  signal?: AbortSignal;
}

/** All controllers, to be run by `runController`, each with `informers` run by the caller. @throws RangeError for a bad CIDR. */
export function createControllers(options: ControllersOptions): Controller[] {
  const { state, informers, clock, random, log, metrics, signal, caCertificate } = options;
  const clusterCidr = options.clusterCidr ?? '10.42.0.0/16';
  const context: ControllerContext = {
    state,
    informers,
    clock,
    random,
    log,
    ...(metrics ? { metrics } : {}),
    serviceIndex: new ServiceIndex(informers),
    recorder: (component) =>
      createEventRecorder({
        state,
        clock,
        random,
        log: log.child({ component: 'events' }),
        component,
        ...(metrics ? { metrics } : {}),
        ...(signal ? { signal } : {}),
      }),
  };
  return [
    new DeploymentController(context),
    new ReplicaSetController(context),
    new EndpointSliceController(context, options.endpointSliceUpdatesBatchPeriodMs ?? 0),
    new EndpointsController(context, options.endpointUpdatesBatchPeriodMs ?? 0),
    new EndpointSliceMirroringController(context, options.mirroringEndpointSliceUpdatesBatchPeriodMs ?? 0),
    new NamespaceController(context),
    new GarbageCollector(context),
    new ServiceAccountController(context),
    ...(caCertificate ? [new RootCaController(context, caCertificate)] : []),
    ...(clusterCidr
      ? [new NodeIpamController(context, clusterCidr, options.serviceCidr ?? '10.43.0.0/16')]
      : []),
    new NodeLifecycleController(context, {
      nodeMonitorGracePeriodMs: options.nodeMonitorGracePeriodMs ?? 50_000,
      nodeMonitorPeriodMs: options.nodeMonitorPeriodMs ?? 5_000,
      nodeStartupGracePeriodMs: options.nodeStartupGracePeriodMs ?? 60_000,
      nodeEvictionRate: options.nodeEvictionRate ?? 0.1,
      secondaryNodeEvictionRate: options.secondaryNodeEvictionRate ?? 0.01,
      unhealthyZoneThreshold: options.unhealthyZoneThreshold ?? 0.55,
      largeClusterSizeThreshold: options.largeClusterSizeThreshold ?? 50,
    }),
    new TaintEvictionController(context),
    new PodGcController(context, { terminatedPodGcThreshold: options.terminatedPodGcThreshold ?? 12_500 }),
    new TokenCleanerController(context),
  ];
}
