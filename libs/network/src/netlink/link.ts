import {
  attribute,
  be16,
  message,
  nest,
  NLM_F_CREATE,
  NLM_F_EXCL,
  readAttributes,
  readText,
  readU32,
  text,
  u32,
  u8,
} from './message.ts';
import type { Request } from './message.ts';
import { ipv4Bytes } from '../ipv4.ts';

// linux/rtnetlink.h, linux/if_link.h
const RTM_NEWLINK = 16;
const RTM_DELLINK = 17;
const RTM_GETLINK = 18;
const RTM_SETLINK = 19;
const IFF_UP = 1;
const IFLA_ADDRESS = 1;
const IFLA_IFNAME = 3;
const IFLA_MTU = 4;
const IFLA_MASTER = 10;
const IFLA_LINKINFO = 18;
const IFLA_IFALIAS = 20;
const IFLA_NET_NS_FD = 28;
const IFLA_INFO_KIND = 1;
const IFLA_INFO_DATA = 2;
const IFLA_INFO_SLAVE_KIND = 4;
const IFLA_INFO_SLAVE_DATA = 5;
const IFLA_BRPORT_MODE = 4;
const IFLA_BRPORT_LEARNING = 8;
const IFLA_BRPORT_UNICAST_FLOOD = 9;
const IFLA_VXLAN_ID = 1;
const IFLA_VXLAN_LOCAL = 4;
const IFLA_VXLAN_LEARNING = 7;
const IFLA_VXLAN_PORT = 15;
const VETH_INFO_PEER = 1;

/** A network interface, as far as it matters here. */
export interface Link {
  index: number;
  name: string;
  up: boolean;
  mtu: number;
  /** `02:0a:…`, lower case; '' for links without one. */
  mac: string;
  /** `bridge`, `veth`, `vxlan` …; undefined for hardware and loopback. */
  kind?: string;
  /** Index of the bridge it belongs to. */
  masterIndex?: number;
  /** Free text that somebody left on it. */
  alias?: string;
}

export interface NewBridge {
  name: string;
  mac: string;
  mtu: number;
  alias?: string;
}

export interface NewVeth {
  /** The end in the socket's namespace, raised and put into `masterIndex`. */
  name: string;
  mac?: string;
  masterIndex?: number;
  mtu: number;
  /** The other end, in the namespace behind this open descriptor; left down, for the kernel refuses to raise it first. */
  peer: { name: string; mac: string; namespaceFd: number };
}

export interface NewVxlan {
  name: string;
  mac: string;
  mtu: number;
  /** VXLAN network identifier, 24 bits. */
  vni: number;
  /** UDP port. */
  port: number;
  /** Source address of the outer packets. */
  local: string;
}

export interface LinkChange {
  up?: boolean;
  mtu?: number;
  mac?: string;
  alias?: string;
  /** 0 takes it out of its bridge. */
  masterIndex?: number;
  /** How it behaves as a port of a bridge. */
  port?: { hairpin?: boolean; learning?: boolean; flood?: boolean };
}

/**
 * A pod's port: who is behind it is said, not learned, and what is meant for others is not flooded to it. Hairpin, because with
 * br_netfilter (Docker switches it on) the bridge itself sends rewritten packets back to the pod they came from. Not
 * `isolated` for the same reason: rewritten packets between two pods would be dropped.
 */
export const podPort = { hairpin: true, learning: false, flood: false } as const;

export function addBridge(bridge: NewBridge): Request {
  return {
    what: `add bridge ${bridge.name}`,
    message: newLink(
      linkHeader(0, IFF_UP, IFF_UP),
      interfaceName(bridge.name),
      attribute(IFLA_ADDRESS, macBytes(bridge.mac)),
      u32(IFLA_MTU, bridge.mtu),
      ...(bridge.alias === undefined ? [] : [text(IFLA_IFALIAS, bridge.alias)]),
      nest(IFLA_LINKINFO, text(IFLA_INFO_KIND, 'bridge')),
    ),
  };
}

export function addVeth(veth: NewVeth): Request {
  const { peer } = veth;
  return {
    what: `add veth ${veth.name}`,
    message: newLink(
      linkHeader(0, IFF_UP, IFF_UP),
      interfaceName(veth.name),
      u32(IFLA_MTU, veth.mtu),
      ...(veth.mac === undefined ? [] : [attribute(IFLA_ADDRESS, macBytes(veth.mac))]),
      ...(veth.masterIndex === undefined ? [] : [u32(IFLA_MASTER, veth.masterIndex)]),
      nest(
        IFLA_LINKINFO,
        text(IFLA_INFO_KIND, 'veth'),
        nest(
          IFLA_INFO_DATA,
          nest(
            VETH_INFO_PEER,
            linkHeader(0, 0, 0),
            interfaceName(peer.name),
            u32(IFLA_MTU, veth.mtu),
            attribute(IFLA_ADDRESS, macBytes(peer.mac)),
            u32(IFLA_NET_NS_FD, peer.namespaceFd),
          ),
        ),
      ),
    ),
  };
}

export function addVxlan(vxlan: NewVxlan): Request {
  return {
    what: `add vxlan ${vxlan.name}`,
    message: newLink(
      linkHeader(0, IFF_UP, IFF_UP),
      interfaceName(vxlan.name),
      attribute(IFLA_ADDRESS, macBytes(vxlan.mac)),
      u32(IFLA_MTU, vxlan.mtu),
      nest(
        IFLA_LINKINFO,
        text(IFLA_INFO_KIND, 'vxlan'),
        nest(
          IFLA_INFO_DATA,
          u32(IFLA_VXLAN_ID, vxlan.vni),
          attribute(IFLA_VXLAN_LOCAL, ipv4Bytes(vxlan.local)),
          u8(IFLA_VXLAN_LEARNING, 0),
          be16(IFLA_VXLAN_PORT, vxlan.port),
        ),
      ),
    ),
  };
}

export function changeLink(index: number, change: LinkChange): Request {
  const flags = change.up === undefined ? 0 : IFF_UP;
  const { port } = change;
  const attributes: Buffer[] = [];
  if (change.mtu !== undefined) attributes.push(u32(IFLA_MTU, change.mtu));
  if (change.mac !== undefined) attributes.push(attribute(IFLA_ADDRESS, macBytes(change.mac)));
  if (change.alias !== undefined) attributes.push(attribute(IFLA_IFALIAS, Buffer.from(change.alias)));
  if (change.masterIndex !== undefined) attributes.push(u32(IFLA_MASTER, change.masterIndex));
  if (port) attributes.push(nest(IFLA_LINKINFO, ...portSettings(port)));
  return {
    what: `change link ${index} to ${JSON.stringify(change)}`,
    // A port's settings are taken from RTM_NEWLINK only.
    message: message(
      port ? RTM_NEWLINK : RTM_SETLINK,
      0,
      linkHeader(index, change.up ? IFF_UP : 0, flags),
      ...attributes,
    ),
  };
}

/** The same for a link known by name, in a batch that makes it. */
export function changeBridgePort(name: string, port: NonNullable<LinkChange['port']>): Request {
  return {
    what: `set bridge port ${name} to ${JSON.stringify(port)}`,
    message: message(
      RTM_NEWLINK,
      0,
      linkHeader(0, 0, 0),
      interfaceName(name),
      nest(IFLA_LINKINFO, ...portSettings(port)),
    ),
  };
}

export function deleteLink(index: number): Request {
  return { what: `delete link ${index}`, message: message(RTM_DELLINK, 0, linkHeader(index, 0, 0)) };
}

export function getLink(name: string): Request {
  return {
    what: `find link ${name}`,
    message: message(RTM_GETLINK, 0, linkHeader(0, 0, 0), interfaceName(name)),
  };
}

export function listLinks(): Request {
  return { what: 'list links', message: message(RTM_GETLINK, 0, linkHeader(0, 0, 0)) };
}

/** The link that an RTM_NEWLINK describes; undefined for anything else. */
export function readLink(type: number, body: Buffer): Link | undefined {
  if (type !== RTM_NEWLINK || body.length < 16) return undefined;
  const attributes = readAttributes(body, 16);
  const info = attributes.get(IFLA_LINKINFO);
  const kind = info && readText(readAttributes(info).get(IFLA_INFO_KIND));
  const masterIndex = readU32(attributes.get(IFLA_MASTER));
  const alias = readText(attributes.get(IFLA_IFALIAS));
  return {
    index: body.readInt32LE(4),
    name: readText(attributes.get(IFLA_IFNAME)) ?? '',
    up: (body.readUInt32LE(8) & IFF_UP) !== 0,
    mtu: readU32(attributes.get(IFLA_MTU)) ?? 0,
    mac: macText(attributes.get(IFLA_ADDRESS)),
    ...(kind === undefined ? {} : { kind }),
    ...(masterIndex === undefined ? {} : { masterIndex }),
    ...(alias === undefined ? {} : { alias }),
  };
}

/** Six bytes of `02:0a:…`; throws a TypeError on anything else. */
export function macBytes(mac: string): Buffer {
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(mac))
    throw new TypeError(`${JSON.stringify(mac)} is not a MAC address`);
  return Buffer.from(mac.replaceAll(':', ''), 'hex');
}

export function macText(bytes: Buffer | undefined): string {
  return bytes ? [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':') : '';
}

function portSettings(port: NonNullable<LinkChange['port']>): Buffer[] {
  const settings: Buffer[] = [];
  if (port.hairpin !== undefined) settings.push(u8(IFLA_BRPORT_MODE, Number(port.hairpin)));
  if (port.learning !== undefined) settings.push(u8(IFLA_BRPORT_LEARNING, Number(port.learning)));
  if (port.flood !== undefined) settings.push(u8(IFLA_BRPORT_UNICAST_FLOOD, Number(port.flood)));
  return [text(IFLA_INFO_SLAVE_KIND, 'bridge'), nest(IFLA_INFO_SLAVE_DATA, ...settings)];
}

function newLink(...parts: Buffer[]): Buffer {
  return message(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, ...parts);
}

/** `struct ifinfomsg` of rtnetlink(7). */
function linkHeader(index: number, flags: number, change: number): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32LE(index, 4);
  header.writeUInt32LE(flags, 8);
  header.writeUInt32LE(change, 12);
  return header;
}

function interfaceName(name: string): Buffer {
  if (!/^[\x21-\x2e\x30-\x7e]{1,15}$/.test(name) || name === '.' || name === '..')
    throw new TypeError(
      `${JSON.stringify(name)} cannot name a network interface: 1 to 15 printable characters without "/"`,
    );
  return text(IFLA_IFNAME, name);
}
