import { ImageError } from './image.ts';

/**
 * The name of an image, taken apart as distribution's `reference` package does (grammar in its `reference.go`):
 * `[domain/]path[:tag][@digest]`. Without a domain it is Docker Hub's, without a tag and digest `latest`.
 */
export interface Reference {
  /** Host of the registry with its port: `docker.io`, `127.0.0.1:5000`, `[::1]:5000`. */
  domain: string;
  /** The repository: `library/busybox`. */
  path: string;
  /** `latest` when neither a tag nor a digest was given. */
  tag?: string;
  /** `sha256:<hex>`: decides over the tag. */
  digest?: string;
}

export const defaultDomain = 'docker.io';

const alphanumeric = '[a-zA-Z0-9]';
const domainComponent = `(?:${alphanumeric}|${alphanumeric}[a-zA-Z0-9-]*${alphanumeric})`;
const domainPattern = `(?:${domainComponent}(?:\\.${domainComponent})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const pathComponent = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const namePattern = `(?:(${domainPattern})/)?(${pathComponent}(?:/${pathComponent})*)`;
const tagPattern = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';
const digestPattern = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const whole = new RegExp(`^${namePattern}(?::(${tagPattern}))?(?:@(${digestPattern}))?$`);

/** distribution's `RepositoryNameTotalLengthMax`, for domain and path together. */
const longestName = 255;
/** No reference can be longer (name, tag, digest of sha512), so nothing longer is matched against a pattern. */
const longestReference = 1024;

const digestLengths: Record<string, number> = { sha256: 64, sha384: 96, sha512: 128 };

/** Reads a familiar (`busybox`) or full name. Throws {@link ImageError} `badReference` in docker's words. */
export function parseReference(text: string): Reference {
  if (text.length > longestReference) throw bad('invalid reference format');
  if (/^[a-f0-9]{64}$/.test(text))
    throw bad(`invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`);
  const { domain, rest } = splitDomain(text);
  const name = rest.split('@')[0] ?? '';
  const colon = name.indexOf(':');
  const path = colon < 0 ? name : name.slice(0, colon);
  if (path !== path.toLowerCase())
    throw bad(`invalid reference format: repository name (${path}) must be lowercase`);
  const match = whole.exec(`${domain}/${rest}`);
  if (!match || match[1] !== domain || match[2] === undefined) throw bad('invalid reference format');
  if (domain.length + 1 + match[2].length > longestName)
    throw bad(`repository name must not be more than ${longestName} characters`);
  const [, , , tag, digest] = match;
  if (digest !== undefined) checkDigest(digest);
  if (tag === undefined && digest === undefined) return { domain, path: match[2], tag: 'latest' };
  return {
    domain,
    path: match[2],
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** What comes before the first slash is a registry when it has a dot, a port or capitals, or is `localhost`. */
function splitDomain(text: string): { domain: string; rest: string } {
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(slash, 0));
  const isDomain =
    slash >= 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  let domain = isDomain ? first : defaultDomain;
  let rest = isDomain ? text.slice(slash + 1) : text;
  if (domain === 'index.docker.io') domain = defaultDomain;
  if (domain === defaultDomain && rest !== '' && !rest.includes('/')) rest = `library/${rest}`;
  return { domain, rest };
}

function checkDigest(digest: string): void {
  const [algorithm = '', hex = ''] = digest.split(':');
  const length = digestLengths[algorithm];
  if (length === undefined) throw bad('unsupported digest algorithm');
  if (hex.length !== length) throw bad('invalid checksum digest length');
  if (hex !== hex.toLowerCase()) throw bad('invalid checksum digest format');
}

function bad(message: string): ImageError {
  return new ImageError('badReference', message);
}

/** `docker.io/library/busybox`: the name without tag and digest. */
export function repositoryName(reference: Reference): string {
  return `${reference.domain}/${reference.path}`;
}

/** The full name: `docker.io/library/busybox:latest`, `…:tag@sha256:…`. Equal images by name have equal full names. */
export function fullName(reference: Reference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
  return `${repositoryName(reference)}${tag}${reference.digest === undefined ? '' : `@${reference.digest}`}`;
}

/** As people write it: `busybox:latest` for `docker.io/library/busybox:latest`. */
export function familiarName(reference: Reference): string {
  const full = fullName(reference);
  if (reference.domain !== defaultDomain) return full;
  return full.slice(defaultDomain.length + 1).replace(/^library\/(?=[^/]+$)/, '');
}
