import { hostPortsTaken, hostPortTaken } from '@gantry/api';
import type { Plugin, Refusal } from '../plugin.ts';

const refusal: Refusal = { reasons: [hostPortsTaken], final: false };

/** Host ports: `0.0.0.0` takes a port on every address of the node. */
export const nodePorts: Plugin<readonly string[]> = {
  name: 'NodePorts',
  wakeOn: ['nodeAdded', 'podGone'],
  prepare: ({ hostPorts }) => (hostPorts.length > 0 ? hostPorts : undefined),
  filter: (wanted, { hostPorts }) =>
    wanted.some((port) => hostPortTaken(port, hostPorts)) ? refusal : undefined,
};
