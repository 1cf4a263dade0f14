import type { ContentStore } from './content/content-store.ts';
import type { Leases } from './metadata/leases.ts';
import type { OverlaySnapshotter } from './snapshots/overlay-snapshotter.ts';

export interface CollectParts {
  content: ContentStore;
  snapshots: OverlaySnapshotter;
  leases: Leases;
  /** Blobs that named images consist of. */
  neededBlobs: ReadonlySet<string>;
  /** Stacks that named images are unpacked to, tops. */
  neededChains: readonly string[];
}

/**
 * Removes what neither a name, a root nor a pull in progress needs; returns the bytes freed. What is not needed is
 * renamed away in one go on the calling thread, with nothing in between, and deleted later in the background: so a pull
 * sees a thing either here, and then it is leased, or gone.
 */
export function collect({ content, snapshots, leases, neededBlobs, neededChains }: CollectParts): number {
  let freed = 0;
  for (const digest of content.digests()) {
    if (neededBlobs.has(digest) || leases.has(digest)) continue;
    const target = snapshots.trashPath();
    freed += content.discard(digest, target);
    snapshots.emptied(target);
  }
  for (const partial of content.partials())
    if (!leases.has(partial.digest)) freed += content.discardPartial(partial);
  const needed = new Set<string>();
  const tops = [
    ...neededChains,
    ...snapshots.chainsOfRoots(),
    ...snapshots.chains().filter((chain) => leases.has(chain)),
  ];
  for (const top of tops) for (const chain of snapshots.ancestry(top)) needed.add(chain);
  for (const chain of snapshots.chains()) if (!needed.has(chain)) freed += snapshots.discard(chain);
  return freed;
}
