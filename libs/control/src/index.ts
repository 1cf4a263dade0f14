export {
  TerminalError,
  type Change,
  type Controller,
  type EventRecorder,
  type IndexFunctions,
  type Informer,
  type Informers,
  type WorkQueue,
} from './control.ts';
export { createInformers, type InformersOptions } from './informers.ts';
export { createWorkQueue, type WorkQueueOptions } from './work-queue.ts';
export { runController, type RunControllerOptions } from './run-controller.ts';
export { LeaderElection, LeadershipLost, type LeaderElectionOptions } from './leader-election.ts';
export { createEventRecorder, type EventRecorderOptions, type StateEventRecorder } from './event-recorder.ts';
export { Expectations, expectationsTimeoutMs } from './expectations.ts';
