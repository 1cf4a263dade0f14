import { randomInt } from 'node:crypto';

/** What a node needs to join: a bootstrap token (`<id>.<secret>`) and, so that it knows the server, the hash of its CA. */
export interface JoinToken {
  /** Six letters or digits; public: part of the Secret's name, `bootstrap-token-<id>`. */
  id: string;
  /** Sixteen letters or digits. */
  secret: string;
  /** See `publicKeyHash`; absent when the CA is given to the node in another way. */
  caHash?: string;
}

/**
 * Reads `K10<ca hash>::<id>.<secret>` (the form k3s prints) or `<id>.<secret>` (kubeadm's). Undefined when it is neither.
 */
export function parseJoinToken(text: string): JoinToken | undefined {
  const match = /^(?:K10([0-9a-f]{64})::)?([a-z0-9]{6})\.([a-z0-9]{16})$/.exec(text.trim());
  if (!match) return undefined;
  const [, caHash, id, secret] = match as unknown as [string, string | undefined, string, string];
  return caHash === undefined ? { id, secret } : { id, secret, caHash };
}

export function formatJoinToken({ id, secret, caHash }: JoinToken): string {
  return `${caHash === undefined ? '' : `K10${caHash}::`}${id}.${secret}`;
}

/** A new id and secret from the system's random source (about 82 bits of secret). */
export function newBootstrapToken(): JoinToken {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
  const pick = (length: number) => Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
  return { id: pick(6), secret: pick(16) };
}
