import { allow, noOpinion, type AccessRequest, type Authorizer } from './authorizer.ts';

/** As `rbac.authorization.k8s.io/v1 PolicyRule`: everything named in one rule goes with everything else in it; `*` is all. */
export interface PolicyRule {
  verbs: readonly string[];
  /** '' is the core group. */
  groups?: readonly string[];
  /** `pods`, `pods/status`, `*`. */
  resources?: readonly string[];
  /** Absent: all. */
  names?: readonly string[];
  /** Paths that are no resources; `/healthz/*` matches everything below. */
  paths?: readonly string[];
  /** Absent: everywhere. */
  namespace?: string;
}

/** Who has which rules: users and groups by name. */
export interface Grants {
  users?: Readonly<Record<string, readonly PolicyRule[]>>;
  groups?: Readonly<Record<string, readonly PolicyRule[]>>;
}

const has = (values: readonly string[] | undefined, value: string) =>
  values !== undefined && (values.includes(value) || values.includes('*'));

export function ruleAllows(rule: PolicyRule, request: AccessRequest): boolean {
  if (!has(rule.verbs, request.verb)) return false;
  if (!request.isResource)
    return (rule.paths ?? []).some(
      (path) =>
        path === '*' ||
        path === request.path ||
        (path.endsWith('*') && request.path.startsWith(path.slice(0, -1))),
    );
  const resource = request.subresource ? `${request.resource}/${request.subresource}` : request.resource;
  return (
    has(rule.groups, request.group) &&
    has(rule.resources, resource) &&
    (rule.namespace === undefined || rule.namespace === request.namespace) &&
    (rule.names === undefined || rule.names.includes(request.name))
  );
}

/** Allows what a rule granted to the user or to one of the user's groups allows. */
export function ruleAuthorizer({ users = {}, groups = {} }: Grants): Authorizer {
  return {
    authorize(request) {
      const { name, groups: memberOf } = request.user;
      const granted = [
        ...(Object.hasOwn(users, name) ? users[name]! : []),
        ...memberOf.flatMap((group) => (Object.hasOwn(groups, group) ? groups[group]! : [])),
      ];
      return granted.some((rule) => ruleAllows(rule, request)) ? allow : noOpinion;
    },
  };
}
