import { StatusError } from '@gantry/base';

/**
 * Splits a stream of bytes into the JSON values of its lines. Memory is bounded: a line longer than `maxLineBytes` and a
 * line that is no JSON end it with an InternalError. Empty lines are skipped; a last line without its end is dropped,
 * for the connection broke in the middle of it.
 */
export async function* jsonLines(
  chunks: AsyncIterable<Uint8Array>,
  maxLineBytes = 64 * 1024 * 1024,
): AsyncGenerator<unknown> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
      const tail = chunk.subarray(start, end);
      const line = held.length ? Buffer.concat([...held, tail]) : tail;
      held = [];
      heldBytes = 0;
      start = end + 1;
      if (line.length > 0) yield parseLine(line);
    }
    if (start === chunk.length) continue;
    held.push(chunk.subarray(start));
    heldBytes += chunk.length - start;
    if (heldBytes > maxLineBytes)
      throw new StatusError('InternalError', `the server sent a line of more than ${maxLineBytes} bytes`);
  }
}

function parseLine(line: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('utf8'));
  } catch (error) {
    throw new StatusError('InternalError', 'the server sent a line that is no JSON', { cause: error });
  }
}
