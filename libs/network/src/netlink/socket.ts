import koffi from 'koffi';
import { constants } from 'node:os';
import {
  NLM_F_ACK,
  NLM_F_DUMP,
  NLMSG_DONE,
  NLMSG_ERROR,
  readAttributes,
  readMessages,
  readText,
} from './message.ts';
import type { Message, Request } from './message.ts';

const AF_NETLINK = 16;
const SOCK_RAW_CLOEXEC = 3 | 0o2000000;
const SOL_SOCKET = 1;
const SO_RCVTIMEO = 20;
const SO_RCVBUFFORCE = 33;
const SOL_NETLINK = 270;
const NETLINK_CAP_ACK = 10;
const NETLINK_EXT_ACK = 11;
const NLM_F_CAPPED = 0x100;
const NLM_F_ACK_TLVS = 0x200;
const NLM_F_DUMP_INTR = 0x10;
const NLMSGERR_ATTR_MSG = 1;

/** `NETLINK_ROUTE` of netlink(7): links, addresses, routes, neighbours. */
export const NETLINK_ROUTE = 0;
/** `NETLINK_NETFILTER` of netlink(7): here for the connection table. */
export const NETLINK_NETFILTER = 12;

const errnoNames = new Map(Object.entries(constants.errno).map(([name, number]) => [number, name]));

/** The kernel refused: `cannot add link gantry0: EEXIST`. `code` is the errno's name. */
export class NetlinkError extends Error {
  readonly code: string;

  constructor(what: string, errno: number, explanation = '') {
    const code = errnoNames.get(errno) ?? `errno ${errno}`;
    super(`cannot ${what}: ${code}${explanation ? ` (${explanation})` : ''}`);
    this.name = 'NetlinkError';
    this.code = code;
  }
}

/** True for a NetlinkError with one of these errnos. */
export function isErrno(error: unknown, ...codes: string[]): error is NetlinkError {
  return error instanceof NetlinkError && codes.includes(error.code);
}

/**
 * A netlink socket of the network namespace that the calling thread is in when it is made; it keeps speaking to that
 * namespace wherever the thread goes. The kernel answers requests while they are sent, so calls are synchronous and
 * take micro- to milliseconds (measured: 6 µs for a read, 0.4 ms for a veth pair).
 */
export class NetlinkSocket implements Disposable {
  readonly #libc = bindings();
  readonly #buffer = Buffer.alloc(1 << 17);
  #fd: number;
  #sequence = 0;

  constructor(protocol: number) {
    this.#fd = this.#libc.socket(AF_NETLINK, SOCK_RAW_CLOEXEC, protocol);
    if (this.#fd < 0) throw new NetlinkError(`open a netlink socket of protocol ${protocol}`, koffi.errno());
    this.#set(SOL_NETLINK, NETLINK_EXT_ACK, int32(1));
    this.#set(SOL_NETLINK, NETLINK_CAP_ACK, int32(1));
    this.#set(SOL_SOCKET, SO_RCVBUFFORCE, int32(4 << 20)); // a batch's acknowledgements queue up before the first is read
    this.#set(SOL_SOCKET, SO_RCVTIMEO, Buffer.from(new BigInt64Array([10n, 0n]).buffer)); // a bug must not hang the thread
  }

  /** Sends all in one go; the kernel works through them in order. Throws the first refusal; the others were still tried. */
  execute(requests: readonly Request[], ignore: readonly string[] = []): void {
    if (requests.length === 0) return;
    const first = this.#send(
      requests.map((request) => request.message),
      NLM_F_ACK,
    );
    let refusal: NetlinkError | undefined;
    for (let answered = 0; answered < requests.length;) {
      for (const reply of readMessages(this.#receive(requests[answered]!.what))) {
        const request = requests[reply.sequence - first];
        if (reply.type !== NLMSG_ERROR || !request) continue; // a late answer to an earlier call
        answered++;
        const error = refusalOf(reply, request.what);
        if (error && !ignore.includes(error.code)) refusal ??= error;
      }
    }
    if (refusal) throw refusal;
  }

  /** Sends one request that is answered by one message (a get by name or index). */
  ask(request: Request): Message {
    const sequence = this.#send([request.message], 0);
    for (;;)
      for (const reply of readMessages(this.#receive(request.what))) {
        if (reply.sequence !== sequence) continue;
        const error = reply.type === NLMSG_ERROR ? refusalOf(reply, request.what) : undefined;
        if (error) throw error;
        return { ...reply, body: Buffer.from(reply.body) };
      }
  }

  /**
   * Sends a request for a whole table and hands each entry to `each`, which must copy what it keeps. Starts over (at most five
   * times, calling `restart` first) when the table changed under it.
   */
  dump(request: Request, each: (message: Message) => void, restart: () => void): void {
    for (let attempt = 1; ; attempt++) {
      if (this.#dumpOnce(request, each)) return;
      if (attempt === 5) return; // it keeps changing: what was seen last is as good as any
      restart();
    }
  }

  #dumpOnce(request: Request, each: (message: Message) => void): boolean {
    const sequence = this.#send([request.message], NLM_F_DUMP);
    let consistent = true;
    for (;;)
      for (const reply of readMessages(this.#receive(request.what))) {
        if (reply.sequence !== sequence) continue;
        if (reply.flags & NLM_F_DUMP_INTR) consistent = false;
        if (reply.type === NLMSG_DONE) return consistent;
        const error = reply.type === NLMSG_ERROR ? refusalOf(reply, request.what) : undefined;
        if (error) throw error;
        each(reply);
      }
  }

  #send(messages: readonly Buffer[], flags: number): number {
    const first = this.#sequence + 1;
    for (const each of messages) {
      each.writeUInt16LE(each.readUInt16LE(6) | flags, 6);
      this.#sequence = (this.#sequence + 1) & 0x7fffffff;
      each.writeUInt32LE(this.#sequence, 8);
    }
    const bytes = messages.length === 1 ? messages[0]! : Buffer.concat(messages);
    if (this.#libc.sendto(this.#fd, bytes, bytes.length, 0, kernelAddress, kernelAddress.length) < 0)
      throw new NetlinkError('send to the kernel over netlink', koffi.errno());
    return first;
  }

  #receive(what: string): Buffer {
    for (;;) {
      const length = Number(this.#libc.recv(this.#fd, this.#buffer, this.#buffer.length, 0));
      if (length >= 0) return this.#buffer.subarray(0, length);
      const errno = koffi.errno();
      if (errno !== constants.errno.EINTR)
        throw new NetlinkError(`${what}: no answer from the kernel`, errno);
    }
  }

  #set(level: number, option: number, value: Buffer): void {
    this.#libc.setsockopt(this.#fd, level, option, value, value.length); // refused only by older kernels, which do without
  }

  [Symbol.dispose](): void {
    if (this.#fd >= 0) this.#libc.close(this.#fd);
    this.#fd = -1;
  }
}

/** The refusal that an NLMSG_ERROR carries, with the kernel's own words where it has some; undefined when it says "done". */
function refusalOf({ flags, body }: Message, what: string): NetlinkError | undefined {
  const errno = body.length >= 4 ? -body.readInt32LE(0) : constants.errno.EPROTO;
  if (errno === 0) return undefined;
  const original = body.length >= 8 ? body.readUInt32LE(4) : 16;
  const offset = 4 + (flags & NLM_F_CAPPED ? 16 : (original + 3) & ~3);
  const explanation =
    flags & NLM_F_ACK_TLVS ? readText(readAttributes(body, offset).get(NLMSGERR_ATTR_MSG)) : undefined;
  return new NetlinkError(what, errno, explanation);
}

/** `struct sockaddr_nl` of the kernel: port 0, no groups. */
const kernelAddress = Buffer.from([AF_NETLINK, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32LE(value);
  return buffer;
}

type Call = (...parameters: unknown[]) => number;

let bound: { socket: Call; sendto: Call; recv: Call; setsockopt: Call; close: Call } | undefined;

/** Wrappers around libc, made at the first socket of the thread. */
function bindings(): NonNullable<typeof bound> {
  if (bound) return bound;
  const libc = koffi.load('libc.so.6');
  return (bound = {
    socket: libc.func('int socket(int, int, int)') as unknown as Call,
    sendto: libc.func(
      'intptr_t sendto(int, const void *, size_t, int, const void *, unsigned int)',
    ) as unknown as Call,
    recv: libc.func('intptr_t recv(int, void *, size_t, int)') as unknown as Call,
    setsockopt: libc.func('int setsockopt(int, int, int, const void *, unsigned int)') as unknown as Call,
    close: libc.func('int close(int)') as unknown as Call,
  });
}
