/** IPv4 ranges as numbers. */
export interface AddressRange {
  /** As given: `10.43.0.0/16`. */
  cidr: string;
  /** The first address that may be used, after the network's own. */
  first: number;
  /** How many may be used: without network and broadcast address. */
  size: number;
}

/** @throws RangeError for what is no IPv4 range of at least four addresses. */
export function parseRange(cidr: string): AddressRange {
  const match = /^(\d+\.\d+\.\d+\.\d+)\/(\d{1,2})$/.exec(cidr);
  const base = match ? parseAddress(match[1]!) : undefined;
  const bits = Number(match?.[2]);
  if (base === undefined || bits > 30 || bits < 8)
    throw new RangeError(`${JSON.stringify(cidr)} is no IPv4 range between /8 and /30`);
  const count = 2 ** (32 - bits);
  return { cidr, first: base - (base % count) + 1, size: count - 2 };
}

/** `10.43.0.1` as a number; undefined when it is no IPv4 address. */
export function parseAddress(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = value * 256 + Number(part);
  }
  return value;
}

export function formatAddress(value: number): string {
  return [value / 2 ** 24, value / 2 ** 16, value / 2 ** 8, value]
    .map((each) => Math.floor(each) % 256)
    .join('.');
}
