import { Reader, Writer } from 'protobufjs/minimal.js';
import type {
  EtcdEvent,
  EtcdKeyValue,
  EtcdRange,
  EtcdRangeResult,
  EtcdWatch,
  EtcdWrite,
  EtcdWriteResult,
} from './etcd-client.ts';

// The messages of etcd's KV and Watch services that are used here, field by field (etcd `api/etcdserverpb/rpc.proto`, `api/mvccpb/kv.proto`).

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

/** A request to create a watch that tells its progress now and then. */
export function encodeWatch(request: EtcdWatch): Uint8Array {
  const writer = Writer.create();
  writer.uint32(bytesField(1)).fork();
  writer.uint32(bytesField(1)).bytes(Buffer.from(request.key));
  writer.uint32(bytesField(2)).bytes(Buffer.from(request.end));
  writer.uint32(varintField(3)).int64(Number(request.from));
  writer.uint32(varintField(4)).bool(true);
  if (request.previous) writer.uint32(varintField(6)).bool(true);
  return writer.ldelim().finish();
}

/** One message of a watch. */
export interface EtcdWatchMessage {
  readonly revision: bigint;
  readonly created: boolean;
  readonly canceled: boolean;
  /** Not 0 where the watch begins before what is still there. */
  readonly compactRevision: number;
  readonly cancelReason: string;
  readonly events: readonly EtcdEvent[];
}

export function decodeWatch(message: Uint8Array): EtcdWatchMessage {
  let revision = 0n;
  let created = false;
  let canceled = false;
  let compactRevision = 0;
  let cancelReason = '';
  const events: EtcdEvent[] = [];
  const reader = Reader.create(message);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === bytesField(11)) events.push(watchEvent(reader));
    else if (tag === bytesField(1)) revision = headerRevision(reader);
    else if (tag === varintField(3)) created = reader.bool();
    else if (tag === varintField(4)) canceled = reader.bool();
    else if (tag === varintField(5)) compactRevision = int64(reader);
    else if (tag === bytesField(6)) cancelReason = reader.string();
    else reader.skipType(tag & 7);
  }
  return { revision, created, canceled, compactRevision, cancelReason, events };
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

function watchEvent(reader: Reader): EtcdEvent {
  const end = reader.uint32() + reader.pos;
  let type: EtcdEvent['type'] = 'put';
  let kv: EtcdKeyValue | undefined;
  let previous: EtcdKeyValue | undefined;
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag === varintField(1)) type = reader.uint32() === 1 ? 'delete' : 'put';
    else if (tag === bytesField(2)) kv = keyValue(reader);
    else if (tag === bytesField(3)) previous = keyValue(reader);
    else reader.skipType(tag & 7);
  }
  if (!kv) throw new RangeError('an event of a watch has no key');
  return { type, kv, previous };
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
