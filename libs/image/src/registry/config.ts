import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** Where a registry's images are fetched from before the registry itself is asked. */
export interface MirrorConfig {
  /** URLs, tried in order: `http://172.30.0.1:5000`, `https://mirror/v2/path`. A plain `http` here allows it there. */
  endpoint: string[];
  /** Rules on the repository's path for these endpoints: pattern → replacement (`$1`); the first that matches counts. */
  rewrite?: Record<string, string>;
}

export interface RegistryAuth {
  username?: string;
  password?: string;
  /** Base64 of `username:password`, as in docker's config.json. */
  auth?: string;
  /** A bearer token sent as it is. */
  token?: string;
  /** A refresh token for the registry's token service (OAuth 2). */
  identity_token?: string;
}

export interface RegistryTls {
  /** PEM files. */
  ca_file?: string;
  cert_file?: string;
  key_file?: string;
  insecure_skip_verify?: boolean;
}

/** How one host (with its port) is spoken to. */
export interface HostConfig {
  auth?: RegistryAuth;
  tls?: RegistryTls;
}

/** The contents of `registries.yaml`, as k3s defines it. `mirrors['*']` stands for every registry not named. */
export interface RegistriesConfig {
  mirrors: Record<string, MirrorConfig>;
  configs: Record<string, HostConfig>;
}

export const noRegistries: RegistriesConfig = Object.freeze({ mirrors: {}, configs: {} });

/** Reads a `registries.yaml`; a file that is not there is an empty one. Throws an Error naming file, field and fault. */
export function loadRegistries(path: string): RegistriesConfig {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return noRegistries;
    throw new Error(`cannot read ${path}: ${(error as Error).message}`, { cause: error });
  }
  return parseRegistries(text, path);
}

/** Reads the text of a `registries.yaml`; `name` is what error messages call it. */
export function parseRegistries(text: string, name = 'registries.yaml'): RegistriesConfig {
  let document: unknown;
  try {
    document = parse(text, { maxAliasCount: 50 });
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
  }
  const fail = (field: string, why: string): never => {
    throw new Error(`${name}: ${field}: ${why}`);
  };
  const map = (value: unknown, field: string, known?: readonly string[]): Record<string, unknown> => {
    if (value === undefined || value === null) return {};
    if (typeof value !== 'object' || Array.isArray(value)) return fail(field, 'must be a map');
    for (const key of Object.keys(value))
      if (known && !known.includes(key))
        fail(`${field}.${key}`, `unknown field (known: ${known.join(', ')})`);
    return value as Record<string, unknown>;
  };
  const top = map(document, 'top level', ['mirrors', 'configs']);
  const config: RegistriesConfig = { mirrors: {}, configs: {} };
  for (const [host, value] of Object.entries(map(top.mirrors, 'mirrors')))
    config.mirrors[host] = mirror(value, `mirrors[${JSON.stringify(host)}]`);
  for (const [host, value] of Object.entries(map(top.configs, 'configs')))
    config.configs[host] = hostConfig(value, `configs[${JSON.stringify(host)}]`);
  return config;

  function mirror(value: unknown, field: string): MirrorConfig {
    const { endpoint = [], rewrite } = map(value, field, ['endpoint', 'rewrite']);
    const urls = typeof endpoint === 'string' ? [endpoint] : endpoint;
    if (!Array.isArray(urls)) return fail(`${field}.endpoint`, 'must be a list of URLs');
    urls.forEach((url, i) => checkUrl(url, `${field}.endpoint[${i}]`));
    const rules = Object.entries(map(rewrite, `${field}.rewrite`)).map(([pattern, replacement]) => {
      try {
        new RegExp(pattern);
      } catch (error) {
        fail(`${field}.rewrite`, `${JSON.stringify(pattern)} is no pattern: ${(error as Error).message}`);
      }
      if (typeof replacement !== 'string')
        fail(`${field}.rewrite[${JSON.stringify(pattern)}]`, 'must be text');
      return [pattern, replacement as string];
    });
    return { endpoint: urls, ...(rules.length > 0 ? { rewrite: Object.fromEntries(rules) } : {}) };
  }

  function hostConfig(value: unknown, field: string): HostConfig {
    const { auth, tls } = map(value, field, ['auth', 'tls']);
    const authFields = ['username', 'password', 'auth', 'token', 'identity_token'];
    const tlsFields = ['ca_file', 'cert_file', 'key_file', 'insecure_skip_verify'];
    const authMap = map(auth, `${field}.auth`, authFields);
    const tlsMap = map(tls, `${field}.tls`, tlsFields);
    for (const [key, each] of Object.entries({ ...authMap, ...tlsMap })) {
      const want = key === 'insecure_skip_verify' ? 'boolean' : 'string';
      if (typeof each !== want)
        fail(
          `${field}.${key in tlsMap ? 'tls' : 'auth'}.${key}`,
          want === 'string' ? 'must be text' : 'must be true or false',
        );
    }
    if ((authMap.username === undefined) !== (authMap.password === undefined))
      fail(`${field}.auth`, 'username and password come together');
    if ((tlsMap.cert_file === undefined) !== (tlsMap.key_file === undefined))
      fail(`${field}.tls`, 'cert_file and key_file come together');
    return {
      ...(auth ? { auth: authMap as RegistryAuth } : {}),
      ...(tls ? { tls: tlsMap as RegistryTls } : {}),
    };
  }

  function checkUrl(url: unknown, field: string): void {
    const parsed = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined;
    if (!parsed || !/^https?:$/.test(parsed.protocol))
      return fail(
        field,
        `must be a URL like https://mirror.example or http://10.0.0.1:5000, is ${JSON.stringify(url)}`,
      );
    if (parsed.username || parsed.password) fail(field, 'credentials belong under configs, not into the URL');
    if (parsed.search || parsed.hash) fail(field, 'must not have a query or fragment');
  }
}
