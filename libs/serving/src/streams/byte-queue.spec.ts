import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteQueue } from './byte-queue.ts';

it('holds what was appended and not dropped, and leaves views of it alone', () => {
  const step = fc.record({ piece: fc.uint8Array({ maxLength: 40 }), dropped: fc.nat(60) });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const queue = new ByteQueue();
      let expected = Buffer.alloc(0);
      const views: { view: Buffer; was: string }[] = [];
      for (const { piece, dropped } of steps) {
        queue.append(Buffer.from(piece));
        expected = Buffer.concat([expected, piece]);
        expect(queue.bytes.equals(expected)).toBe(true);
        views.push({ view: queue.bytes, was: expected.toString('hex') });
        const count = Math.min(dropped, expected.length);
        queue.drop(count);
        expected = expected.subarray(count);
      }
      expect(queue.bytes.equals(expected)).toBe(true);
      for (const { view, was } of views) expect(view.toString('hex')).toBe(was);
    }),
  );
});

it('makes room a few times only for many small pieces', () => {
  const queue = new ByteQueue();
  const rooms = new Set<ArrayBufferLike>();
  for (let i = 0; i < 100_000; i++) {
    queue.append(Buffer.from([i & 0xff]));
    rooms.add(queue.bytes.buffer);
  }
  expect(queue.bytes.length).toBe(100_000);
  expect(rooms.size).toBeLessThan(20);
});
