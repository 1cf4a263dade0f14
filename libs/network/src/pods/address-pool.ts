import { ipv4Number, ipv4Text, parseIpv4Network, type Ipv4Network } from '../ipv4.ts';

/**
 * Who has which address of a pod CIDR. The network's and the broadcast address are never given out, the first one is
 * the bridge's. An address that came back is given out again only after all others: connections, ARP entries and caches that
 * still name it have that long to end.
 */
export class AddressPool {
  readonly network: Ipv4Network;
  readonly gateway: string;
  readonly #taken = new Set<number>();
  /** Given back, oldest first. */
  readonly #returned = new Set<number>();
  /** Offsets below `#first + #visited`, cyclically, were given out once. */
  #visited = 0;
  #first = 0;

  /** Throws a TypeError for what is no IPv4 CIDR between /8 and /30. `startAfter`: continue behind this address. */
  constructor(cidr: string, startAfter?: string) {
    this.network = parseIpv4Network(cidr);
    const { prefixLength, base } = this.network;
    if (prefixLength < 8 || prefixLength > 30)
      throw new TypeError(`pod CIDR ${cidr} must have a prefix between /8 and /30 to hold a bridge and pods`);
    this.gateway = ipv4Text(base + 1);
    const last = startAfter === undefined ? undefined : ipv4Number(startAfter);
    if (last !== undefined && this.#holds(last)) this.#first = last - base - 2 + 1;
  }

  /** How many addresses there are for pods. */
  get capacity(): number {
    return this.network.size - 3;
  }

  get inUse(): number {
    return this.#taken.size;
  }

  /** Throws an Error when all are in use. */
  take(): string {
    while (this.#visited < this.capacity) {
      const address = this.network.base + 2 + ((this.#first + this.#visited++) % this.capacity);
      if (!this.#taken.has(address) && !this.#returned.has(address)) return this.#give(address);
    }
    for (const address of this.#returned) return this.#give(address);
    throw new Error(
      `pod CIDR ${this.network.text} is exhausted: all ${this.capacity} addresses are in use; give the node a larger one or fewer pods`,
    );
  }

  /** Marks the address as in use. False when it is no pod address of this CIDR or in use already. */
  reserve(address: string): boolean {
    const number = ipv4Number(address);
    if (number === undefined || !this.#holds(number) || this.#taken.has(number)) return false;
    this.#give(number);
    return true;
  }

  /** Idempotent. */
  give(address: string): void {
    const number = ipv4Number(address);
    if (number !== undefined && this.#taken.delete(number)) this.#returned.add(number);
  }

  #give(address: number): string {
    this.#returned.delete(address);
    this.#taken.add(address);
    return ipv4Text(address);
  }

  #holds(address: number): boolean {
    const offset = address - this.network.base - 2;
    return offset >= 0 && offset < this.capacity;
  }
}
