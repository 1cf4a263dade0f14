import { StatusError } from '@gantry/base';
import type { HttpRequest } from '../http.ts';

/** The largest body taken, in bytes: upstream's `MaxRequestBodyBytes`. */
export const maxBodyBytes = 3 * 1024 * 1024;

/**
 * How much beyond that is read all the same, and thrown away, before the refusal: whoever is cut off in the middle of
 * writing gets a reset connection and never sees why.
 */
const discardedBytes = 16 * 1024 * 1024;

function tooLarge(): StatusError {
  return new StatusError('RequestEntityTooLarge', `Request entity too large: limit is ${maxBodyBytes}`);
}

const endedEarly = () => StatusError.badRequest('the request body ended early');

/**
 * The whole body. RequestEntityTooLarge when it passes the limit (nothing of it is kept, then), BadRequest when the client went away in the middle.
 */
export function readBody(req: HttpRequest): Promise<Buffer> {
  const announced = Number(req.headers['content-length'] ?? 0);
  if (announced > maxBodyBytes + discardedBytes) return Promise.reject(tooLarge());
  // Whoever went away before now says nothing more.
  if (req.aborted || req.destroyed) return Promise.reject(endedEarly());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = () => {
      req.off('data', onData);
      req.off('end', onEnd);
      req.off('error', onBroken);
      req.off('close', onBroken);
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes) return void chunks.push(chunk);
      chunks.length = 0;
      if (size <= maxBodyBytes + discardedBytes) return;
      stop();
      req.pause();
      reject(tooLarge());
    };
    const onEnd = () => {
      stop();
      if (size > maxBodyBytes) reject(tooLarge());
      else resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size));
    };
    const onBroken = () => {
      stop();
      reject(endedEarly());
    };
    req.on('data', onData);
    req.on('end', onEnd);
    req.on('error', onBroken);
    req.on('close', onBroken);
  });
}
