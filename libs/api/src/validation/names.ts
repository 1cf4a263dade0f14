// What may be named how. Each check returns undefined for a good value and otherwise what is wrong, in upstream's words
// (k8s.io/apimachinery `pkg/util/validation/validation.go`).
import { isIP } from 'node:net';

export type Check = (value: string) => string | undefined;

const noMoreThan = (most: number) => `must be no more than ${most} characters`;

const labelPattern = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
/** The form of namespaces and of containers. */
export const dnsLabel: Check = (value) => {
  if (value.length > 63) return noMoreThan(63);
  return labelPattern.test(value)
    ? undefined
    : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
};

const subdomainPattern = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
/** The form of most names. */
export const dnsSubdomain: Check = (value) => {
  if (value.length > 253) return noMoreThan(253);
  return subdomainPattern.test(value)
    ? undefined
    : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
};

const dns1035Pattern = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
/** The form of services. */
export const dns1035Label: Check = (value) => {
  if (value.length > 63) return noMoreThan(63);
  return dns1035Pattern.test(value)
    ? undefined
    : "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
};

/** The least that a name in a URL path must be. */
export const pathSegment: Check = (value) => {
  if (value === '.' || value === '..') return `may not be '${value}'`;
  if (value.includes('/')) return "may not contain '/'";
  return value.includes('%') ? "may not contain '%'" : undefined;
};

const qualifiedPattern = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const qualifiedText =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
/** The form of label keys, annotation keys, finalizers, resources: `name` or `example.com/name`. */
export const qualifiedName: Check = (value) => {
  const slash = value.indexOf('/');
  if (slash >= 0) {
    if (value.includes('/', slash + 1))
      return `a qualified name ${qualifiedText} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`;
    if (slash === 0) return 'prefix part must be non-empty';
    const wrong = dnsSubdomain(value.slice(0, slash));
    if (wrong) return `prefix part ${wrong}`;
  }
  const name = slash < 0 ? value : value.slice(slash + 1);
  if (name === '') return 'name part must be non-empty';
  if (name.length > 63) return `name part ${noMoreThan(63)}`;
  return qualifiedPattern.test(name) ? undefined : `name part ${qualifiedText}`;
};

export const labelValue: Check = (value) => {
  if (value.length > 63) return noMoreThan(63);
  return value === '' || qualifiedPattern.test(value)
    ? undefined
    : "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
};

const envPattern = /^[ -<>-~]+$/;
/** Names of environment variables (relaxed by KEP-4369). */
export const envName: Check = (value) =>
  envPattern.test(value)
    ? undefined
    : "a valid environment variable name must consist only of printable ASCII characters other than '='";

const configKeyPattern = /^[-._a-zA-Z0-9]+$/;
/** Keys of config maps and secrets. */
export const configKey: Check = (value) => {
  if (value.length > 253) return noMoreThan(253);
  if (!configKeyPattern.test(value))
    return "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
  if (value === '.') return "must not be '.'";
  if (value === '..') return "must not be '..'";
  return value.startsWith('..') ? "must not start with '..'" : undefined;
};

/** Names of ports of containers, in the form of IANA service names. */
export const portName: Check = (value) => {
  if (value.length > 15) return noMoreThan(15);
  if (!/^[-a-z0-9]+$/.test(value))
    return 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)';
  if (!/[a-z]/.test(value)) return 'must contain at least one letter (a-z)';
  if (value.includes('--')) return 'must not contain consecutive hyphens';
  return /^-|-$/.test(value) ? 'must not begin or end with a hyphen' : undefined;
};

export const ipAddress: Check = (value) =>
  isIP(value) && !value.includes('%') && !/(^|\.)0\d/.test(value)
    ? undefined
    : 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';

export const percent: Check = (value) =>
  /^[0-9]+%$/.test(value)
    ? undefined
    : "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
