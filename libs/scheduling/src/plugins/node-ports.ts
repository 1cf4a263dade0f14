import type { Plugin, Refusal } from '../plugin.ts';

const refusal: Refusal = {
  reasons: ["node(s) didn't have free ports for the requested pod ports"],
  final: false,
};

/** Host ports: `0.0.0.0` takes a port on every address of the node. */
export const nodePorts: Plugin<readonly string[]> = {
  name: 'NodePorts',
  wakeOn: ['nodeAdded', 'podGone'],
  prepare: ({ hostPorts }) => (hostPorts.length > 0 ? hostPorts : undefined),
  filter: (wanted, _pod, { hostPorts }) =>
    hostPorts.size > 0 && wanted.some((port) => taken(port, hostPorts)) ? refusal : undefined,
};

function taken(port: string, held: ReadonlyMap<string, number>): boolean {
  const [address, protocol, number] = port.split('/');
  if (address !== '0.0.0.0') return held.has(port) || held.has(`0.0.0.0/${protocol}/${number}`);
  for (const each of held.keys()) if (each.endsWith(`/${protocol}/${number}`)) return true;
  return false;
}
