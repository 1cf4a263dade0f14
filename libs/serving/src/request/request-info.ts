/**
 * What a request is about, read from its method and path alone, as `k8s.io/apiserver/pkg/endpoints/request` reads it:
 *
 *     /api/<version>/…                                   the core group
 *     /apis/<group>/<version>/…                          every other
 *     …/namespaces/<namespace>/<resource>[/<name>[/<subresource>[/<rest>]]]
 *     …/<resource>[/<name>[/<subresource>[/<rest>]]]
 */
export interface RequestInfo {
  /** False for `/healthz`, `/version`, discovery …: then only `verb` and `path` count. */
  isResource: boolean;
  /** Without the query, percent-decoded where it names things. */
  path: string;
  /** After the `?`, as sent. */
  search: string;
  /** The API's verb for resources (`deletecollection`, …), the method in lower case for everything else. */
  verb: string;
  group: string;
  version: string;
  namespace: string;
  resource: string;
  subresource: string;
  name: string;
  /** What follows the subresource, with its leading slash: the path to proxy to. */
  rest: string;
}

const verbOfMethod: Record<string, string> = {
  POST: 'create',
  GET: 'get',
  HEAD: 'get',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};
/** Parts below `namespaces/<name>/` that are not resources inside it. */
const namespaceSubresources = new Set(['status', 'finalize']);

export function parseRequestInfo(method: string, url: string): RequestInfo {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const info: RequestInfo = {
    isResource: false,
    path,
    search: mark < 0 ? '' : url.slice(mark + 1),
    verb: method.toLowerCase(),
    group: '',
    version: '',
    namespace: '',
    resource: '',
    subresource: '',
    name: '',
    rest: '',
  };
  const parts = path.split('/');
  // A path begins with a slash, so the first part is empty.
  let at = 1;
  if (parts[at] === 'api') at += 1;
  else if (parts[at] === 'apis') {
    info.group = part(parts, at + 1);
    at += 2;
  } else return info;
  info.version = part(parts, at++);
  if (!part(parts, at)) return info;

  info.isResource = true;
  info.verb = verbOfMethod[method] ?? info.verb;
  let watching = false;
  if (parts[at] === 'watch') {
    watching = true;
    at++;
  }
  if (parts[at] === 'namespaces') {
    const name = part(parts, at + 1);
    if (name) info.namespace = name;
    const below = part(parts, at + 2);
    if (below && !namespaceSubresources.has(below)) at += 2;
  }
  info.resource = part(parts, at);
  info.name = part(parts, at + 1);
  info.subresource = part(parts, at + 2);
  if (parts.length > at + 3) info.rest = '/' + parts.slice(at + 3).join('/');
  if (watching) info.verb = 'watch';
  else if (!info.name) {
    if (info.verb === 'get') info.verb = asksForWatch(info.search) ? 'watch' : 'list';
    else if (info.verb === 'delete') info.verb = 'deletecollection';
  }
  return info;
}

/** Percent-decoded; what cannot be decoded stays as it is and will not be found. */
function part(parts: readonly string[], at: number): string {
  const text = parts[at] ?? '';
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function asksForWatch(search: string): boolean {
  if (!search.includes('watch')) return false;
  const value = new URLSearchParams(search).get('watch');
  return value !== null && isTrue(value);
}

/** A boolean parameter as upstream's query decoding reads it: present and neither `false` nor `0`. */
export function isTrue(value: string | null | undefined): boolean {
  return value !== null && value !== undefined && value.toLowerCase() !== 'false' && value !== '0';
}
