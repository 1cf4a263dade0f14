import type { Clock } from '@gantry/base';
import { RuntimeError } from './runtime.ts';

/**
 * What `work` comes to, or, when that takes longer than `timeoutMs`, a {@link RuntimeError} in the words that a CRI runtime's client
 * gets. `work` itself goes on: the caller ends it.
 */
export async function withDeadline<T>(
  work: Promise<T>,
  clock: Clock,
  timeoutMs: number,
  what: string,
): Promise<T> {
  const late = Promise.withResolvers<never>();
  using _timer = clock.after(timeoutMs, () =>
    late.reject(new RuntimeError('failed', `${what}: context deadline exceeded`)),
  );
  return await Promise.race([work, late.promise]);
}
