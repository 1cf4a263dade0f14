import { StatusError } from '@gantry/base';
import type { Kind, KubeObject } from '@gantry/api';
import { decodeContinue, encodeContinue } from './continue-token.ts';
import { ContinueExpired, parseRevision } from './errors.ts';
import { kindPrefix, selectionPrefix } from './keys.ts';
import { compileSelection, type Matcher } from './selection.ts';
import type { ListQuery } from './state.ts';

/** A list query, checked and read once. */
export interface ListPlan<T extends KubeObject> {
  readonly matcher: Matcher<T>;
  /** All keys of the list begin with it. */
  readonly prefix: string;
  readonly limit: number | undefined;
  /** Go on behind this key. */
  readonly after: string | undefined;
  /** Read the state as of this revision. */
  readonly exactly: bigint | undefined;
  /** Read a state not older than this one; 0: any will do. Undefined: the newest. */
  readonly notOlderThan: bigint | undefined;
}

/** The rules on combinations are upstream's (apimachinery `pkg/apis/meta/internalversion/validation`). */
export function planList<T extends KubeObject>(kind: Kind<T>, query: ListQuery): ListPlan<T> {
  const { limit = 0, resourceVersion = '', resourceVersionMatch: match } = query;
  if (!Number.isSafeInteger(limit) || limit < 0)
    throw StatusError.badRequest('limit must be a whole number, 0 or more');
  const matcher = compileSelection(kind, query);
  const plan = {
    matcher,
    prefix: selectionPrefix(kind, matcher.namespace),
    limit: limit || undefined,
    after: undefined,
    exactly: undefined,
    notOlderThan: undefined,
  };
  if (query.continue) {
    if (match) throw StatusError.badRequest('resourceVersionMatch is forbidden when continue is provided');
    if (resourceVersion && resourceVersion !== '0')
      throw StatusError.badRequest('specifying resource version is not allowed when using continue');
    const { revision, after } = decodeContinue(query.continue);
    return { ...plan, after: kindPrefix(kind) + after, exactly: revision };
  }
  if (match === undefined && resourceVersion === '') return plan;
  if (match !== undefined && resourceVersion === '')
    throw StatusError.badRequest('resourceVersionMatch is forbidden unless resourceVersion is provided');
  const revision = parseRevision(resourceVersion);
  if (match === 'Exact') {
    if (revision === 0n)
      throw StatusError.badRequest('resourceVersionMatch "Exact" is forbidden for resourceVersion "0"');
    return { ...plan, exactly: revision };
  }
  return { ...plan, notOlderThan: revision };
}

export function continueAfter(kind: Kind, key: string, revision: bigint): string {
  return encodeContinue({ revision, after: key.slice(kindPrefix(kind).length) });
}

/** What an Expired snapshot means for the client: with a token to go on, or, on a first page, plainly Expired. */
export function expiredList<T extends KubeObject>(
  kind: Kind<T>,
  plan: ListPlan<T>,
  error: StatusError,
): StatusError {
  if (plan.after === undefined) return error;
  return new ContinueExpired(
    encodeContinue({ revision: undefined, after: plan.after.slice(kindPrefix(kind).length) }),
  );
}
