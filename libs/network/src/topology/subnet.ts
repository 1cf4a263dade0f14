import { networksOverlap, parseIpv4Network, type Ipv4Network } from '../ipv4.ts';
import type { Route } from '../netlink/route.ts';

/** Private networks to try, in order: 172.30.0.0/24 … 172.31.255.0/24 (RFC 1918). */
function* candidates(): Generator<Ipv4Network> {
  for (let i = 0; i < 512; i++) yield parseIpv4Network(`172.${30 + (i >> 8)}.${i & 255}.0/24`);
}

/** The network asked for, or the first free one. Throws an Error when it is in use, naming the route. */
export function chooseSubnet(asked: string | undefined, routes: readonly Route[]): Ipv4Network {
  const used = routes
    .map((each) => parseIpv4Network(each.destination))
    .filter(({ prefixLength }) => prefixLength > 0);
  const clash = (network: Ipv4Network) => used.find((each) => networksOverlap(each, network));
  if (asked !== undefined) {
    const network = parseIpv4Network(asked);
    if (network.prefixLength < 16 || network.prefixLength > 29)
      throw new TypeError(
        `subnet ${asked} must have a prefix between /16 and /29 to hold a bridge and nodes`,
      );
    const other = clash(network);
    if (other)
      throw new Error(`subnet ${asked} overlaps the existing route to ${other.text}; choose another`);
    return network;
  }
  for (const network of candidates()) if (!clash(network)) return network;
  throw new Error('no free /24 within 172.30.0.0/15 for the nodes; name a subnet');
}
