import { Reader, Writer } from 'protobufjs/minimal.js';
import type { EtcdKeyValue, EtcdRange, EtcdRangeResult, EtcdWrite, EtcdWriteResult } from './etcd-client.ts';

// The messages of etcd's KV service that are used here, field by field (etcd `api/etcdserverpb/rpc.proto`, `api/mvccpb/kv.proto`).

/** A field's number and wire type, as one. */
const bytesField = (field: number) => (field << 3) | 2;
const varintField = (field: number) => field << 3;

const target = { mod: 2 };

export function encodeRange(request: EtcdRange): Uint8Array {
  const writer = Writer.create();
  writer.uint32(bytesField(1)).bytes(Buffer.from(request.key));
  if (request.end !== undefined) writer.uint32(bytesField(2)).bytes(Buffer.from(request.end));
  if (request.limit) writer.uint32(varintField(3)).int64(request.limit);
  if (request.revision !== undefined) writer.uint32(varintField(4)).int64(Number(request.revision));
  if (request.countOnly) writer.uint32(varintField(9)).bool(true);
  return writer.finish();
}

/** A transaction: if the key is at the revision expected, put or delete it; else read it. */
export function encodeWrite(request: EtcdWrite): Uint8Array {
  const key = Buffer.from(request.key);
  const writer = Writer.create();
  writer.uint32(bytesField(1)).fork(); // compare: result EQUAL (0)
  writer.uint32(varintField(2)).uint32(target.mod);
  writer.uint32(bytesField(3)).bytes(key);
  writer.uint32(varintField(6)).int64(Number(request.expected)).ldelim();
  writer.uint32(bytesField(2)).fork(); // success
  if (request.value === undefined) {
    writer.uint32(bytesField(3)).fork().uint32(bytesField(1)).bytes(key).ldelim();
  } else {
    writer.uint32(bytesField(2)).fork();
    writer.uint32(bytesField(1)).bytes(key);
    writer.uint32(bytesField(2)).bytes(request.value);
    if (request.lease !== undefined) writer.uint32(varintField(3)).int64(wide(BigInt(request.lease)));
    writer.ldelim();
  }
  writer.ldelim();
  writer.uint32(bytesField(3)).fork(); // failure
  writer.uint32(bytesField(1)).fork().uint32(bytesField(1)).bytes(key).ldelim().ldelim();
  return writer.finish();
}

export function decodeRange(message: Uint8Array): EtcdRangeResult {
  const kvs: EtcdKeyValue[] = [];
  let count = 0;
  let revision = 0n;
  const reader = Reader.create(message);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === bytesField(1)) revision = headerRevision(reader);
    else if (tag === bytesField(2)) kvs.push(keyValue(reader));
    else if (tag === varintField(4)) count = int64(reader);
    else reader.skipType(tag & 7);
  }
  return { kvs, count, revision };
}

export function decodeWrite(message: Uint8Array): EtcdWriteResult {
  let done = false;
  let revision = 0n;
  let current: EtcdKeyValue | undefined;
  const reader = Reader.create(message);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === bytesField(1)) revision = headerRevision(reader);
    else if (tag === varintField(2)) done = reader.bool();
    else if (tag === bytesField(3)) {
      // The one response: a range's (1) when the key was not as expected; of a put or a delete there is nothing to know.
      const end = reader.uint32() + reader.pos;
      while (reader.pos < end) {
        const inner = reader.uint32();
        if (inner === bytesField(1)) current = decodeRange(reader.bytes()).kvs[0];
        else reader.skipType(inner & 7);
      }
    } else reader.skipType(tag & 7);
  }
  return { done, revision, current: done ? undefined : current };
}

function keyValue(reader: Reader): EtcdKeyValue {
  const end = reader.uint32() + reader.pos;
  let key = '';
  let value: Buffer = nothing;
  let modRevision = 0n;
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag === bytesField(1)) key = reader.string();
    else if (tag === bytesField(5)) value = view(reader.bytes());
    else if (tag === varintField(3)) modRevision = BigInt(int64(reader));
    else reader.skipType(tag & 7);
  }
  return { key, value, modRevision };
}

function headerRevision(reader: Reader): bigint {
  const end = reader.uint32() + reader.pos;
  let revision = 0n;
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag === varintField(3)) revision = BigInt(int64(reader));
    else reader.skipType(tag & 7);
  }
  return revision;
}

const nothing = Buffer.alloc(0);
const view = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Counts and revisions: they stay far below 2^53. */
function int64(reader: Reader): number {
  return Number(reader.int64());
}

/** Leases use all 64 bits. */
function wide(value: bigint) {
  return { low: Number(value & 0xffffffffn), high: Number((value >> 32n) & 0xffffffffn), unsigned: false };
}
