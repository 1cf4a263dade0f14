import { mkdirSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

/** The trimmed text of a control file; undefined when it does not exist, or when its group vanished meanwhile. */
export function readControl(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1').trim();
  } catch (error) {
    if (['ENOENT', 'ENODEV', 'ENOTDIR', 'EOPNOTSUPP'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}

/** The number in a control file; 0 when there is none, Infinity for `max`. */
export function readNumber(path: string): number {
  const text = readControl(path);
  return text === undefined ? 0 : text === 'max' ? Infinity : Number(text);
}

/** `name value` lines, as in memory.stat; only the names asked for are kept. */
export function readFlat<N extends string>(path: string, names: readonly N[]): Partial<Record<N, string>> {
  const found: Partial<Record<N, string>> = {};
  for (const line of (readControl(path) ?? '').split('\n')) {
    const space = line.indexOf(' ');
    const name = line.slice(0, space) as N;
    if (names.includes(name)) found[name] = line.slice(space + 1);
  }
  return found;
}

/** Writes a control file. The error names the file and the value: the kernel's own says only `EINVAL`. */
export function writeControl(path: string, value: string | number): void {
  try {
    writeFileSync(path, String(value));
  } catch (error) {
    throw new Error(`cannot set ${path} to ${value}: ${codeOf(error) ?? String(error)}`, { cause: error });
  }
}

export function makeGroup(path: string): void {
  mkdirSync(path, { recursive: true });
}

/** Removes a group and those below it, deepest first. False when one is still in use. */
export function removeGroup(path: string): boolean {
  try {
    rmdirSync(path); // nearly always without children
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true;
    if (codeOf(error) !== 'EBUSY' && codeOf(error) !== 'ENOTEMPTY') throw error;
  }
  let free = true;
  for (const child of childGroups(path)) if (!removeGroup(`${path}/${child}`)) free = false;
  if (!free) return false;
  try {
    rmdirSync(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true;
    if (codeOf(error) === 'EBUSY' || codeOf(error) === 'ENOTEMPTY') return false;
    throw error;
  }
}

export function childGroups(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true }).flatMap((each) =>
      each.isDirectory() ? [each.name] : [],
    );
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** The pids of the group and of those below it. */
export function groupProcesses(path: string): number[] {
  const own = (readControl(`${path}/cgroup.procs`) ?? '').split('\n').filter(Boolean).map(Number);
  return [...own, ...childGroups(path).flatMap((child) => groupProcesses(`${path}/${child}`))];
}
