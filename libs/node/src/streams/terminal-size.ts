import type { Clock } from '@gantry/base';
import type { StreamChunk } from '@gantry/link';

export interface TerminalSize {
  columns: number;
  rows: number;
}

/** The channel of the remote command protocol that carries sizes. */
export const sizeChannel = 4;
const heldBytes = 64 << 10;

/** `{"Width":80,"Height":24}`, as clients of `exec` and `attach` send it; undefined when it is none. */
export function parseSize(data: Uint8Array): TerminalSize | undefined {
  try {
    const { Width, Height } = JSON.parse(Buffer.from(data).toString('utf8')) as {
      Width?: unknown;
      Height?: unknown;
    };
    const fits = (value: unknown): value is number =>
      Number.isInteger(value) && (value as number) > 0 && (value as number) < 65536;
    return fits(Width) && fits(Height) ? { columns: Width, rows: Height } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Waits up to `withinMs` for a client to say how large its terminal is, so that a program that asks at once gets the right answer.
 * Clients send it unasked as soon as they are connected, before or after the first input. What else has come is in `rest`, in order;
 * more than 64 KiB of it end the wait. `incoming` must not be read by anyone else.
 */
export async function firstSize(
  incoming: AsyncIterable<StreamChunk>,
  clock: Clock,
  withinMs: number,
): Promise<{ size: TerminalSize | undefined; rest: AsyncIterable<StreamChunk> }> {
  const chunks = incoming[Symbol.asyncIterator]();
  const held: Promise<IteratorResult<StreamChunk>>[] = [];
  const { promise: late, resolve: giveUp } = Promise.withResolvers<undefined>();
  using _timer = clock.after(withinMs, () => giveUp(undefined));
  let size: TerminalSize | undefined;
  for (let bytes = 0; bytes <= heldBytes;) {
    const next = chunks.next();
    // Whoever reads the rest meets the error there.
    const chunk = await Promise.race([next, late]).catch(() => undefined);
    if (chunk && !chunk.done && chunk.value.channel === sizeChannel) {
      size = parseSize(chunk.value.data);
      break;
    }
    held.push(next);
    if (!chunk || chunk.done) break;
    bytes += chunk.value.data.length;
  }
  return {
    size,
    rest: {
      async *[Symbol.asyncIterator]() {
        try {
          for (;;) {
            const chunk = await (held.shift() ?? chunks.next());
            if (chunk.done) return;
            yield chunk.value;
          }
        } finally {
          await chunks.return?.();
        }
      },
    },
  };
}
