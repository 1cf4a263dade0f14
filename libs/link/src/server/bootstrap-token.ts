import { createHash, timingSafeEqual } from 'node:crypto';
import { isStatus, type Clock } from '@gantry/base';
import { kinds } from '@gantry/api';
import { parseJoinToken } from '@gantry/pki';
import type { State } from '@gantry/state';

/** True when the token (`<id>.<secret>`, or with the CA hash before it) is one that may be used to join now. */
export type TokenVerifier = (token: string) => Promise<boolean>;

/**
 * Checks against the Secrets that `kubeadm token create` and `gantry token create` make: `bootstrap-token-<id>` in kube-system, of
 * type `bootstrap.kubernetes.io/token`, not expired, with `usage-bootstrap-authentication: "true"`.
 */
export function bootstrapTokenVerifier(state: Pick<State, 'get'>, clock: Pick<Clock, 'now'>): TokenVerifier {
  return async (text) => {
    const token = parseJoinToken(text);
    if (!token) return false;
    let secret;
    try {
      secret = (
        await state.get(kinds.secret, { namespace: 'kube-system', name: `bootstrap-token-${token.id}` })
      ).object;
    } catch (error) {
      if (isStatus(error, 'NotFound')) return false;
      throw error;
    }
    const value = (key: string) => Buffer.from(secret.data?.[key] ?? '', 'base64').toString('utf8');
    const known = value('token-secret');
    const expiration = value('expiration');
    return (
      secret.type === 'bootstrap.kubernetes.io/token' &&
      known !== '' &&
      sameText(known, token.secret) &&
      value('token-id') === token.id &&
      value('usage-bootstrap-authentication') === 'true' &&
      // An expiry that cannot be read counts as passed.
      (expiration === '' || Date.parse(expiration) > clock.now()) &&
      secret.metadata.deletionTimestamp === undefined
    );
  };
}

/** Compares in a time that tells nothing of where two texts differ, nor of their lengths. */
function sameText(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
