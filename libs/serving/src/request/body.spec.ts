import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../http.ts';
import { maxBodyBytes, readBody } from './body.ts';

function request(headers: Record<string, string> = {}): PassThrough & HttpRequest {
  return Object.assign(new PassThrough({ highWaterMark: 64 << 20 }), { headers }) as unknown as PassThrough &
    HttpRequest;
}

describe('a body', () => {
  it('is taken whole up to the limit', async () => {
    const req = request();
    req.end(Buffer.alloc(maxBodyBytes, 1));
    expect(await readBody(req)).toHaveLength(maxBodyBytes);
  });

  it('that is too large is read to its end before it is refused, so that the client sees the answer', async () => {
    const req = request({ 'content-length': String(maxBodyBytes * 2) });
    let refused = false;
    const body = readBody(req).catch((error: unknown) => {
      refused = true;
      throw error;
    });
    body.catch(() => undefined);
    req.write(Buffer.alloc(maxBodyBytes * 2));
    await new Promise((resolve) => setImmediate(resolve));
    expect(refused).toBe(false);
    req.end();
    await expect(body).rejects.toMatchObject({ code: 413 });
  });

  it('without an end is refused in the middle', async () => {
    const req = request();
    req.write(Buffer.alloc(maxBodyBytes * 7));
    await expect(readBody(req)).rejects.toMatchObject({ code: 413 });
  });

  it('that says it is far too large is refused unread', async () => {
    const req = request({ 'content-length': '1000000000' });
    await expect(readBody(req)).rejects.toMatchObject({ code: 413 });
  });

  it('of a client that goes away in the middle is a bad request', async () => {
    const req = request();
    req.write('{');
    const body = readBody(req);
    req.destroy();
    await expect(body).rejects.toMatchObject({ code: 400 });
  });
});
