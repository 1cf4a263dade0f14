import { closeSync, mkdirSync, openSync, statSync, type Stats } from 'node:fs';
import { VolumeProblem } from './payload.ts';

/** Checks a hostPath volume against its type, making what `…OrCreate` asks for (KEP: hostPath types). */
export function prepareHostPath(path: string, type = ''): void {
  if (!path.startsWith('/') || path.split('/').includes('..'))
    throw new VolumeProblem(`hostPath is not an absolute path: ${path}`);
  let stat: Stats | undefined;
  try {
    stat = statSync(path);
  } catch {
    stat = undefined;
  }
  if (!stat && type === 'DirectoryOrCreate') {
    mkdirSync(path, { recursive: true, mode: 0o755 });
    return;
  }
  if (!stat && type === 'FileOrCreate') {
    closeSync(openSync(path, 'a', 0o644));
    return;
  }
  if (type === '') {
    // Nothing is checked; as Docker does for a bind, a missing path becomes a folder.
    if (!stat) mkdirSync(path, { recursive: true, mode: 0o755 });
    return;
  }
  const is: Record<string, (stat: Stats) => boolean> = {
    Directory: (each) => each.isDirectory(),
    DirectoryOrCreate: (each) => each.isDirectory(),
    File: (each) => each.isFile(),
    FileOrCreate: (each) => each.isFile(),
    Socket: (each) => each.isSocket(),
    CharDevice: (each) => each.isCharacterDevice(),
    BlockDevice: (each) => each.isBlockDevice(),
  };
  const words: Record<string, string> = {
    Directory: 'a directory',
    DirectoryOrCreate: 'a directory',
    File: 'a file',
    FileOrCreate: 'a file',
    Socket: 'a socket file',
    CharDevice: 'a character device',
    BlockDevice: 'a block device',
  };
  if (!stat || !is[type]?.(stat))
    throw new VolumeProblem(`hostPath type check failed: ${path} is not ${words[type] ?? type}`);
}
