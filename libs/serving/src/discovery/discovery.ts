import { createHash } from 'node:crypto';
import type { Exchange } from '../exchange.ts';
import { parseAccept } from '../request/negotiate.ts';
import type { ServedResource, ServedSubresource } from '../resource.ts';

/** Group versions in the order in which upstream's aggregator ranks them: what comes first wins for ambiguous names. */
const groupOrder = [
  '',
  'apiregistration.k8s.io',
  'apps',
  'events.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
];

export interface GroupVersion {
  group: string;
  version: string;
  resources: readonly ServedResource[];
}

/** Everything clients can find out about what is served, made once from the list of resources. */
export class Discovery {
  readonly #groupVersions: readonly GroupVersion[];
  readonly #serverAddress: string;
  #aggregated: Record<string, { body: Buffer; etag: string }> = {};

  /** @param serverAddress `<host>:<port>`, told to clients of `/api`. */
  constructor(resources: readonly ServedResource[], serverAddress: string) {
    const byVersion = new Map<string, ServedResource[]>();
    for (const resource of resources) {
      const key = `${resource.type.group}/${resource.type.version}`;
      byVersion.set(key, [...(byVersion.get(key) ?? []), resource]);
    }
    const rank = (group: string) => {
      const at = groupOrder.indexOf(group);
      return at < 0 ? groupOrder.length : at;
    };
    this.#groupVersions = [...byVersion.values()]
      .map((members) => ({
        group: members[0]!.type.group,
        version: members[0]!.type.version,
        resources: members.sort((a, b) => (a.plural < b.plural ? -1 : 1)),
      }))
      .sort((a, b) => rank(a.group) - rank(b.group) || (a.group < b.group ? -1 : a.group > b.group ? 1 : 0));
    this.#serverAddress = serverAddress;
  }

  get groupVersions(): readonly GroupVersion[] {
    return this.#groupVersions;
  }

  /** Answers `/api`, `/apis` and what is below them; false when the path is not known. */
  async serve(exchange: Exchange): Promise<boolean> {
    const parts = exchange.info.path.replace(/\/$/, '').split('/').slice(1);
    const [root, first, second] = parts;
    if (root === 'api') {
      if (parts.length === 1) {
        await this.#sendRoot(exchange, 'api', {
          kind: 'APIVersions',
          versions: this.#versionsOf('').map(({ version }) => version),
          serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: this.#serverAddress }],
        });
        return true;
      }
      return parts.length === 2 && this.#sendResources(exchange, '', first!);
    }
    if (parts.length === 1) {
      await this.#sendRoot(exchange, 'apis', {
        kind: 'APIGroupList',
        apiVersion: 'v1',
        groups: this.#groups().map((group) => this.#groupOf(group)),
      });
      return true;
    }
    if (parts.length === 2) {
      if (!first || this.#versionsOf(first).length === 0) return false;
      await exchange.sendObject(200, { kind: 'APIGroup', apiVersion: 'v1', ...this.#groupOf(first) });
      return true;
    }
    return parts.length === 3 && first !== '' && this.#sendResources(exchange, first!, second!);
  }

  #groups(): string[] {
    return [...new Set(this.#groupVersions.map(({ group }) => group))].filter(Boolean);
  }

  #versionsOf(group: string): GroupVersion[] {
    return this.#groupVersions.filter((each) => each.group === group);
  }

  #groupOf(name: string) {
    const versions = this.#versionsOf(name).map(({ version }) => ({
      groupVersion: `${name}/${version}`,
      version,
    }));
    return { name, versions, preferredVersion: versions[0] };
  }

  /** The unaggregated form, or the aggregated one for who accepts it (KEP-3352). */
  async #sendRoot(exchange: Exchange, root: 'api' | 'apis', plain: unknown): Promise<void> {
    for (const { type, parameters } of parseAccept(exchange.req.headers.accept ?? '')) {
      if (type !== 'application/json') continue;
      const { g, v, as } = parameters;
      if (as === undefined) break;
      if (g !== 'apidiscovery.k8s.io' || as !== 'APIGroupDiscoveryList' || (v !== 'v2' && v !== 'v2beta1'))
        continue;
      const { body, etag } = this.#aggregatedList(root, v);
      if (exchange.req.headers['if-none-match'] === etag) {
        exchange.begin(304, { etag, vary: 'Accept' });
        exchange.res.end();
        return;
      }
      return exchange.sendPieces(
        200,
        `application/json;g=apidiscovery.k8s.io;v=${v};as=APIGroupDiscoveryList`,
        [body],
        body.length,
        { etag, vary: 'Accept' },
      );
    }
    return exchange.sendObject(200, plain);
  }

  #aggregatedList(root: 'api' | 'apis', version: 'v2' | 'v2beta1') {
    const key = `${root}/${version}`;
    let list = this.#aggregated[key];
    if (!list) {
      const groups = root === 'api' ? [''] : this.#groups();
      const body = Buffer.from(
        JSON.stringify({
          kind: 'APIGroupDiscoveryList',
          apiVersion: `apidiscovery.k8s.io/${version}`,
          metadata: {},
          items: groups.map((name) => ({
            metadata: { ...(name ? { name } : {}), creationTimestamp: null },
            versions: this.#versionsOf(name).map((each) => ({
              version: each.version,
              freshness: 'Current',
              resources: each.resources.map(aggregatedResource),
            })),
          })),
        }),
      );
      const etag = `"${createHash('sha256').update(body).digest('hex').toUpperCase()}"`;
      list = this.#aggregated[key] = { body, etag };
    }
    return list;
  }

  async #sendResources(exchange: Exchange, group: string, version: string): Promise<boolean> {
    const found = this.#groupVersions.find((each) => each.group === group && each.version === version);
    if (!found) return false;
    await exchange.sendObject(200, {
      kind: 'APIResourceList',
      ...(group ? { apiVersion: 'v1' } : {}),
      groupVersion: group ? `${group}/${version}` : version,
      resources: found.resources.flatMap(plainResources),
    });
    return true;
  }
}

const verbsOf = (handlers: Readonly<Record<string, unknown>>) => Object.keys(handlers).sort();

/** Streams are asked for by GET or POST, whatever the handlers are called. */
const subresourceVerbs = (each: ServedSubresource): string[] =>
  [...new Set([...verbsOf(each.handlers), ...(each.upgrade ? ['create', 'get'] : [])])].sort();

function plainResources(resource: ServedResource) {
  const { type, plural, namespaced } = resource;
  return [
    {
      name: plural,
      singularName: resource.singular,
      namespaced,
      kind: type.kind,
      verbs: verbsOf(resource.handlers),
      ...(resource.shortNames.length ? { shortNames: resource.shortNames } : {}),
      ...(resource.categories.length ? { categories: resource.categories } : {}),
      ...(resource.stored ? { storageVersionHash: storageVersionHash(type) } : {}),
    },
    ...Object.entries(resource.subresources).map(([name, each]) => ({
      name: `${plural}/${name}`,
      singularName: '',
      namespaced,
      ...(each.type.group !== type.group || each.type.version !== type.version
        ? { group: each.type.group, version: each.type.version }
        : {}),
      kind: each.type.kind,
      verbs: subresourceVerbs(each),
    })),
  ];
}

function aggregatedResource(resource: ServedResource) {
  const subresources = Object.entries(resource.subresources).map(([name, each]) => ({
    subresource: name,
    responseKind: each.type,
    verbs: subresourceVerbs(each),
  }));
  return {
    resource: resource.plural,
    responseKind: resource.type,
    scope: resource.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: resource.singular,
    verbs: verbsOf(resource.handlers),
    ...(resource.shortNames.length ? { shortNames: resource.shortNames } : {}),
    ...(resource.categories.length ? { categories: resource.categories } : {}),
    ...(subresources.length ? { subresources } : {}),
  };
}

/** As upstream's: the first eight bytes of SHA-256 of `<group>/<version>/<kind>`, in base64. */
function storageVersionHash({
  group,
  version,
  kind,
}: {
  group: string;
  version: string;
  kind: string;
}): string {
  return createHash('sha256')
    .update(`${group}/${version}/${kind}`)
    .digest()
    .subarray(0, 8)
    .toString('base64');
}
