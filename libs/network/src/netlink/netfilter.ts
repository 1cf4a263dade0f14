import { ipv4Text } from '../ipv4.ts';
import { attribute, message, readAttributes, text, type Message, type Request } from './message.ts';
import { isErrno, NETLINK_NETFILTER, NetlinkSocket } from './socket.ts';

// linux/netfilter/nfnetlink.h, nfnetlink_conntrack.h, nf_tables.h
const NFNL_SUBSYS_CTNETLINK = 1;
const NFNL_SUBSYS_NFTABLES = 10;
const IPCTNL_MSG_CT_NEW = 0;
const IPCTNL_MSG_CT_GET = 1;
const IPCTNL_MSG_CT_DELETE = 2;
const NFT_MSG_GETTABLE = 1;
const NFTA_TABLE_NAME = 1;
const AF_INET = 2;
const CTA_TUPLE_ORIG = 1;
const CTA_TUPLE_REPLY = 2;
const CTA_TUPLE_IP = 1;
const CTA_TUPLE_PROTO = 2;
const CTA_IP_V4_SRC = 1;
const CTA_IP_V4_DST = 2;
const CTA_PROTO_NUM = 1;
const CTA_PROTO_SRC_PORT = 2;
const CTA_PROTO_DST_PORT = 3;
const NLA_F_NESTED = 0x8000;

/** One entry of the kernel's connection table. */
export interface Flow {
  /** IP protocol number: 6 TCP, 17 UDP, 132 SCTP. */
  protocol: number;
  /** Whom the client wrote to. */
  destination: string;
  destinationPort: number;
  /** Who answers: another one when the destination was rewritten. */
  answeredBy: string;
  answeredByPort: number;
  /** Names the entry for {@link NetfilterSocket.deleteFlows}. */
  tuple: Buffer;
}

/** The connection table and nf_tables of one network namespace, over nfnetlink: that of the thread that makes it. */
export class NetfilterSocket implements Disposable {
  readonly #socket = new NetlinkSocket(NETLINK_NETFILTER);

  /** IPv4 flows for which `wanted` says yes. Reads the whole table: about 1 µs an entry. */
  flows(wanted: (flow: Flow) => boolean): Flow[] {
    const found: Flow[] = [];
    const request = {
      what: 'list connections',
      message: netfilterMessage(NFNL_SUBSYS_CTNETLINK, IPCTNL_MSG_CT_GET),
    };
    const each = ({ type, body }: Message) => {
      const flow = readFlow(type, body);
      if (flow && wanted(flow)) found.push({ ...flow, tuple: Buffer.from(flow.tuple) });
    };
    this.#socket.dump(request, each, () => (found.length = 0));
    return found;
  }

  /** Those that ended by themselves meanwhile are passed over. */
  deleteFlows(flows: readonly Flow[]): void {
    for (let i = 0; i < flows.length; i += 100)
      this.#socket.execute(flows.slice(i, i + 100).map(deleteFlow), ['ENOENT']);
  }

  /** Whether nf_tables has that table of family ip. */
  hasTable(name: string): boolean {
    try {
      this.#socket.ask({
        what: `find nftables table ${name}`,
        message: netfilterMessage(NFNL_SUBSYS_NFTABLES, NFT_MSG_GETTABLE, text(NFTA_TABLE_NAME, name)),
      });
      return true;
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return false;
      throw error;
    }
  }

  [Symbol.dispose](): void {
    this.#socket[Symbol.dispose]();
  }
}

export function deleteFlow({ tuple, destination, destinationPort }: Flow): Request {
  return {
    what: `delete a connection to ${destination}:${destinationPort}`,
    message: netfilterMessage(
      NFNL_SUBSYS_CTNETLINK,
      IPCTNL_MSG_CT_DELETE,
      attribute(CTA_TUPLE_ORIG | NLA_F_NESTED, tuple),
    ),
  };
}

/** The flow that a message of the connection table describes; undefined for anything else and for protocols without ports. */
export function readFlow(type: number, body: Buffer): Flow | undefined {
  if (type !== ((NFNL_SUBSYS_CTNETLINK << 8) | IPCTNL_MSG_CT_NEW) || body.length < 4 || body[0] !== AF_INET)
    return undefined;
  const attributes = readAttributes(body, 4);
  const tuple = attributes.get(CTA_TUPLE_ORIG);
  const original = readTuple(tuple);
  const reply = readTuple(attributes.get(CTA_TUPLE_REPLY));
  if (!tuple || !original || !reply) return undefined;
  return {
    protocol: original.protocol,
    destination: original.destination,
    destinationPort: original.destinationPort,
    answeredBy: reply.source,
    answeredByPort: reply.sourcePort,
    tuple,
  };
}

function readTuple(tuple: Buffer | undefined) {
  const parts = tuple && readAttributes(tuple);
  const ip = parts?.get(CTA_TUPLE_IP);
  const proto = parts?.get(CTA_TUPLE_PROTO);
  if (!ip || !proto) return undefined;
  const addresses = readAttributes(ip);
  const numbers = readAttributes(proto);
  const source = addresses.get(CTA_IP_V4_SRC);
  const destination = addresses.get(CTA_IP_V4_DST);
  const sourcePort = numbers.get(CTA_PROTO_SRC_PORT);
  const destinationPort = numbers.get(CTA_PROTO_DST_PORT);
  if (
    source?.length !== 4 ||
    destination?.length !== 4 ||
    sourcePort?.length !== 2 ||
    destinationPort?.length !== 2
  )
    return undefined;
  return {
    protocol: numbers.get(CTA_PROTO_NUM)?.[0] ?? 0,
    source: ipv4Text(source.readUInt32BE()),
    destination: ipv4Text(destination.readUInt32BE()),
    sourcePort: sourcePort.readUInt16BE(),
    destinationPort: destinationPort.readUInt16BE(),
  };
}

/** A message with `struct nfgenmsg` of family ip. */
function netfilterMessage(subsystem: number, type: number, ...attributes: Buffer[]): Buffer {
  return message((subsystem << 8) | type, 0, Buffer.from([AF_INET, 0, 0, 0]), ...attributes);
}
