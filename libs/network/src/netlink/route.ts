import {
  attribute,
  message,
  nest,
  NLM_F_CREATE,
  NLM_F_REPLACE,
  readAttributes,
  readU32,
  u32,
} from './message.ts';
import type { Request } from './message.ts';
import { ipv4Bytes, ipv4Text, parseIpv4Network } from '../ipv4.ts';

// linux/rtnetlink.h
const RTM_NEWROUTE = 24;
const RTM_DELROUTE = 25;
const RTM_GETROUTE = 26;
const AF_INET = 2;
const RT_TABLE_MAIN = 254;
const RT_SCOPE_UNIVERSE = 0;
const RT_SCOPE_LINK = 253;
const RT_SCOPE_NOWHERE = 255;
const RTN_UNICAST = 1;
const RTNH_F_ONLINK = 4;
const RTA_DST = 1;
const RTA_OIF = 4;
const RTA_GATEWAY = 5;
const RTA_PREFSRC = 7;
const RTA_METRICS = 8;
const RTA_TABLE = 15;
const RTAX_MTU = 2;

/** An IPv4 unicast route of the main table. */
export interface Route {
  /** `0.0.0.0/0` for the default route. */
  destination: string;
  /** Next hop; without one the destination is on the link itself. */
  gateway?: string;
  linkIndex?: number;
  /** The address to send from. */
  source?: string;
  /** Who put it there (rtnetlink(7) `rtm_protocol`); {@link gantryProtocol} marks ours. */
  protocol?: number;
  /** The gateway counts as reachable on the link although no route says so. */
  onLink?: boolean;
  /** Packets on this route are at most so large. */
  mtu?: number;
}

/** Marks the routes to other nodes' pods, so that no others are changed; free in /etc/iproute2/rt_protos. */
export const gantryProtocol = 103;
/** As an administrator's (RTPROT_STATIC): a namespace's own way out. */
export const staticProtocol = 4;

/** Adds the route, in place of one to the same destination. */
export function replaceRoute(route: Route): Request {
  return {
    what: `set route to ${describe(route)}`,
    message: message(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE, ...routeParts(route)),
  };
}

export function deleteRoute(route: Route): Request {
  return {
    what: `delete route to ${describe(route)}`,
    message: message(RTM_DELROUTE, 0, ...routeParts(route, RT_SCOPE_NOWHERE)),
  };
}

export function listRoutes(): Request {
  return { what: 'list routes', message: message(RTM_GETROUTE, 0, routeHeader(0, 0, RT_SCOPE_UNIVERSE, 0)) };
}

/** Asks which way a packet to `address` would go. */
export function routeTo(address: string): Request {
  return {
    what: `find the route to ${address}`,
    message: message(RTM_GETROUTE, 0, routeHeader(32, 0, 0, 0), attribute(RTA_DST, ipv4Bytes(address))),
  };
}

/** The route that an RTM_NEWROUTE describes; undefined for anything else, other families, tables and types. */
export function readRoute(type: number, body: Buffer): Route | undefined {
  if (type !== RTM_NEWROUTE || body.length < 12 || body[0] !== AF_INET || body[7] !== RTN_UNICAST)
    return undefined;
  const attributes = readAttributes(body, 12);
  if ((readU32(attributes.get(RTA_TABLE)) ?? body[4]) !== RT_TABLE_MAIN) return undefined;
  const address = (value: Buffer | undefined) =>
    value?.length === 4 ? ipv4Text(value.readUInt32BE()) : undefined;
  const gateway = address(attributes.get(RTA_GATEWAY));
  const source = address(attributes.get(RTA_PREFSRC));
  const linkIndex = readU32(attributes.get(RTA_OIF));
  const metrics = attributes.get(RTA_METRICS);
  const mtu = metrics && readU32(readAttributes(metrics).get(RTAX_MTU));
  return {
    destination: `${address(attributes.get(RTA_DST)) ?? '0.0.0.0'}/${body[1]}`,
    protocol: body[5]!,
    ...(gateway === undefined ? {} : { gateway }),
    ...(linkIndex === undefined ? {} : { linkIndex }),
    ...(source === undefined ? {} : { source }),
    ...(body.readUInt32LE(8) & RTNH_F_ONLINK ? { onLink: true } : {}),
    ...(mtu === undefined ? {} : { mtu }),
  };
}

function routeParts(
  route: Route,
  scope = route.gateway === undefined ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE,
): Buffer[] {
  const network = parseIpv4Network(route.destination);
  const parts = [
    routeHeader(
      network.prefixLength,
      route.protocol ?? gantryProtocol,
      scope,
      route.onLink ? RTNH_F_ONLINK : 0,
    ),
  ];
  if (network.prefixLength > 0) parts.push(attribute(RTA_DST, ipv4Bytes(ipv4Text(network.base))));
  if (route.gateway !== undefined) parts.push(attribute(RTA_GATEWAY, ipv4Bytes(route.gateway)));
  if (route.linkIndex !== undefined) parts.push(u32(RTA_OIF, route.linkIndex));
  if (route.source !== undefined) parts.push(attribute(RTA_PREFSRC, ipv4Bytes(route.source)));
  if (route.mtu !== undefined) parts.push(nest(RTA_METRICS, u32(RTAX_MTU, route.mtu)));
  return parts;
}

/** `struct rtmsg` of rtnetlink(7). */
function routeHeader(prefixLength: number, protocol: number, scope: number, flags: number): Buffer {
  const header = Buffer.alloc(12);
  header[0] = AF_INET;
  header[1] = prefixLength;
  header[4] = RT_TABLE_MAIN;
  header[5] = protocol;
  header[6] = scope;
  header[7] = RTN_UNICAST;
  header.writeUInt32LE(flags, 8);
  return header;
}

const describe = ({ destination, gateway, linkIndex }: Route) =>
  `${destination}${gateway ? ` via ${gateway}` : ''}${linkIndex ? ` on link ${linkIndex}` : ''}`;
