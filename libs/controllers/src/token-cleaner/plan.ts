import type { V1Secret } from '@gantry/api';

/** Where bootstrap tokens are kept; Secrets of their type elsewhere are no tokens. */
export const tokenNamespace = 'kube-system';

export function isBootstrapToken({ metadata, type }: V1Secret): boolean {
  return metadata.namespace === tokenNamespace && type === 'bootstrap.kubernetes.io/token';
}

/** RFC 3339, as its `expiration` has to be written. */
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/**
 * When the token ends to be good, in milliseconds since the epoch: Infinity without an expiration, -Infinity for one that cannot be
 * read (upstream `cluster-bootstrap/util/secrets.GetExpiration`: what cannot be read is taken as expired).
 */
export function expiresAtMs({ data }: V1Secret): number {
  const text = Buffer.from(data?.['expiration'] ?? '', 'base64').toString();
  if (text === '') return Infinity;
  const atMs = rfc3339.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(atMs) ? -Infinity : atMs;
}
