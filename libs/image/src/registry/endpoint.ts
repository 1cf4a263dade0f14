import type { Reference } from '../reference.ts';
import type { HostConfig, RegistriesConfig } from './config.ts';

/** One place where a repository can be had. */
export interface Endpoint {
  /** Up to and with `/v2`, without a slash behind: `https://registry-1.docker.io/v2`. */
  base: string;
  /** Host and port of `base`: what credentials and TLS settings belong to. */
  host: string;
  /** The repository's path there. */
  repository: string;
  /** The registry that the image's name names, when this is a mirror of it: sent as `ns`, as containerd does. */
  mirrorOf?: string;
  config: HostConfig;
}

/** Docker Hub's API lives elsewhere than its name. */
const hubHost = 'registry-1.docker.io';

/** Where to ask for `reference`, in order: the configured mirrors, then the registry itself. */
export function endpointsOf(reference: Reference, registries: RegistriesConfig): Endpoint[] {
  const { domain, path } = reference;
  const mirrors = registries.mirrors[domain] ?? registries.mirrors['*'];
  const endpoints = (mirrors?.endpoint ?? []).map((text): Endpoint => {
    const url = new URL(text);
    const prefix = url.pathname.replace(/\/+$/, '');
    return {
      base: `${url.origin}${/\/v2(\/|$)/.test(prefix) ? prefix : `${prefix}/v2`}`,
      host: url.host,
      repository: rewrite(path, mirrors?.rewrite),
      ...(url.host === domain ? {} : { mirrorOf: domain }),
      config: registries.configs[url.host] ?? {},
    };
  });
  const own = upstream(reference, registries);
  return endpoints.some(({ base, repository }) => base === own.base && repository === own.repository)
    ? endpoints
    : [...endpoints, own];
}

/** The registry that the name names, without mirrors: where pushes go when no mirror stands for it. */
export function upstream({ domain, path }: Reference, registries: RegistriesConfig): Endpoint {
  const host = domain === 'docker.io' ? hubHost : domain;
  const config = registries.configs[domain] ?? registries.configs[host] ?? {};
  const plain = isLocal(domain) && !domain.endsWith(':443') && config.tls === undefined;
  return { base: `${plain ? 'http' : 'https'}://${host}/v2`, host, repository: path, config };
}

/** True for localhost and 127.0.0.0/8 (and ::1), which docker speaks plain HTTP to without being told. */
export function isLocal(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}

function rewrite(path: string, rules: Record<string, string> | undefined): string {
  for (const [pattern, replacement] of Object.entries(rules ?? {})) {
    const expression = new RegExp(pattern);
    // Go writes a group ${1} too.
    if (expression.test(path)) return path.replace(expression, replacement.replace(/\$\{(\d+)\}/g, '$$$1'));
  }
  return path;
}
