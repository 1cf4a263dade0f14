import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { framed, MessageReader } from './grpc-frames.ts';

describe('MessageReader', () => {
  it('gives the messages that were framed, however they were cut up', () => {
    const messages = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 });
    fc.assert(
      fc.property(messages, fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }), (list, cuts) => {
        const bytes = Buffer.concat(list.map(framed));
        const reader = new MessageReader(1_000);
        const found: Buffer[] = [];
        for (let at = 0, cut = 0; at < bytes.length; cut++) {
          const size = cuts[cut % cuts.length]!;
          reader.push(bytes.subarray(at, at + size));
          at += size;
          for (let each = reader.next(); each; each = reader.next()) found.push(each);
        }
        expect(found).toEqual(list.map((each) => Buffer.from(each)));
        expect(reader.pending).toBe(0);
      }),
    );
  });

  it('keeps what is no whole message yet, and copies nothing that came whole', () => {
    const reader = new MessageReader(1_000);
    const whole = framed(Buffer.from('abc'));
    reader.push(whole);
    const [message] = [reader.next()];
    expect(message!.buffer).toBe(whole.buffer);
    reader.push(whole.subarray(0, 6));
    expect(reader.next()).toBeUndefined();
    expect(reader.pending).toBe(6);
  });
});
