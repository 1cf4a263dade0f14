/**
 * Runs `count` tasks in batches of 1, 2, 4 … so that what fails for all (a quota, a bad template) is asked for a few times only
 * (upstream `slowStartBatch`). Stops after a batch with a failure. Returns how many succeeded and the first error.
 */
export async function slowStart(
  count: number,
  task: (index: number) => Promise<void>,
): Promise<{ succeeded: number; error?: unknown }> {
  let succeeded = 0;
  let started = 0;
  for (let size = 1; started < count; size *= 2) {
    const batch = Math.min(size, count - started);
    const results = await Promise.allSettled(Array.from({ length: batch }, (_, i) => task(started + i)));
    started += batch;
    succeeded += results.filter(({ status }) => status === 'fulfilled').length;
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) return { succeeded, error: failed.reason };
  }
  return { succeeded };
}
