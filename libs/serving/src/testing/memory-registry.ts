import { systemClock, type Clock } from '@gantry/base';
import {
  MemoryState,
  RegistryState,
  namespaceLifecycle,
  type AdmissionPlugin,
  type State,
} from '@gantry/state';

/** The API's rules over a State in memory, as a server has them over etcd. */
export function memoryRegistry(
  admission: readonly AdmissionPlugin[] = [],
  clock: Clock = systemClock,
): { state: State; below: MemoryState } {
  const below = new MemoryState({ clock });
  const state = new RegistryState(below, {
    clock,
    random: Math.random,
    admission: [namespaceLifecycle(below), ...admission],
  });
  return { state, below };
}
