export { runScheduler, type SchedulerOptions } from './scheduler.ts';
export {
  describeRefusals,
  enoughNodes,
  schedule,
  type CycleOptions,
  type Decision,
  type Refusals,
} from './cycle.ts';
export { Cluster, podInfoOf, type Amounts, type NodeInfo, type PodInfo, type Snapshot } from './cluster.ts';
export { maxScore, type ClusterEvent, type Plugin } from './plugin.ts';
export { defaultPlugins } from './plugins/index.ts';
export { SchedulingQueue, type QueuedPod, type SchedulingQueueOptions } from './queue.ts';
