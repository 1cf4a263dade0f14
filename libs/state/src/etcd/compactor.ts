import { messageOf, type Clock, type Logger } from '@gantry/base';
import type { EtcdClient } from './etcd-client.ts';

/** Upstream's key, so that its API servers and ours on one etcd take turns. */
const key = 'compact_rev_key';

export interface CompactorOptions {
  client: EtcdClient;
  clock: Clock;
  log: Logger;
  /** Default 5 minutes, upstream's `--etcd-compaction-interval`. */
  intervalMs?: number;
}

/**
 * Makes etcd forget what is older than one interval, until the signal aborts. Of several API servers the one whose write
 * of the key wins a round compacts to the revision of the round before (apiserver `pkg/storage/etcd3/compact.go`).
 */
export async function runCompactor(options: CompactorOptions, signal: AbortSignal): Promise<void> {
  const { client, clock, log, intervalMs = 5 * 60_000 } = options;
  let known = 0n;
  let revision = 0n;
  while (!signal.aborted) {
    try {
      await clock.sleep(intervalMs, signal);
    } catch {
      return;
    }
    try {
      const result = await client.write({ key, expected: known, value: Buffer.from(String(revision)) });
      const compactTo = revision;
      revision = result.revision;
      known = result.done ? result.revision : (result.current?.modRevision ?? 0n);
      if (!result.done || compactTo === 0n) continue;
      await client.compact(compactTo);
      log.debug('compacted etcd', { revision: String(compactTo) });
    } catch (error) {
      log.warn('etcd could not be compacted; trying again after the interval', { cause: messageOf(error) });
    }
  }
}
