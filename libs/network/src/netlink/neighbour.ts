import { attribute, message, NLM_F_CREATE, NLM_F_REPLACE, readAttributes } from './message.ts';
import type { Request } from './message.ts';
import { macBytes, macText } from './link.ts';
import { ipv4Bytes, ipv4Text } from '../ipv4.ts';

// linux/rtnetlink.h, linux/neighbour.h
const RTM_NEWNEIGH = 28;
const RTM_DELNEIGH = 29;
const RTM_GETNEIGH = 30;
const AF_INET = 2;
const AF_BRIDGE = 7;
const NDA_DST = 1;
const NDA_LLADDR = 2;
const NUD_NOARP = 0x40;
const NUD_PERMANENT = 0x80;
const NTF_SELF = 2;
const NTF_MASTER = 4;

/** Which MAC answers for an address on a link. */
export interface Neighbour {
  linkIndex: number;
  address: string;
  mac: string;
}

/** A permanent ARP entry: no question has to be asked for it, and nobody can spoof the answer. */
export function setNeighbour({ linkIndex, address, mac }: Neighbour): Request {
  return {
    what: `set neighbour ${address} to ${mac} on link ${linkIndex}`,
    message: message(
      RTM_NEWNEIGH,
      NLM_F_CREATE | NLM_F_REPLACE,
      neighbourHeader(AF_INET, linkIndex, NUD_PERMANENT, 0),
      attribute(NDA_DST, ipv4Bytes(address)),
      attribute(NDA_LLADDR, macBytes(mac)),
    ),
  };
}

export function deleteNeighbour(linkIndex: number, address: string): Request {
  return {
    what: `delete neighbour ${address} on link ${linkIndex}`,
    message: message(
      RTM_DELNEIGH,
      0,
      neighbourHeader(AF_INET, linkIndex, 0, 0),
      attribute(NDA_DST, ipv4Bytes(address)),
    ),
  };
}

/** A bridge's forwarding entry: `mac` is behind the port `linkIndex`. */
export function setBridgeForwarding(linkIndex: number, mac: string): Request {
  return {
    what: `forward ${mac} to bridge port ${linkIndex}`,
    message: message(
      RTM_NEWNEIGH,
      NLM_F_CREATE | NLM_F_REPLACE,
      neighbourHeader(AF_BRIDGE, linkIndex, NUD_NOARP, NTF_MASTER),
      attribute(NDA_LLADDR, macBytes(mac)),
    ),
  };
}

/** A VXLAN device's forwarding entry: `mac` is behind the tunnel end `remote`. */
export function setTunnelForwarding(linkIndex: number, mac: string, remote: string): Request {
  return {
    what: `forward ${mac} to tunnel end ${remote} on link ${linkIndex}`,
    message: message(
      RTM_NEWNEIGH,
      NLM_F_CREATE | NLM_F_REPLACE,
      neighbourHeader(AF_BRIDGE, linkIndex, NUD_PERMANENT, NTF_SELF),
      attribute(NDA_DST, ipv4Bytes(remote)),
      attribute(NDA_LLADDR, macBytes(mac)),
    ),
  };
}

export function deleteTunnelForwarding(linkIndex: number, mac: string, remote: string): Request {
  return {
    what: `stop forwarding ${mac} to ${remote} on link ${linkIndex}`,
    message: message(
      RTM_DELNEIGH,
      0,
      neighbourHeader(AF_BRIDGE, linkIndex, 0, NTF_SELF),
      attribute(NDA_DST, ipv4Bytes(remote)),
      attribute(NDA_LLADDR, macBytes(mac)),
    ),
  };
}

export function listNeighbours(): Request {
  return { what: 'list neighbours', message: message(RTM_GETNEIGH, 0, neighbourHeader(AF_INET, 0, 0, 0)) };
}

/** The ARP entry that an RTM_NEWNEIGH describes; undefined for anything else, other families, and entries without a MAC. */
export function readNeighbour(type: number, body: Buffer): Neighbour | undefined {
  if (type !== RTM_NEWNEIGH || body.length < 12 || body[0] !== AF_INET) return undefined;
  const attributes = readAttributes(body, 12);
  const address = attributes.get(NDA_DST);
  const mac = attributes.get(NDA_LLADDR);
  if (address?.length !== 4 || mac?.length !== 6) return undefined;
  return { linkIndex: body.readInt32LE(4), address: ipv4Text(address.readUInt32BE()), mac: macText(mac) };
}

/** `struct ndmsg` of rtnetlink(7). */
function neighbourHeader(family: number, linkIndex: number, state: number, flags: number): Buffer {
  const header = Buffer.alloc(12);
  header[0] = family;
  header.writeInt32LE(linkIndex, 4);
  header.writeUInt16LE(state, 8);
  header[10] = flags;
  return header;
}
