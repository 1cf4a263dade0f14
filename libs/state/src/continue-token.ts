import { posix } from 'node:path';
import { StatusError } from '@gantry/base';

/** Where a list goes on: behind `after`, over the state as of `revision` (undefined: the present one). */
export interface ContinueToken {
  readonly revision: bigint | undefined;
  /** The key below the kind's prefix that came last: `default/web-1`. */
  readonly after: string;
}

/** As upstream's (apiserver `pkg/storage/continue.go`): base64url of `{v, rv, start}`. Opaque to clients. */
export function encodeContinue({ revision, after }: ContinueToken): string {
  const rv = revision === undefined ? -1 : Number(revision);
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv, start: `${after}\0` })).toString('base64url');
}

/** @throws BadRequest, in upstream's words, for what is no token of ours. */
export function decodeContinue(text: string): ContinueToken {
  type Token = { v?: unknown; rv?: unknown; start?: unknown } | null;
  let token: Token;
  try {
    token = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Token;
  } catch {
    throw invalidToken();
  }
  const { v, rv, start } = token ?? {};
  if (v !== 'meta.k8s.io/v1') throw invalidToken(': server does not recognize this encoded version');
  if (!Number.isSafeInteger(rv) || rv === 0)
    throw invalidToken(': incorrect encoded start resourceVersion (version meta.k8s.io/v1)');
  if (typeof start !== 'string' || start === '')
    throw invalidToken(': encoded start key empty (version meta.k8s.io/v1)');
  // What leads out of the list is no place in it.
  const path = start.startsWith('/') ? start : `/${start}`;
  if (posix.normalize(path) !== path || (path.length > 1 && path.endsWith('/')))
    throw invalidToken(`: ${start.slice(0, 100)}`);
  const after = path.slice(1, path.endsWith('\0') ? -1 : undefined);
  return { revision: (rv as number) > 0 ? BigInt(rv as number) : undefined, after };
}

const invalidToken = (why = ''): StatusError =>
  StatusError.badRequest(`invalid continue token: continue key is not valid${why}`);
