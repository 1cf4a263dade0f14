import type { Duplex } from 'node:stream';
import type { Kind } from '@gantry/api';
import type { Handler, ServingContext } from './context.ts';
import type { Exchange } from './exchange.ts';

/** Takes over the connection of a request with `Connection: Upgrade` (WebSocket, SPDY). */
export type UpgradeHandler = (
  exchange: Exchange,
  context: ServingContext,
  socket: Duplex,
  head: Buffer,
) => Promise<void>;

/** Which type goes over the wire: what discovery tells. */
export interface WireType {
  group: string;
  version: string;
  kind: string;
}

/** One subresource of a resource, with what it answers. */
export interface ServedSubresource {
  type: WireType;
  /** By verb of the API (`get`, `update`, `create` …). */
  handlers: Readonly<Record<string, Handler>>;
  upgrade?: UpgradeHandler;
  /** Anything may follow its name in the path (`proxy`), and any method may be used. */
  proxy?: true;
}

/** One line of discovery and what stands behind it: a stored kind, or something answered on the spot (reviews of access). */
export interface ServedResource {
  type: WireType;
  plural: string;
  singular: string;
  namespaced: boolean;
  shortNames: readonly string[];
  categories: readonly string[];
  handlers: Readonly<Record<string, Handler>>;
  subresources: Readonly<Record<string, ServedSubresource>>;
  /** Absent for what is not stored. */
  stored?: Kind;
}

export const resourceKey = (group: string, version: string, plural: string): string =>
  `${group}/${version}/${plural}`;
