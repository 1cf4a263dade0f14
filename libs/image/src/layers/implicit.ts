import { chmodSync, lchownSync, lstatSync, lutimesSync, type Stats } from 'node:fs';
import type { ByteString } from './tar-reader.ts';

/**
 * Gives folders that a layer has without listing them the owner, mode and time they have in the layers below, where they
 * would be hidden otherwise: an overlay shows a folder as the topmost layer has it. containerd gets this by applying onto
 * the mounted parents; here layers are unpacked side by side, and this is what is left to do in order.
 *
 * `lowers` are the `fs` folders below, the nearest first. No symlink in them is followed.
 */
export function settleImplicit(
  root: string,
  implicit: readonly ByteString[],
  lowers: readonly string[],
): void {
  const everywhere: Found = { stat: undefined, lowers: lowers.map((_, i) => i) };
  const known = new Map<ByteString, Found>();
  for (const path of implicit) {
    const { stat } = find(path);
    if (!stat) continue;
    const at = under(root, path);
    lchownSync(at, stat.uid, stat.gid);
    chmodSync(at, stat.mode & 0o7777);
    lutimesSync(at, stat.atimeMs / 1000, stat.mtimeMs / 1000);
  }

  /** What the layers below have under `path`; looks only where they have its parent, so that the cost stays that of the tree. */
  function find(path: ByteString): Found {
    if (path === '') {
      const [nearest] = lowers;
      return nearest === undefined ? everywhere : { ...everywhere, stat: lstatSync(nearest) };
    }
    let found = known.get(path);
    if (found) return found;
    const slash = path.lastIndexOf('/');
    found = { stat: undefined, lowers: [] };
    for (const i of find(path.slice(0, Math.max(0, slash))).lowers) {
      const stat = lstatSync(under(lowers[i]!, path), { throwIfNoEntry: false });
      if (!stat) continue;
      if (!stat.isDirectory()) break; // what lies below this one is hidden
      found.stat ??= stat;
      found.lowers.push(i);
    }
    known.set(path, found);
    return found;
  }
}

interface Found {
  /** As the nearest layer that has it shows it. */
  stat: Stats | undefined;
  /** Which layers have it as a folder. */
  lowers: number[];
}

function under(root: string, path: ByteString): Buffer {
  return Buffer.concat([Buffer.from(`${root}/`, 'utf8'), Buffer.from(path, 'latin1')]);
}
