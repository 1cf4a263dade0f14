import { ImageError, type Credentials } from '../image.ts';
import type { RegistryAuth } from './config.ts';

/** One way to authenticate, as a `WWW-Authenticate` header offers it (RFC 9110, section 11.6.1). */
export interface Challenge {
  /** In lower case. */
  scheme: string;
  parameters: Record<string, string>;
}

/** Something to show a registry. `anonymous` still gets a token from registries that ask for one. */
export type Identity =
  | { kind: 'password'; username: string; password: string }
  | { kind: 'bearer'; token: string }
  | { kind: 'refresh'; token: string }
  | { kind: 'anonymous' };

/** What a node's `registries.yaml` and a pull's credentials amount to, in the order to try. */
export function identities(credentials: readonly Credentials[], auth: RegistryAuth | undefined): Identity[] {
  const all: Identity[] = credentials.map(passwordIdentity);
  if (auth?.token) all.push({ kind: 'bearer', token: auth.token });
  if (auth?.identity_token) all.push({ kind: 'refresh', token: auth.identity_token });
  if (auth?.username !== undefined)
    all.push({ kind: 'password', username: auth.username, password: auth.password ?? '' });
  else if (auth?.auth) {
    const text = Buffer.from(auth.auth, 'base64').toString('utf8').replace(/\0+$/, '');
    const colon = text.indexOf(':');
    if (colon > 0)
      all.push({ kind: 'password', username: text.slice(0, colon), password: text.slice(colon + 1) });
  }
  return [...all, { kind: 'anonymous' }];
}

/** Docker stores refresh tokens as the password of the user `<token>`. */
function passwordIdentity({ username, password }: Credentials): Identity {
  return username === '<token>'
    ? { kind: 'refresh', token: password }
    : { kind: 'password', username, password };
}

/** Reads `Bearer realm="…",service="…", Basic realm="…"`. What cannot be read is left out. */
export function parseChallenges(header: string | string[] | undefined): Challenge[] {
  const challenges: Challenge[] = [];
  for (const line of Array.isArray(header) ? header : header === undefined ? [] : [header]) {
    if (line.length > 8192) continue;
    const token =
      /\s*,?\s*([A-Za-z0-9!#$%&'*+.^_`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))|(?=\s|$|,))/y;
    for (let match = token.exec(line); match; match = token.exec(line)) {
      const [, name = '', quoted, bare] = match;
      const value = quoted?.replace(/\\(.)/g, '$1') ?? bare;
      if (value === undefined) challenges.push({ scheme: name.toLowerCase(), parameters: {} });
      else if (challenges.length === 0) break;
      else challenges.at(-1)!.parameters[name.toLowerCase()] = value;
    }
  }
  return challenges;
}

/** The header that shows `username` and `password` (RFC 7617). */
export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** How to ask a token service for a token (distribution's `spec/auth/token.md` and `oauth.md`). */
export interface TokenRequest {
  method: 'GET' | 'POST';
  url: URL;
  headers: Record<string, string>;
  body?: string;
}

/**
 * The request for a token that answers `challenge`. The realm is where credentials are sent to and comes from outside:
 * it must be https, or the registry's own host when that is spoken to in plain HTTP. Throws ImageError `unauthorized`.
 */
export function tokenRequest(
  challenge: Challenge,
  identity: Identity,
  registry: URL,
  scope: string,
): TokenRequest {
  const { realm = '', service } = challenge.parameters;
  const url = URL.canParse(realm) ? new URL(realm) : undefined;
  if (!url)
    throw new ImageError(
      'unauthorized',
      `failed to authorize: no token service: bad realm ${JSON.stringify(realm.slice(0, 200))}`,
    );
  const samePlainHost =
    url.protocol === 'http:' && registry.protocol === 'http:' && url.hostname === registry.hostname;
  if (url.protocol !== 'https:' && !samePlainHost)
    throw new ImageError(
      'unauthorized',
      `failed to authorize: refusing the token service ${url.origin}: it is not https`,
    );
  const wanted = challenge.parameters.scope ?? scope;
  if (identity.kind === 'refresh') {
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: 'gantry',
      refresh_token: identity.token,
      scope: wanted,
      ...(service === undefined ? {} : { service }),
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return { method: 'POST', url, headers, body: form.toString() };
  }
  if (service !== undefined) url.searchParams.set('service', service);
  for (const each of wanted.split(' ').filter(Boolean)) url.searchParams.append('scope', each);
  if (identity.kind !== 'password') return { method: 'GET', url, headers: {} };
  url.searchParams.set('account', identity.username);
  return { method: 'GET', url, headers: { authorization: basic(identity.username, identity.password) } };
}

/** The token in a token service's answer; throws ImageError `unauthorized` when there is none. */
export function tokenFrom(body: Uint8Array, url: URL): string {
  try {
    const { token, access_token: access } = JSON.parse(Buffer.from(body).toString('utf8')) as Record<
      string,
      unknown
    >;
    const found = token ?? access;
    // A header value: nothing that could end the line.
    if (typeof found === 'string' && /^[\x21-\x7e]+$/.test(found)) return found;
  } catch {
    // said below
  }
  throw new ImageError('unauthorized', `failed to authorize: ${url.origin} did not send a token`);
}
