import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseReference } from '../reference.ts';
import { loadRegistries, noRegistries, parseRegistries } from './config.ts';
import { endpointsOf, isLocal } from './endpoint.ts';

describe('registries.yaml', () => {
  it('is read with mirrors, rules, credentials and TLS settings', () => {
    const config = parseRegistries(`
mirrors:
  "127.0.0.1:5000":
    endpoint: ["http://172.30.0.1:5000"]
  docker.io:
    endpoint:
      - https://mirror.example/prefix
      - http://10.0.0.9:5000/v2/hub
    rewrite:
      "^library/(.*)": "official/\${1}"
configs:
  mirror.example:
    auth: { username: me, password: secret }
    tls: { ca_file: /etc/ca.pem, insecure_skip_verify: false }
`);
    expect(endpointsOf(parseReference('127.0.0.1:5000/hello:1'), config)).toMatchObject([
      { base: 'http://172.30.0.1:5000/v2', repository: 'hello', mirrorOf: '127.0.0.1:5000' },
      { base: 'http://127.0.0.1:5000/v2', repository: 'hello' },
    ]);
    expect(endpointsOf(parseReference('busybox'), config)).toMatchObject([
      {
        base: 'https://mirror.example/prefix/v2',
        repository: 'official/busybox',
        config: { auth: { username: 'me', password: 'secret' } },
      },
      { base: 'http://10.0.0.9:5000/v2/hub', repository: 'official/busybox' },
      { base: 'https://registry-1.docker.io/v2', repository: 'library/busybox' },
    ]);
  });

  it('may have a wildcard mirror for registries not named', () => {
    const config = parseRegistries('mirrors: { "*": { endpoint: ["https://cache.example"] } }');
    expect(endpointsOf(parseReference('quay.io/a/b'), config).map(({ base }) => base)).toEqual([
      'https://cache.example/v2',
      'https://quay.io/v2',
    ]);
  });

  it('is empty when it is not there, and when it says nothing', () => {
    expect(loadRegistries('/nowhere/registries.yaml')).toBe(noRegistries);
    expect(parseRegistries('')).toEqual({ mirrors: {}, configs: {} });
  });

  it('is named in the error with the field at fault', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gantry-registries-'));
    try {
      const path = join(folder, 'registries.yaml');
      writeFileSync(path, 'mirrors: { a.io: { endpoint: [ftp://b] } }');
      expect(() => loadRegistries(path)).toThrow(
        `${path}: mirrors["a.io"].endpoint[0]: must be a URL like https://mirror.example`,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    ['[]', 'top level: must be a map'],
    ['mirror: {}', 'top level.mirror: unknown field (known: mirrors, configs)'],
    ['mirrors: 3', 'mirrors: must be a map'],
    ['mirrors: { a.io: { endpoint: 3 } }', 'mirrors["a.io"].endpoint: must be a list of URLs'],
    ['mirrors: { a.io: { endpoint: ["https://u:p@b"] } }', 'credentials belong under configs'],
    ['mirrors: { a.io: { endpoint: ["https://b?x=1"] } }', 'must not have a query'],
    ['mirrors: { a.io: { endpoint: [], rewrite: { "(": "x" } } }', 'is no pattern'],
    ['mirrors: { a.io: { endpoint: [], rewrite: { "a": 1 } } }', 'must be text'],
    ['configs: { a.io: { auth: { user: x } } }', 'configs["a.io"].auth.user: unknown field'],
    ['configs: { a.io: { auth: { username: x } } }', 'username and password come together'],
    ['configs: { a.io: { auth: { token: 3 } } }', 'configs["a.io"].auth.token: must be text'],
    ['configs: { a.io: { tls: { cert_file: x } } }', 'cert_file and key_file come together'],
    ['configs: { a.io: { tls: { insecure_skip_verify: "no" } } }', 'must be true or false'],
    ['mirrors: {', 'registries.yaml: '],
  ])('%s is refused', (text, message) => {
    expect(() => parseRegistries(text)).toThrow(message);
  });
});

describe('an endpoint', () => {
  it.each([
    ['localhost', true],
    ['localhost:5000', true],
    ['127.0.0.1:5000', true],
    ['127.8.9.10', true],
    ['[::1]:5000', true],
    ['128.0.0.1', false],
    ['127.0.0.1.example.com', false],
    ['localhost.example.com:5000', false],
  ])('on %s is local: %s', (host, local) => expect(isLocal(host)).toBe(local));

  it('is spoken to over HTTPS unless it is local or configured otherwise', () => {
    const base = (name: string, config = noRegistries) => endpointsOf(parseReference(name), config)[0]?.base;
    expect(base('10.0.0.1:5000/x')).toBe('https://10.0.0.1:5000/v2');
    expect(base('localhost:5000/x')).toBe('http://localhost:5000/v2');
    expect(base('localhost:443/x')).toBe('https://localhost:443/v2');
    const tls = parseRegistries('configs: { "localhost:5000": { tls: { insecure_skip_verify: true } } }');
    expect(base('localhost:5000/x', tls)).toBe('https://localhost:5000/v2');
    const plain = parseRegistries('mirrors: { "10.0.0.1:5000": { endpoint: ["http://10.0.0.1:5000"] } }');
    expect(base('10.0.0.1:5000/x', plain)).toBe('http://10.0.0.1:5000/v2');
  });
});
