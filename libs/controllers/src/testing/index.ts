export { AvailabilityWatch } from './availability.ts';
export { epochMs, examplePod, exampleReplicaSet, exampleService, type PodLooks } from './objects.ts';
export { Crashed, CrashingState, type CrashingStateOptions } from './crashing-state.ts';
export { PretendKubelet, type PretendKubeletOptions } from './pretend-kubelet.ts';
export { exampleDeployment, Simulation, type Incarnation, type SimulationOptions } from './simulation.ts';
