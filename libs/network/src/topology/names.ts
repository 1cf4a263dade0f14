import { createHash } from 'node:crypto';

/** What a topology of that name is called in the kernel. Interface names hold 15 characters, so longer ones are hashed. */
export interface TopologyNames {
  bridge: string;
  /** The nftables table on the host. */
  table: string;
  /** The host's end of a node's link; nodes count from 1. */
  veth(node: number): string;
  /** The file that pins a node's network namespace, where `ip netns` looks. */
  namespace(node: number): string;
  /** The number of the node whose namespace a file of `/run/netns` is. */
  nodeOf(file: string): number | undefined;
}

export const namespaceFolder = '/run/netns';

/** Throws a TypeError for names that are no DNS label of at most 40 characters. */
export function topologyNames(name: string): TopologyNames {
  if (!/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/.test(name))
    throw new TypeError(
      `${JSON.stringify(name)} cannot name a topology: lower-case letters, digits and "-", at most 40`,
    );
  const digest = createHash('sha256').update(name).digest('hex');
  const bridge = `gantry-${name}`;
  const prefix = `gantry-${name}-node-`;
  return {
    bridge: bridge.length <= 15 ? bridge : `gantry-${digest.slice(0, 8)}`,
    table: `gantry-topology-${name}`,
    veth: (node) => `gt${digest.slice(0, 7)}n${node}`,
    namespace: (node) => `${namespaceFolder}/${prefix}${node}`,
    nodeOf: (file) => {
      const number = file.startsWith(prefix) ? file.slice(prefix.length) : '';
      return /^[1-9]\d{0,2}$/.test(number) ? Number(number) : undefined;
    },
  };
}
