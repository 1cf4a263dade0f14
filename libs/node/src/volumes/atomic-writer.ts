import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Payload } from './payload.ts';

/** What the volume's group is given beside what everybody has (pkg/volume/volume_linux.go, `changeFilePermission`, read-only). */
const groupMay = { file: 0o440, folder: 0o2550 };

/** A volume's folder is everybody's to read; its group, if it has one, owns it. */
export function openFolder(path: string, group: number | undefined): void {
  if (group !== undefined) chownSync(path, 0, group);
  chmodSync(path, group === undefined ? 0o755 : 0o755 | groupMay.folder);
}

/**
 * Writes a payload so that readers see all of the old or all of the new
 * (pkg/volume/util/atomic_writer.go): files lie in `..<time>`, `..data` points there and is swapped by one rename, and each
 * top-level name is a link into `..data`. Synchronous: the files are few and small, and a pod waits for them.
 * Returns false when everything was as it should be already.
 */
export function writeAtomically(directory: string, payload: Payload, group: number | undefined): boolean {
  const link = join(directory, '..data');
  const before = readLink(link);
  if (before !== undefined && sameFiles(join(directory, before), payload, group)) return false;
  // Not join(): it would take the two dots for the parent.
  const folder = mkdtempSync(`${directory}/..`);
  openFolder(folder, group);
  for (const [path, { data, mode }] of payload) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, data, { mode: 0o600 });
    if (group !== undefined) chownSync(file, 0, group);
    chmodSync(file, group === undefined ? mode : mode | groupMay.file);
  }
  for (const each of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (each.isDirectory()) openFolder(join(each.parentPath, each.name), group);
  const name = folder.slice(directory.length + 1);
  const aside = join(directory, '..data_tmp');
  rmSync(aside, { force: true });
  symlinkSync(name, aside);
  renameSync(aside, link);
  const wanted = new Set([...payload.keys()].map((path) => path.split('/')[0]!));
  for (const each of wanted)
    if (readLink(join(directory, each)) === undefined)
      symlinkSync(join('..data', each), join(directory, each));
  for (const each of readdirSync(directory)) {
    if (each === '..data' || each === name) continue;
    if (each.startsWith('..')) rmSync(join(directory, each), { recursive: true, force: true });
    else if (!wanted.has(each)) rmSync(join(directory, each), { force: true });
  }
  return true;
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function sameFiles(folder: string, payload: Payload, group: number | undefined): boolean {
  try {
    let count = 0;
    for (const each of readdirSync(folder, { recursive: true, withFileTypes: true }))
      if (each.isFile()) count++;
    if (count !== payload.size) return false;
    for (const [path, { data, mode }] of payload) {
      const file = join(folder, path);
      const stat = lstatSync(file);
      const wanted = group === undefined ? mode : mode | groupMay.file;
      if ((stat.mode & 0o7777) !== wanted || !readFileSync(file).equals(data)) return false;
    }
    return true;
  } catch {
    return false;
  }
}
