import { attribute, message, NLM_F_CREATE, NLM_F_REPLACE, readAttributes } from './message.ts';
import type { Request } from './message.ts';
import { ipv4Bytes, ipv4Text } from '../ipv4.ts';

// linux/rtnetlink.h, linux/if_addr.h
const RTM_NEWADDR = 20;
const RTM_DELADDR = 21;
const RTM_GETADDR = 22;
const AF_INET = 2;
const IFA_ADDRESS = 1;
const IFA_LOCAL = 2;
const RT_SCOPE_UNIVERSE = 0;

/** An IPv4 address of a link. */
export interface LinkAddress {
  linkIndex: number;
  address: string;
  prefixLength: number;
  /** rtnetlink(7)'s scope: 0 global, 253 link, 254 host. */
  scope: number;
}

/** Adds the address, or leaves it as it is. */
export function addAddress(linkIndex: number, address: string, prefixLength: number): Request {
  return {
    what: `add address ${address}/${prefixLength} to link ${linkIndex}`,
    message: message(
      RTM_NEWADDR,
      NLM_F_CREATE | NLM_F_REPLACE,
      ...addressParts(linkIndex, address, prefixLength),
    ),
  };
}

export function deleteAddress(linkIndex: number, address: string, prefixLength: number): Request {
  return {
    what: `delete address ${address}/${prefixLength} of link ${linkIndex}`,
    message: message(RTM_DELADDR, 0, ...addressParts(linkIndex, address, prefixLength)),
  };
}

export function listAddresses(): Request {
  return { what: 'list addresses', message: message(RTM_GETADDR, 0, addressHeader(0, 0)) };
}

/** The address that an RTM_NEWADDR describes; undefined for anything else and for other families. */
export function readAddress(type: number, body: Buffer): LinkAddress | undefined {
  if (type !== RTM_NEWADDR || body.length < 8 || body[0] !== AF_INET) return undefined;
  const attributes = readAttributes(body, 8);
  const bytes = attributes.get(IFA_LOCAL) ?? attributes.get(IFA_ADDRESS);
  if (bytes?.length !== 4) return undefined;
  return {
    linkIndex: body.readUInt32LE(4),
    address: ipv4Text(bytes.readUInt32BE()),
    prefixLength: body[1]!,
    scope: body[3]!,
  };
}

function addressParts(linkIndex: number, address: string, prefixLength: number): Buffer[] {
  const bytes = ipv4Bytes(address);
  return [addressHeader(linkIndex, prefixLength), attribute(IFA_LOCAL, bytes), attribute(IFA_ADDRESS, bytes)];
}

/** `struct ifaddrmsg` of rtnetlink(7). */
function addressHeader(linkIndex: number, prefixLength: number): Buffer {
  const header = Buffer.alloc(8);
  header[0] = AF_INET;
  header[1] = prefixLength;
  header[3] = RT_SCOPE_UNIVERSE;
  header.writeUInt32LE(linkIndex, 4);
  return header;
}
