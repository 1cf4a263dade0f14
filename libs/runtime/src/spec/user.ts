import { readInRoot } from './root-path.ts';
import type { OciUser } from './oci.ts';

/** Longer account files are refused: they come out of an image. */
const largestFileBytes = 4 << 20;
const largestId = 0xffff_fffe;

/** A line of /etc/passwd, passwd(5). */
interface Account {
  name: string;
  uid: number;
  gid: number;
}

/** A line of /etc/group, group(5). */
interface Group {
  name: string;
  gid: number;
  members: string[];
}

export function parsePasswd(text: string): Account[] {
  return fields(text).flatMap(([name, , uid, gid]) => {
    const account = { name: name ?? '', uid: idOf(uid), gid: idOf(gid) };
    return account.uid === undefined || account.gid === undefined ? [] : [account as Account];
  });
}

export function parseGroup(text: string): Group[] {
  return fields(text).flatMap(([name, , id, members]) => {
    const gid = idOf(id);
    return gid === undefined
      ? []
      : [{ name: name ?? '', gid, members: (members ?? '').split(',').filter(Boolean) }];
  });
}

function fields(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => line.trim().split(':'));
}

function idOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,10}$/.test(text)) return undefined;
  const id = Number(text);
  return id <= largestId ? id : undefined;
}

/**
 * Who a container runs as: `user`, `user:group`, numbers or names, looked up in the account files of the root file
 * system at `root` (read without following a link out of it). Default root. A number that no account has runs in group 0. Unless `strict`, the
 * user is also in every group of /etc/group that lists the account, as the CRI has it (KEP-3619: `Merge` and `Strict`).
 * @throws Error when a name is in neither file: `unable to find user nginx: no matching entries in passwd file`.
 */
export function resolveUser(
  root: string,
  user: string | undefined,
  supplementalGroups: readonly number[] = [],
  strict = false,
): OciUser {
  const [who = '', which, ...rest] = (user ?? '').split(':');
  if (rest.length > 0) throw new Error(`invalid user ${JSON.stringify(user)}: expected user or user:group`);
  const accounts = parsePasswd(readInRoot(root, '/etc/passwd', largestFileBytes) ?? '');
  const number = who === '' ? 0 : idOf(who);
  const account =
    accounts.find((each) => each.name === who && who !== '') ?? accounts.find((each) => each.uid === number);
  if (!account && number === undefined)
    throw new Error(`unable to find user ${who}: no matching entries in passwd file`);
  const uid = account?.uid ?? number ?? 0;
  const groups = parseGroup(readInRoot(root, '/etc/group', largestFileBytes) ?? '');
  const additional = new Set(supplementalGroups);
  let gid = account?.gid ?? 0;
  if (which !== undefined && which !== '') {
    const group = groups.find((each) => each.name === which)?.gid ?? idOf(which);
    if (group === undefined)
      throw new Error(`unable to find group ${which}: no matching entries in group file`);
    gid = group;
  }
  if (account && !strict)
    for (const group of groups) if (group.members.includes(account.name)) additional.add(group.gid);
  return { uid, gid, additionalGids: [...additional].sort((a, b) => a - b) };
}
