import { StatusError, qualifiedResource } from '@gantry/base';
import type { UserInfo } from '@gantry/state';
import { mastersGroup } from './authenticator.ts';

/** What a user wants to do: the question an {@link Authorizer} answers. */
export interface AccessRequest {
  user: UserInfo;
  /** `get list watch create update patch delete deletecollection`, or the method in lower case for paths. */
  verb: string;
  isResource: boolean;
  group: string;
  resource: string;
  subresource: string;
  /** '' for all or for kinds outside namespaces. */
  namespace: string;
  /** '' when no object is named. */
  name: string;
  /** For requests that are not about resources. */
  path: string;
  /** As sent, for those who may only see what they select (nodes). */
  fieldSelector?: string | undefined;
}

export type Decision =
  | { verdict: 'allow' }
  /** Ends the question, whatever others would say. */
  | { verdict: 'deny'; reason: string }
  | { verdict: 'no opinion'; reason?: string };

export interface Authorizer {
  authorize(request: AccessRequest): Decision | Promise<Decision>;
}

export const allow: Decision = { verdict: 'allow' };
export const noOpinion: Decision = { verdict: 'no opinion' };

/** Members of `system:masters` may do everything. */
export const mastersAuthorizer: Authorizer = {
  authorize: ({ user }) => (user.groups.includes(mastersGroup) ? allow : noOpinion),
};

/** The first that allows or denies decides; nobody's opinion is a no. */
export function authorizerChain(chain: readonly Authorizer[]): Authorizer {
  return {
    async authorize(request) {
      const reasons: string[] = [];
      for (const each of chain) {
        const answer = each.authorize(request);
        const decision = answer instanceof Promise ? await answer : answer;
        if (decision.verdict !== 'no opinion') return decision;
        if (decision.reason) reasons.push(decision.reason);
      }
      return reasons.length ? { verdict: 'no opinion', reason: reasons.join(', ') } : noOpinion;
    },
  };
}

/** Upstream's 403: `pods is forbidden: User "x" cannot list resource "pods" in API group "" in the namespace "y"`. */
export function forbidden(request: AccessRequest, reason?: string): StatusError {
  const { user, verb, group, resource, subresource, namespace, name, path } = request;
  const because = reason ? `: ${reason}` : '';
  if (!request.isResource)
    return new StatusError(
      'Forbidden',
      `forbidden: User ${JSON.stringify(user.name)} cannot ${verb} path ${JSON.stringify(path)}${because}`,
      { details: {} },
    );
  const full = subresource ? `${resource}/${subresource}` : resource;
  const where = namespace ? `in the namespace ${JSON.stringify(namespace)}` : 'at the cluster scope';
  const object = name ? ` ${JSON.stringify(name)}` : '';
  return new StatusError(
    'Forbidden',
    `${qualifiedResource({ group, resource })}${object} is forbidden: User ${JSON.stringify(user.name)} cannot ${verb} ` +
      `resource ${JSON.stringify(full)} in API group ${JSON.stringify(group)} ${where}${because}`,
    { details: { ...(name ? { name } : {}), ...(group ? { group } : {}), kind: resource } },
  );
}
