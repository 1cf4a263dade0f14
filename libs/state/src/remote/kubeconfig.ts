import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { messageOf } from '@gantry/base';

/** How one context of a kubeconfig reaches its server and proves who it is. */
export interface ClusterAccess {
  /** `https://127.0.0.1:6443`, perhaps with a path. */
  readonly server: string;
  /** PEM. Absent: the system's authorities. */
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly token?: string;
  readonly basic?: { readonly username: string; readonly password: string };
  readonly insecureSkipTlsVerify?: boolean;
  readonly tlsServerName?: string;
  /** The context's namespace; `default` where it names none. */
  readonly namespace: string;
}

/** A kubeconfig file as read: `client-go/tools/clientcmd/api/v1` `Config`. Unknown fields are kept for writing it back. */
export interface Kubeconfig {
  readonly path: string;
  readonly currentContext: string;
  readonly contexts: readonly { name: string; cluster: string; user: string; namespace: string }[];
  /** Reads what the context names, files too. Default: the current context. Throws with the file's name. */
  access(context?: string): Promise<ClusterAccess>;
}

type Fields = Record<string, unknown>;

/** Ours are JSON, which is YAML too, and takes no time to read: a short command does without the YAML parser. */
async function parseConfig(written: string): Promise<unknown> {
  if (written.startsWith('{'))
    try {
      return JSON.parse(written) as unknown;
    } catch {
      // YAML in braces, then.
    }
  const { parse } = await import('yaml');
  return parse(written, { maxAliasCount: 0 }) as unknown;
}

/**
 * Reads a kubeconfig: inline and file certificates, tokens and token files, passwords. Credential plugins (`exec`,
 * `auth-provider`) are not run: they are refused with a message.
 */
export async function loadKubeconfig(path: string): Promise<Kubeconfig> {
  let config: Fields;
  try {
    config = fields(await parseConfig(await readFile(path, 'utf8')));
  } catch (error) {
    throw new Error(`the kubeconfig ${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  const contexts = named(config['contexts']).map(({ name, value }) => {
    const context = fields(value['context']);
    return {
      name,
      cluster: text(context['cluster']) ?? '',
      user: text(context['user']) ?? '',
      namespace: text(context['namespace']) || 'default',
    };
  });
  const currentContext = text(config['current-context']) ?? '';
  return {
    path,
    currentContext,
    contexts,
    async access(wanted = currentContext) {
      const context = contexts.find(({ name }) => name === wanted);
      if (!context) throw new Error(`the kubeconfig ${path} has no context ${JSON.stringify(wanted)}`);
      const cluster = find(config['clusters'], context.cluster, 'cluster', path);
      const user = context.user ? find(config['users'], context.user, 'user', path) : {};
      return readAccess(path, cluster, user, context.namespace);
    },
  };
}

async function readAccess(
  path: string,
  cluster: Fields,
  user: Fields,
  namespace: string,
): Promise<ClusterAccess> {
  const server = text(cluster['server']);
  if (!server || !/^https?:\/\//.test(server))
    throw new Error(`a cluster of the kubeconfig ${path} has no server address with http:// or https://`);
  for (const plugin of ['exec', 'auth-provider'])
    if (user[plugin])
      throw new Error(`the kubeconfig ${path} uses ${plugin}: credential plugins are not supported`);
  const pem = async (from: Fields, name: string): Promise<Buffer | undefined> => {
    const inline = text(from[`${name}-data`]);
    if (inline) return Buffer.from(inline, 'base64');
    const file = text(from[name]);
    return file ? await readFile(resolve(dirname(path), file)) : undefined;
  };
  const ca = await pem(cluster, 'certificate-authority');
  const cert = await pem(user, 'client-certificate');
  const key = await pem(user, 'client-key');
  const tokenFile = text(user['tokenFile']);
  const token =
    text(user['token']) ??
    (tokenFile ? (await readFile(resolve(dirname(path), tokenFile), 'utf8')).trim() : undefined);
  const username = text(user['username']);
  const tlsServerName = text(cluster['tls-server-name']);
  return {
    server: server.replace(/\/+$/, ''),
    namespace,
    ...(ca ? { ca } : {}),
    ...(cert ? { cert } : {}),
    ...(key ? { key } : {}),
    ...(token ? { token } : {}),
    ...(username ? { basic: { username, password: text(user['password']) ?? '' } } : {}),
    ...(cluster['insecure-skip-tls-verify'] === true ? { insecureSkipTlsVerify: true } : {}),
    ...(tlsServerName ? { tlsServerName } : {}),
  };
}

function find(list: unknown, name: string, of: string, path: string): Fields {
  const found = named(list).find((each) => each.name === name);
  if (!found) throw new Error(`the kubeconfig ${path} has no ${of} ${JSON.stringify(name)}`);
  return fields(found.value[of]);
}

function named(list: unknown): { name: string; value: Fields }[] {
  if (!Array.isArray(list)) return [];
  return list.map((each) => ({ name: text(fields(each)['name']) ?? '', value: fields(each) }));
}

const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
