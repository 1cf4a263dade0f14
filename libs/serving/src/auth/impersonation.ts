import { StatusError } from '@gantry/base';
import type { UserInfo } from '@gantry/state';
import type { HttpRequest } from '../http.ts';
import { authenticated, mastersGroup } from './authenticator.ts';

/** A header that may stand several times, as Node joins it: by commas, which names of groups cannot hold in a certificate either. */
function values(header: string | string[] | undefined): string[] {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  return text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
}

/**
 * In whose name the request shall be looked at: `Impersonate-User` and `Impersonate-Group`, as `kubectl --as` sends them. Only
 * administrators may; everybody else, and headers that are not understood, are refused rather than ignored, for what was meant as
 * another must not be done as oneself.
 */
export function impersonated(user: UserInfo, { headers }: HttpRequest): UserInfo {
  const asked = Object.keys(headers).filter((name) => name.startsWith('impersonate-'));
  if (asked.length === 0) return user;
  const [name] = values(headers['impersonate-user']);
  const unknown = asked.find((each) => each !== 'impersonate-user' && each !== 'impersonate-group');
  if (unknown !== undefined || name === undefined)
    throw StatusError.badRequest(
      unknown === undefined
        ? 'requested [Impersonate-Group] without impersonating a user'
        : `the header ${unknown} is not supported`,
    );
  if (!user.groups.includes(mastersGroup))
    throw new StatusError(
      'Forbidden',
      `users ${JSON.stringify(name)} is forbidden: User ${JSON.stringify(user.name)} cannot impersonate resource "users" in API group "" at the cluster scope`,
      { details: { name, kind: 'users' } },
    );
  const groups = values(headers['impersonate-group']);
  const account = /^system:serviceaccount:([^:]+):[^:]+$/.exec(name);
  const implied = account ? ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`] : [];
  return authenticated({ name, groups: [...groups, ...implied] });
}
