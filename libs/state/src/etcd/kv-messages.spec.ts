import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import {
  decodeRange,
  decodeWatch,
  decodeWrite,
  encodeRange,
  encodeWatch,
  encodeWrite,
} from './kv-messages.ts';

// etcd's own description of its messages, as the etcd3 package brings it, read by protobufjs, says what is right.
const folder = join(dirname(createRequire(import.meta.url).resolve('etcd3/package.json')), 'proto');
const root = new protobuf.Root();
root.resolvePath = (_origin, target) => join(folder, target.replace(/^.*\//, ''));
root.loadSync('rpc.proto', { keepCase: true });
const message = (name: string) => root.lookupType(`etcdserverpb.${name}`);
const read = (name: string, bytes: Uint8Array) =>
  message(name).toObject(message(name).decode(bytes), { longs: String, enums: String, bytes: Buffer });
const written = (name: string, value: object) =>
  Buffer.from(message(name).encode(message(name).fromObject(value)).finish());

const key = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
const value = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const revision = fc.bigInt({ min: 1n, max: 2n ** 53n - 1n });

describe('messages for etcd', () => {
  it('write is a transaction on the revision of one key', () => {
    fc.assert(
      fc.property(
        key,
        fc.option(value, { nil: undefined }),
        fc.option(revision, { nil: 0n }),
        fc.option(fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }), { nil: undefined }),
        (name, content, expected, lease) => {
          const bytes = encodeWrite({ key: name, value: content, expected, lease: lease?.toString() });
          const own = Buffer.from(name);
          expect(read('TxnRequest', bytes)).toEqual({
            compare: [{ target: 'Mod', key: own, mod_revision: String(expected) }],
            success: [
              content
                ? {
                    request_put: {
                      key: own,
                      value: content,
                      ...(lease === undefined ? {} : { lease: String(lease) }),
                    },
                  }
                : { request_delete_range: { key: own } },
            ],
            failure: [{ request_range: { key: own } }],
          });
        },
      ),
    );
  });

  it('range carries its limits', () => {
    expect(
      read('RangeRequest', encodeRange({ key: 'a', end: 'b', limit: 500, revision: 7n, countOnly: true })),
    ).toEqual({
      key: Buffer.from('a'),
      range_end: Buffer.from('b'),
      limit: '500',
      revision: '7',
      count_only: true,
    });
    expect(read('RangeRequest', encodeRange({ key: 'a' }))).toEqual({ key: Buffer.from('a') });
  });

  it('answers are read, also with what is not used of them', () => {
    const kvs = fc.array(fc.record({ key, value, modRevision: revision }), { maxLength: 5 });
    fc.assert(
      fc.property(kvs, revision, (list, at) => {
        const bytes = written('RangeResponse', {
          header: { cluster_id: '18446744073709551615', member_id: '7', revision: String(at), raft_term: 3 },
          kvs: list.map((each) => ({
            key: Buffer.from(each.key),
            value: each.value,
            mod_revision: String(each.modRevision),
            create_revision: '1',
            version: 9,
            lease: '9223372036854775807',
          })),
          more: true,
          count: 70_000,
        });
        expect(decodeRange(bytes)).toEqual({ kvs: list, count: 70_000, revision: at });
      }),
    );
  });

  it('a write says whether it was done, and what is there when not', () => {
    const header = { cluster_id: '18446744073709551615', revision: '12' };
    const put = written('TxnResponse', {
      header,
      succeeded: true,
      responses: [{ response_put: { header: { revision: '12' } } }],
    });
    expect(decodeWrite(put)).toEqual({ done: true, revision: 12n, current: undefined });
    const other = { key: Buffer.from('a'), value: Buffer.from('other'), mod_revision: '5' };
    const lost = written('TxnResponse', {
      header,
      responses: [{ response_range: { header: { revision: '12' }, kvs: [other], count: 1 } }],
    });
    expect(decodeWrite(lost)).toEqual({
      done: false,
      revision: 12n,
      current: { key: 'a', value: Buffer.from('other'), modRevision: 5n },
    });
    const gone = written('TxnResponse', { header, responses: [{ response_range: { count: 0 } }] });
    expect(decodeWrite(gone)).toEqual({ done: false, revision: 12n, current: undefined });
  });

  it('a watch is asked for from a revision on', () => {
    const own = { key: '/registry/', end: '/registry0', from: 8n };
    const common = {
      key: Buffer.from('/registry/'),
      range_end: Buffer.from('/registry0'),
      start_revision: '8',
      progress_notify: true,
    };
    expect(read('WatchRequest', encodeWatch({ ...own, previous: false }))).toEqual({
      create_request: common,
    });
    expect(read('WatchRequest', encodeWatch({ ...own, previous: true }))).toEqual({
      create_request: { ...common, prev_kv: true },
    });
  });

  it('what a watch tells is read, events with what was there before', () => {
    const kv = fc.record({ key, value, modRevision: revision });
    const event = fc.record({
      type: fc.constantFrom('put' as const, 'delete' as const),
      kv,
      previous: fc.option(kv, { nil: undefined }),
    });
    const wire = (each: { key: string; value: Buffer; modRevision: bigint }) => ({
      key: Buffer.from(each.key),
      value: each.value,
      mod_revision: String(each.modRevision),
      create_revision: '1',
      version: 2,
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 4 }), revision, (events, at) => {
        const bytes = written('WatchResponse', {
          header: { cluster_id: '18446744073709551615', revision: String(at) },
          watch_id: 3,
          events: events.map(({ type, kv: now, previous }) => ({
            type: type === 'delete' ? 1 : 0,
            kv: wire(now),
            ...(previous ? { prev_kv: wire(previous) } : {}),
          })),
        });
        expect(decodeWatch(bytes)).toEqual({
          revision: at,
          created: false,
          canceled: false,
          compactRevision: 0,
          cancelReason: '',
          events,
        });
      }),
    );
    const canceled = { canceled: true, compact_revision: '77', cancel_reason: 'gone', created: true };
    expect(decodeWatch(written('WatchResponse', canceled))).toEqual({
      revision: 0n,
      created: true,
      canceled: true,
      compactRevision: 77,
      cancelReason: 'gone',
      events: [],
    });
  });
});
