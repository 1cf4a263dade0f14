import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Everything that can be seen of a tree: names, kinds, modes, owners, times, contents. Equal texts mean nothing changed. */
export function fingerprint(root: string): string {
  const lines: string[] = [];
  const look = (path: string) => {
    const stat = lstatSync(path);
    const contents = stat.isFile()
      ? readFileSync(path, 'latin1')
      : stat.isSymbolicLink()
        ? readlinkSync(path)
        : '';
    lines.push(
      [path, stat.mode, stat.uid, stat.gid, stat.mtimeMs, stat.nlink, stat.rdev, contents].join(' '),
    );
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) look(join(path, name));
  };
  look(root);
  return lines.join('\n');
}

/** A folder that attacks aim at, with a file, a folder and a link in it. */
export function plantCanary(): { path: string; print: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), 'gantry-canary-'));
  mkdirSync(join(path, 'etc'));
  writeFileSync(join(path, 'etc', 'passwd'), 'root:x:0:0\n');
  writeFileSync(join(path, 'victim'), 'untouched');
  symlinkSync('victim', join(path, 'link'));
  return {
    path,
    print: fingerprint(path),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}
