/** An IPv4 network: `10.42.0.0/24`. */
export interface Ipv4Network {
  /** The network's own address, host bits cleared, as an unsigned number. */
  base: number;
  prefixLength: number;
  /** How many addresses it spans. */
  size: number;
  /** Canonical text. */
  text: string;
}

/** `10.42.0.1` as an unsigned number; undefined when it is not dotted decimal of four parts without leading zeros. */
export function ipv4Number(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return undefined;
  let value = 0;
  for (const part of match.slice(1)) {
    if (Number(part) > 255 || (part.length > 1 && part.startsWith('0'))) return undefined;
    value = value * 256 + Number(part);
  }
  return value;
}

/** The reverse of {@link ipv4Number}. */
export function ipv4Text(value: number): string {
  return `${(value >>> 24) & 255}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

/** The four bytes in network order; throws a TypeError that names the text when it is no IPv4 address. */
export function ipv4Bytes(text: string): Buffer {
  const value = ipv4Number(text);
  if (value === undefined) throw new TypeError(`${JSON.stringify(text)} is not an IPv4 address`);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Reads `a.b.c.d/n`; throws a TypeError that says what is wrong. Host bits must be zero, as Kubernetes asks of CIDRs. */
export function parseIpv4Network(text: string): Ipv4Network {
  const [address = '', length, ...rest] = text.split('/');
  const base = ipv4Number(address);
  if (
    base === undefined ||
    length === undefined ||
    rest.length > 0 ||
    !/^\d{1,2}$/.test(length) ||
    Number(length) > 32
  )
    throw new TypeError(`${JSON.stringify(text)} is not an IPv4 CIDR such as 10.42.0.0/24`);
  const prefixLength = Number(length);
  const size = 2 ** (32 - prefixLength);
  if (base % size !== 0)
    throw new TypeError(
      `${JSON.stringify(text)} has bits set beyond its prefix; did you mean ${ipv4Text(base - (base % size))}/${prefixLength}?`,
    );
  return { base, prefixLength, size, text: `${ipv4Text(base)}/${prefixLength}` };
}

/** True when the two share an address. */
export function networksOverlap(a: Ipv4Network, b: Ipv4Network): boolean {
  return a.base < b.base + b.size && b.base < a.base + a.size;
}

/** The network that the text's address is in, host bits or not: `10.42.0.7/24` is 10.42.0.0/24. Undefined for what is no IPv4 CIDR. */
export function ipv4NetworkAround(text: string): Ipv4Network | undefined {
  const [address = '', length] = text.split('/');
  const number = ipv4Number(address);
  if (number === undefined || length === undefined || !/^\d{1,2}$/.test(length) || Number(length) > 32)
    return undefined;
  return parseIpv4Network(`${ipv4Text(number - (number % 2 ** (32 - Number(length))))}/${length}`);
}

export function networkContains({ base, size }: Ipv4Network, address: string): boolean {
  const number = ipv4Number(address);
  return number !== undefined && number >= base && number < base + size;
}
