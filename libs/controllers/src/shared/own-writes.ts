import type { Stored } from '@gantry/api';

/**
 * Remembers the newest version of each object that this controller has written, so that it can tell a cache that has not
 * caught up with it. Versions of one collection may be compared as numbers (KEP-5504).
 */
export class OwnWrites {
  readonly #versions = new Map<string, bigint>();

  record(object: Stored): void {
    this.#versions.set(object.metadata.uid, versionOf(object));
  }

  /** True when the cached object is older than what we wrote. One that has caught up is forgotten. */
  isBehind(object: Stored): boolean {
    const written = this.#versions.get(object.metadata.uid);
    if (written === undefined) return false;
    if (versionOf(object) < written) return true;
    this.#versions.delete(object.metadata.uid);
    return false;
  }

  forget(uid: string): void {
    this.#versions.delete(uid);
  }
}

function versionOf(object: Stored): bigint {
  const version = object.metadata.resourceVersion;
  return /^\d+$/.test(version) ? BigInt(version) : 0n;
}
