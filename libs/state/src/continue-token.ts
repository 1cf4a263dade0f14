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

/** @throws BadRequest for what is no token of ours. */
export function decodeContinue(text: string): ContinueToken {
  type Token = { v?: unknown; rv?: unknown; start?: unknown } | null;
  let token: Token = null;
  try {
    token = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Token;
  } catch {
    // Told below, like all other wrong tokens.
  }
  const { v, rv, start } = (token ?? {}) as NonNullable<Token>;
  if (v !== 'meta.k8s.io/v1' || typeof start !== 'string' || start === '' || !Number.isSafeInteger(rv))
    throw StatusError.badRequest(
      'continue key is not valid: it must be the one that the list before returned',
    );
  const after = start.endsWith('\0') ? start.slice(0, -1) : start;
  return { revision: (rv as number) > 0 ? BigInt(rv as number) : undefined, after };
}
