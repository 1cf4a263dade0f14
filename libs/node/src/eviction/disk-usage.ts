import type { Host } from '@gantry/host';

/**
 * Bytes that each tree takes on its own file system; those that are not there are left out, a file with several names counts once. By one
 * `du` for all: containers write into these trees, and it walks by handles, whatever is renamed under it and however deep it is
 * (paths that Node takes end at 4,096 bytes). Files that were removed and are still open are not seen.
 */
export async function diskUsage(
  host: Pick<Host, 'run'>,
  paths: readonly string[],
  timeoutMs: number,
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  if (paths.length === 0) return found;
  // What vanishes meanwhile is complained of and makes a failing exit code; the sums are right all the same.
  const { stdout } = await host.run('du', ['-s', '-x', '-B1', '-0', '--', ...paths], { timeoutMs });
  for (const line of stdout.split('\0')) {
    const tab = line.indexOf('\t');
    if (tab > 0) found.set(line.slice(tab + 1), Number(line.slice(0, tab)));
  }
  return found;
}
