/** A range of addresses, of either family. */
export interface Cidr {
  readonly version: 4 | 6;
  readonly base: bigint;
  readonly prefix: number;
}

const bits = (version: 4 | 6) => (version === 4 ? 32 : 128);

/** Reads `10.42.0.0/16` or `fd00::/48`. @throws RangeError where it is neither; bits beyond the prefix are dropped. */
export function parseCidr(text: string): Cidr {
  const [address = '', length, ...rest] = text.split('/');
  const version = address.includes(':') ? 6 : 4;
  const prefix = Number(length);
  if (rest.length > 0 || !/^\d{1,3}$/.test(length ?? '') || prefix > bits(version))
    throw new RangeError(`"${text}" is not a CIDR such as 10.42.0.0/16`);
  const value = version === 4 ? parseV4(address) : parseV6(address);
  if (value === undefined) throw new RangeError(`"${text}" is not a CIDR such as 10.42.0.0/16`);
  const shift = BigInt(bits(version) - prefix);
  return { version, base: (value >> shift) << shift, prefix };
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function parseV6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = (half: string | undefined) => (half ? half.split(':') : []);
  const [head, tail] = [groups(halves[0]), groups(halves[1])];
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (!all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return all.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

export function formatCidr({ version, base, prefix }: Cidr): string {
  return `${version === 4 ? formatV4(base) : formatV6(base)}/${prefix}`;
}

function formatV4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
}

/** RFC 5952: the longest run of zeros is left out. */
function formatV6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16),
  );
  const runs = [
    ...groups
      .map((group) => (group === '0' ? '0' : '1'))
      .join('')
      .matchAll(/00+/g),
  ];
  const longest = runs.sort((a, b) => b[0].length - a[0].length)[0];
  if (!longest) return groups.join(':');
  return `${groups.slice(0, longest.index).join(':')}::${groups.slice(longest.index + longest[0].length).join(':')}`;
}

export function overlap(a: Cidr, b: Cidr): boolean {
  if (a.version !== b.version) return false;
  const shift = BigInt(bits(a.version) - Math.min(a.prefix, b.prefix));
  return a.base >> shift === b.base >> shift;
}

/** How many ranges of that prefix length fit into `whole`. */
export function subnetCount(whole: Cidr, prefix: number): number {
  return prefix < whole.prefix ? 0 : 2 ** Math.min(prefix - whole.prefix, 30);
}

export function subnet(whole: Cidr, prefix: number, index: number): Cidr {
  return {
    version: whole.version,
    base: whole.base + (BigInt(index) << BigInt(bits(whole.version) - prefix)),
    prefix,
  };
}
