/**
 * Waits until `probe` returns something truthy, asking again every `everyMs`; for tests against real processes, where
 * no event tells. A probe that throws counts as not yet. Rejects at the deadline with the last thing seen. The deadline is there to say what
 * did not come, not to say how soon it must: a machine that is busy with other things may take ten times as long as a quiet one.
 */
export async function eventually<T>(
  probe: () => T | Promise<T>,
  options: { timeoutMs?: number; everyMs?: number; what?: string } = {},
): Promise<Exclude<T, false | 0 | '' | null | undefined>> {
  const { timeoutMs = 60_000, everyMs = 20, what = 'the condition' } = options;
  const deadline = performance.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const value = await probe();
      if (value) return value as Exclude<T, false | 0 | '' | null | undefined>;
      last = value;
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline)
      throw new Error(
        `${what} did not hold within ${timeoutMs} ms; last: ${last instanceof Error ? last.stack : JSON.stringify(last)}`,
      );
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
