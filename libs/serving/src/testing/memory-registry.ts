import { systemClock, type Clock } from '@gantry/base';
import {
  MemoryState,
  RegistryState,
  namespaceLifecycle,
  type AdmissionPlugin,
  type State,
} from '@gantry/state';

/** The API's rules over a State in memory, as a server has them over etcd. `admission` is given that State. */
export function memoryRegistry(
  admission: (below: State) => readonly AdmissionPlugin[] = () => [],
  clock: Clock = systemClock,
): { state: State; below: MemoryState } {
  const below = new MemoryState({ clock });
  const state = new RegistryState(below, {
    clock,
    random: Math.random,
    admission: [namespaceLifecycle(below), ...admission(below)],
  });
  return { state, below };
}
