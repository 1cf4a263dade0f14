import type { Clock, Logger } from '@gantry/base';
import type { V1Pod, V1PodStatus } from '@gantry/api';
import type { Host } from '@gantry/host';
import type { ImageStore } from '@gantry/image';
import type { PodNetwork } from '@gantry/network';
import type { ContainerRuntime } from '@gantry/runtime';
import type { ConfigSource } from '../containers/env.ts';
import type { NodeFacts } from '../containers/fields.ts';
import type { ClusterNames } from '../containers/files.ts';
import type { Puller } from '../images/puller.ts';
import type { PodVolumes } from '../volumes/pod-volumes.ts';
import type { RuntimeMetrics } from '../metrics/runtime-metrics.ts';
import type { Rejection } from './admission.ts';

/** What all pods of a node share: the parts that a pod runner works with. */
export interface PodEnvironment {
  nodeName: string;
  nodeIp: string;
  cgroupRoot: string;
  /** Logs lie in `<logDir>/<namespace>_<name>_<uid>/<container>/<attempt>.log`. */
  logDir: string;
  /** Files of a pod that are mounted into it: `<filesDir>/<uid>/{hosts,resolv.conf,hostname}` and termination logs. */
  filesDir: string;
  runtime: ContainerRuntime;
  images: ImageStore;
  network: PodNetwork;
  /** Resolves when pods may be given a network. */
  networkReady: Promise<void>;
  volumes: PodVolumes;
  puller: Puller;
  source: ConfigSource;
  names(): ClusterNames;
  allocatable: NodeFacts['allocatable'];
  host: Host;
  clock: Clock;
  log: Logger;
  metrics: RuntimeMetrics;
  /** Whether the node takes the pod beside those that it has. */
  admit(pod: V1Pod): Rejection | undefined;
  sendStatus(pod: V1Pod, status: V1PodStatus): void;
  event(pod: V1Pod, type: 'Normal' | 'Warning', reason: string, message: string, fieldPath?: string): void;
  /** All of the pod is gone from this node; `removed`: its object was gone before. */
  gone(pod: V1Pod, removed: boolean): void;
}
