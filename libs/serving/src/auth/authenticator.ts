import { timingSafeEqual, createHash } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { StatusError } from '@gantry/base';
import type { UserInfo } from '@gantry/state';
import type { HttpRequest } from '../http.ts';

/**
 * Finds out who sent a request. Undefined: this way of proving an identity was not used, ask the next. Throws an Unauthorized
 * StatusError when it was used and the proof does not hold.
 */
export interface Authenticator {
  authenticate(req: HttpRequest): UserInfo | undefined | Promise<UserInfo | undefined>;
}

export const authenticatedGroup = 'system:authenticated';
export const mastersGroup = 'system:masters';
export const nodesGroup = 'system:nodes';
export const nodeUserPrefix = 'system:node:';

/** Who asks without any proof; only health checks are open to it. */
export const anonymous: UserInfo = Object.freeze({
  name: 'system:anonymous',
  groups: ['system:unauthenticated'],
});

export function unauthorized(cause?: unknown): StatusError {
  return new StatusError('Unauthorized', 'Unauthorized', { cause });
}

/** The user with the group that every authenticated one is in. */
export function authenticated(user: UserInfo): UserInfo {
  return { ...user, groups: [...new Set([...user.groups, authenticatedGroup])] };
}

/** The name of the node a user is, or undefined: `CN=system:node:<name>, O=system:nodes`. */
export function nodeOf(user: UserInfo): string | undefined {
  return user.name.startsWith(nodeUserPrefix) && user.groups.includes(nodesGroup)
    ? user.name.slice(nodeUserPrefix.length)
    : undefined;
}

/**
 * Client certificates: common name is the user, organizations are the groups (kubernetes.io/docs/reference/access-authn-authz).
 * The TLS server must ask for one and know the authority; what TLS could not verify is refused here. Looked at once per
 * connection.
 */
export class ClientCertificateAuthenticator implements Authenticator {
  readonly #users = new WeakMap<object, CertifiedUser | null>();
  readonly #onUse: ((notAfterMs: number) => void) | undefined;

  /** @param onUse told with each request until when its certificate is good, in milliseconds since the epoch. */
  constructor(onUse?: (notAfterMs: number) => void) {
    this.#onUse = onUse;
  }

  authenticate(req: HttpRequest): UserInfo | undefined {
    const session = (req as { stream?: { session?: object } }).stream?.session;
    const connection = session ?? req.socket;
    let known = this.#users.get(connection);
    if (known === undefined) {
      known = userOfSocket(req.socket as Partial<TLSSocket>) ?? null;
      this.#users.set(connection, known);
    }
    if (known) this.#onUse?.(known.notAfterMs);
    return known?.user;
  }
}

interface CertifiedUser {
  user: UserInfo;
  notAfterMs: number;
}

function userOfSocket(socket: Partial<TLSSocket>): CertifiedUser | undefined {
  const certificate = socket.getPeerCertificate?.();
  // Without a certificate the object is empty.
  if (!certificate?.subject) return undefined;
  if (!socket.authorized) throw unauthorized(socket.authorizationError);
  const { CN, O } = certificate.subject as unknown as { CN?: string | string[]; O?: string | string[] };
  if (typeof CN !== 'string' || CN === '') throw unauthorized();
  return {
    user: authenticated({ name: CN, groups: O === undefined ? [] : Array.isArray(O) ? O : [O] }),
    notAfterMs: Date.parse(certificate.valid_to),
  };
}

/** `Authorization: Bearer <token>`, or undefined. */
export function bearerToken(req: HttpRequest): string | undefined {
  const header = req.headers.authorization;
  if (header === undefined) return undefined;
  return /^bearer +([^ ]+) *$/i.exec(header)?.[1];
}

/** Tokens known from the start, each with its user. Compared by digest, in constant time. */
export class StaticTokenAuthenticator implements Authenticator {
  readonly #tokens: readonly { digest: Buffer; user: UserInfo }[];

  constructor(tokens: Readonly<Record<string, UserInfo>>) {
    this.#tokens = Object.entries(tokens).map(([token, user]) => ({
      digest: digestOf(token),
      user: authenticated(user),
    }));
  }

  authenticate(req: HttpRequest): UserInfo | undefined {
    const token = bearerToken(req);
    if (token === undefined) return undefined;
    const digest = digestOf(token);
    return this.#tokens.find((each) => timingSafeEqual(each.digest, digest))?.user;
  }
}

const digestOf = (text: string) => createHash('sha256').update(text).digest();

/**
 * Asks each in turn; the first identity counts. A bearer token that nobody knew is an error, not an anonymous request: upstream
 * answers 401 so that a client notices that its token has run out.
 */
export class AuthenticatorChain implements Authenticator {
  readonly #chain: readonly Authenticator[];

  constructor(chain: readonly Authenticator[]) {
    this.#chain = chain;
  }

  async authenticate(req: HttpRequest): Promise<UserInfo | undefined> {
    for (const each of this.#chain) {
      const user = each.authenticate(req);
      const found = user instanceof Promise ? await user : user;
      if (found) return found;
    }
    if (req.headers.authorization !== undefined) throw unauthorized();
    return undefined;
  }
}
