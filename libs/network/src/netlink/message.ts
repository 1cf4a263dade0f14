/**
 * Netlink's framing (RFC 3549, netlink(7)): messages of a 16-byte header and a body, attributes of a 4-byte header and a
 * value, everything padded to four bytes, numbers in the machine's order (little-endian on what we run on).
 */

export const NLM_F_REQUEST = 1;
export const NLM_F_ACK = 4;
export const NLM_F_DUMP = 0x300;
export const NLM_F_REPLACE = 0x100;
export const NLM_F_EXCL = 0x200;
export const NLM_F_CREATE = 0x400;
export const NLM_F_APPEND = 0x800;

export const NLMSG_ERROR = 2;
export const NLMSG_DONE = 3;

const NLA_F_NESTED = 0x8000;
const NLA_TYPE_MASK = 0x3fff;

const headerBytes = 16;

/** One request, and in words what it attempts, for the error when the kernel refuses. */
export interface Request {
  message: Buffer;
  what: string;
}

export interface Message {
  type: number;
  flags: number;
  sequence: number;
  body: Buffer;
}

const aligned = (length: number) => (length + 3) & ~3;

/** A whole message; the socket fills in the sequence number. `flags` beside NLM_F_REQUEST. */
export function message(type: number, flags: number, ...parts: readonly Buffer[]): Buffer {
  let length = headerBytes;
  for (const part of parts) length += aligned(part.length);
  const buffer = Buffer.alloc(length);
  buffer.writeUInt32LE(length, 0);
  buffer.writeUInt16LE(type, 4);
  buffer.writeUInt16LE(flags | NLM_F_REQUEST, 6);
  let offset = headerBytes;
  for (const part of parts) {
    part.copy(buffer, offset);
    offset += aligned(part.length);
  }
  return buffer;
}

/** An attribute with these bytes, padded. */
export function attribute(type: number, value: Uint8Array): Buffer {
  const buffer = Buffer.alloc(aligned(4 + value.length));
  buffer.writeUInt16LE(4 + value.length, 0);
  buffer.writeUInt16LE(type, 2);
  buffer.set(value, 4);
  return buffer;
}

export function u8(type: number, value: number): Buffer {
  return attribute(type, Uint8Array.of(value));
}

export function u32(type: number, value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return attribute(type, bytes);
}

/** A 16-bit number in network order (ports). */
export function be16(type: number, value: number): Buffer {
  return attribute(type, Uint8Array.of(value >> 8, value & 255));
}

/** A string with its closing zero. */
export function text(type: number, value: string): Buffer {
  return attribute(type, Buffer.from(`${value}\0`));
}

export function nest(type: number, ...children: readonly Buffer[]): Buffer {
  return attribute(type | NLA_F_NESTED, Buffer.concat(children));
}

/** Splits what one recv(2) gave. Stops at a header that lies about its length. */
export function* readMessages(buffer: Buffer): Generator<Message> {
  for (let offset = 0; offset + headerBytes <= buffer.length;) {
    const length = buffer.readUInt32LE(offset);
    if (length < headerBytes || offset + length > buffer.length) return;
    yield {
      type: buffer.readUInt16LE(offset + 4),
      flags: buffer.readUInt16LE(offset + 6),
      sequence: buffer.readUInt32LE(offset + 8),
      body: buffer.subarray(offset + headerBytes, offset + length),
    };
    offset += aligned(length);
  }
}

/** Attributes by type from `offset` on; of repeated ones the last. Stops at one that lies about its length. */
export function readAttributes(body: Buffer, offset = 0): Map<number, Buffer> {
  const attributes = new Map<number, Buffer>();
  while (offset + 4 <= body.length) {
    const length = body.readUInt16LE(offset);
    if (length < 4 || offset + length > body.length) break;
    attributes.set(body.readUInt16LE(offset + 2) & NLA_TYPE_MASK, body.subarray(offset + 4, offset + length));
    offset += aligned(length);
  }
  return attributes;
}

/** A number of four bytes; undefined where the attribute is missing or short. */
export function readU32(value: Buffer | undefined): number | undefined {
  return value && value.length >= 4 ? value.readUInt32LE() : undefined;
}

/** Text up to its closing zero. */
export function readText(value: Buffer | undefined): string | undefined {
  if (!value) return undefined;
  const end = value.indexOf(0);
  return value.toString('utf8', 0, end < 0 ? value.length : end);
}
