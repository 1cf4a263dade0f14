// What may be named how. Each check returns undefined for a good value and otherwise everything that is wrong with it, in
// upstream's words (k8s.io/apimachinery `pkg/util/validation/validation.go`, and `pkg/api/validate/content` for labels).
import { isIP } from 'node:net';

export type Check = (value: string) => readonly string[] | undefined;

const noMoreThan = (most: number) => `must be no more than ${most} characters`;
/** What names of labels are limited by is counted in bytes since they are checked by `content`. */
const noMoreBytesThan = (most: number) => `must be no more than ${most} bytes`;

const labelPattern = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const subdomainPattern = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const dns1035Pattern = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;

/** The form of namespaces and of containers. */
export const dnsLabel: Check = (value) => {
  const fits = labelPattern.test(value);
  if (fits && value.length <= 63) return undefined;
  const wrong: string[] = [];
  if (value.length > 63) wrong.push(noMoreThan(63));
  if (!fits)
    wrong.push(
      subdomainPattern.test(value)
        ? 'must not contain dots'
        : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
    );
  return wrong;
};

const subdomainText =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
/** The form of most names. */
export const dnsSubdomain: Check = (value) =>
  subdomainPattern.test(value) && value.length <= 253 ? undefined : wrongSubdomain(value, noMoreThan);

function wrongSubdomain(value: string, tooLong: (most: number) => string): string[] {
  const wrong: string[] = [];
  if (value.length > 253) wrong.push(tooLong(253));
  if (!subdomainPattern.test(value)) wrong.push(subdomainText);
  return wrong;
}

const underscoredPattern = /^_?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\._?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*$/;
/** Search domains of a resolver, which have underscores in practice (KEP-4427). */
export const searchDomain: Check = (value) => {
  const fits = underscoredPattern.test(value);
  if (fits && value.length <= 253) return undefined;
  const wrong: string[] = [];
  if (value.length > 253) wrong.push(noMoreThan(253));
  if (!fits)
    wrong.push(
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')",
    );
  return wrong;
};

/** The form of services. */
export const dns1035Label: Check = (value) => {
  const fits = dns1035Pattern.test(value);
  if (fits && value.length <= 63) return undefined;
  const wrong: string[] = [];
  if (value.length > 63) wrong.push(noMoreThan(63));
  if (!fits)
    wrong.push(
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
    );
  return wrong;
};

/** A domain of two labels at least; a final dot is allowed (`IsFullyQualifiedDomainName`). */
export const domainName: Check = (value) => {
  const name = value.endsWith('.') ? value.slice(0, -1) : value;
  const wrong = dnsSubdomain(name);
  if (wrong) return [wrong.join(',')];
  if (!name.includes('.')) return ['should be a domain with at least two segments separated by dots'];
  for (const label of name.split('.')) {
    const wrongLabel = dnsLabel(label);
    if (wrongLabel) return [wrongLabel.join(',')];
  }
  return undefined;
};

/** The least that a name in a URL path must be. */
export const pathSegment: Check = (value) => {
  if (value === '.' || value === '..') return [`may not be '${value}'`];
  if (!value.includes('/') && !value.includes('%')) return undefined;
  return ['/', '%'].filter((each) => value.includes(each)).map((each) => `may not contain '${each}'`);
};

const qualifiedPattern = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const qualifiedText =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
/** The form of label keys, annotation keys, finalizers, resources: `name` or `example.com/name`. */
export const qualifiedName: Check = (value) => {
  const slash = value.indexOf('/');
  const name = slash < 0 ? value : value.slice(slash + 1);
  if (qualifiedPattern.test(name) && name.length <= 63) {
    if (slash < 0) return undefined;
    if (slash <= 253 && subdomainPattern.test(value.slice(0, slash))) return undefined;
  }
  if (slash >= 0 && value.includes('/', slash + 1))
    return [
      `a valid label key ${qualifiedText} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  const wrong: string[] = [];
  if (slash === 0) wrong.push('prefix part must be non-empty');
  else if (slash > 0)
    for (const each of wrongSubdomain(value.slice(0, slash), noMoreBytesThan))
      wrong.push(`prefix part ${each}`);
  if (name === '') wrong.push('name part must be non-empty');
  else if (name.length > 63) wrong.push(`name part ${noMoreBytesThan(63)}`);
  if (!qualifiedPattern.test(name)) wrong.push(`name part ${qualifiedText}`);
  return wrong;
};

export const labelValue: Check = (value) => {
  const fits = value === '' || qualifiedPattern.test(value);
  if (fits && value.length <= 63) return undefined;
  const wrong: string[] = [];
  if (value.length > 63) wrong.push(noMoreBytesThan(63));
  if (!fits)
    wrong.push(
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    );
  return wrong;
};

const envPattern = /^[ -<>-~]+$/;
/** Names of environment variables (relaxed by KEP-4369). */
export const envName: Check = (value) => {
  if (envPattern.test(value)) return undefined;
  return [
    value === ''
      ? 'environment variable name must be non-empty'
      : "a valid environment variable name must consist only of printable ASCII characters other than '='",
  ];
};

const configKeyPattern = /^[-._a-zA-Z0-9]+$/;
/** Keys of config maps and secrets. */
export const configKey: Check = (value) => {
  const fits = configKeyPattern.test(value);
  if (fits && value.length <= 253 && value !== '.' && !value.startsWith('..')) return undefined;
  const wrong: string[] = [];
  if (value.length > 253) wrong.push(noMoreThan(253));
  if (!fits)
    wrong.push(
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
    );
  if (value === '.') wrong.push("must not be '.'");
  else if (value === '..') wrong.push("must not be '..'");
  else if (value.startsWith('..')) wrong.push("must not start with '..'");
  return wrong;
};

/** Names of ports of containers, in the form of IANA service names. */
export const portName: Check = (value) => {
  const wrong: string[] = [];
  if (value.length > 15) wrong.push(noMoreThan(15));
  if (!/^[-a-z0-9]+$/.test(value))
    wrong.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(value)) wrong.push('must contain at least one letter (a-z)');
  if (value.includes('--')) wrong.push('must not contain consecutive hyphens');
  if (/^-|-$/.test(value)) wrong.push('must not begin or end with a hyphen');
  return wrong.length ? wrong : undefined;
};

const mapped = /^(?:0{0,4}:){1,6}(?:0{0,4}:)?ffff:(?:\d|[0-9a-f]{1,4}:[0-9a-f]{1,4}$)/i;
/** As upstream since KEP-4858: what programs could read as different addresses is none. */
export const ipAddress: Check = (value) => {
  if (isIP(value) && !value.includes('%'))
    return value.includes(':') && mapped.test(value)
      ? ['must not be an IPv4-mapped IPv6 address']
      : undefined;
  return isIP(withoutZeros(value)) === 4
    ? ['must not have leading 0s']
    : ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'];
};

const withoutZeros = (address: string) => address.replace(/(^|\.)0+(?=\d)/g, '$1');

/** A network, `10.9.8.0/24`; the bits behind the prefix must be zero. */
export const cidr: Check = (value) => {
  const [, address = '', bits = ''] = /^([^/]*)\/(\d{1,4})$/.exec(value) ?? [];
  const plain = withoutZeros(address);
  const family = plain.includes('%') ? 0 : isIP(plain);
  if (!family || Number(bits) > (family === 4 ? 32 : 128))
    return ['must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'];
  if (plain !== address || /^0\d/.test(bits)) return ['must not have leading 0s in IP or prefix length'];
  if (family === 6 && mapped.test(address)) return ['must not have an IPv4-mapped IPv6 address'];
  return networkBitsOnly(address, Number(bits))
    ? undefined
    : ['must not have bits set beyond the prefix length'];
};

function networkBitsOnly(address: string, bits: number): boolean {
  const bytes = addressBytes(address);
  return bytes.every((byte, index) => {
    const kept = Math.max(0, Math.min(8, bits - 8 * index));
    return (byte & (0xff >> kept)) === 0;
  });
}

/** The bytes of an address that `isIP` accepts: 4 or 16. */
export function addressBytes(address: string): number[] {
  if (!address.includes(':')) return address.split('.').map(Number);
  const v4 = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  const [head = '', tail] = (v4 ? `${v4[1]}0:0` : address).split('::');
  const groups = (text: string | undefined) =>
    text ? text.split(':').map((each) => Number.parseInt(each, 16)) : [];
  const front = groups(head);
  const back = groups(tail);
  const all = [...front, ...Array<number>(8 - front.length - back.length).fill(0), ...back];
  const bytes = all.flatMap((group) => [group >> 8, group & 0xff]);
  if (v4) bytes.splice(12, 4, ...v4[2]!.split('.').map(Number));
  return bytes;
}

/** Addresses that nobody can reach by, or only from the same link (`ValidateNonSpecialIP`). For addresses that are some. */
export const reachableAddress: Check = (value) => {
  if (!isIP(value)) return undefined;
  const bytes = addressBytes(value);
  const [first = 0, second = 0] = bytes;
  const wrong: string[] = [];
  if (bytes.every((byte) => byte === 0)) wrong.push(`may not be unspecified (${value})`);
  const four = bytes.length === 4;
  if (four ? first === 127 : bytes.every((byte, index) => byte === (index === 15 ? 1 : 0)))
    wrong.push('may not be in the loopback range (127.0.0.0/8, ::1/128)');
  if (four ? first === 169 && second === 254 : first === 0xfe && (second & 0xc0) === 0x80)
    wrong.push('may not be in the link-local range (169.254.0.0/16, fe80::/10)');
  if (four ? first === 224 && second === 0 && bytes[2] === 0 : first === 0xff && (second & 0xf) === 2)
    wrong.push('may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)');
  return wrong.length ? wrong : undefined;
};

export const percent: Check = (value) =>
  /^[0-9]+%$/.test(value)
    ? undefined
    : [
        "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
      ];

const mostId = 2147483647;
/** A user or group of the system. */
export const idRange = `must be between 0 and ${mostId}, inclusive`;
export const isId = (id: number) => id >= 0 && id <= mostId;
