import { isStatus } from '@gantry/base';
import type { Connection } from './connection.ts';

/** One kind of object that the server has, as discovery tells it. */
export interface ApiResource {
  group: string;
  version: string;
  kind: string;
  /** The plural. */
  name: string;
  singularName: string;
  namespaced: boolean;
  shortNames: readonly string[];
  categories: readonly string[];
  verbs: readonly string[];
}

interface ResourceList {
  groupVersion: string;
  resources: {
    name: string;
    singularName?: string;
    namespaced: boolean;
    kind: string;
    verbs: string[];
    shortNames?: string[];
    categories?: string[];
  }[];
}

interface GroupList {
  groups: {
    name: string;
    versions: { groupVersion: string; version: string }[];
    preferredVersion: { version: string };
  }[];
}

const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const wellKnown: readonly ApiResource[] = [
  ['', 'Pod', 'pods', ['po']],
  ['', 'Service', 'services', ['svc']],
  ['', 'Node', 'nodes', ['no']],
  ['', 'Namespace', 'namespaces', ['ns']],
  ['', 'ConfigMap', 'configmaps', ['cm']],
  ['', 'Secret', 'secrets', []],
  ['', 'Event', 'events', ['ev']],
  ['', 'ServiceAccount', 'serviceaccounts', ['sa']],
  ['apps', 'Deployment', 'deployments', ['deploy']],
  ['apps', 'ReplicaSet', 'replicasets', ['rs']],
].map(([group, kind, name, shortNames]) => ({
  group: group as string,
  version: 'v1',
  kind: kind as string,
  name: name as string,
  singularName: (kind as string).toLowerCase(),
  namespaced: kind !== 'Node' && kind !== 'Namespace',
  shortNames: shortNames as string[],
  categories: [],
  verbs,
}));

/**
 * What the server has, asked for at the first need and remembered for the life of this object. Kinds that every server has had under the
 * same names for years are known without asking: that saves the daily commands two round trips.
 */
export class Discovery {
  readonly #connection: Connection;
  #resources: Promise<readonly ApiResource[]> | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Every resource of every group, subresources left out; the core group first, preferred versions first in each. */
  all(): Promise<readonly ApiResource[]> {
    return (this.#resources ??= this.#load());
  }

  /**
   * The resource meant by `pods`, `pod`, `po`, `deployments.apps`, `deployments.v1.apps`, in any case. NotFound in kubectl's words
   * otherwise.
   */
  async find(text: string): Promise<ApiResource> {
    const [name = '', ...rest] = text.toLowerCase().split('.');
    const suffix = rest.join('.');
    const named = (each: ApiResource) =>
      each.name === name ||
      each.singularName === name ||
      each.shortNames.includes(name) ||
      each.kind.toLowerCase() === name;
    const inGroup = (each: ApiResource) =>
      !suffix ||
      each.group === suffix ||
      `${each.version}.${each.group}` === suffix ||
      (each.group === '' && each.version === suffix);
    const meant = (each: ApiResource) => named(each) && inGroup(each);
    const found = wellKnown.find(meant) ?? (await this.all()).find(meant);
    if (!found) throw new UnknownResource(text);
    return found;
  }

  /** All resources of a category (`all`), or undefined when it is none. */
  async category(name: string): Promise<readonly ApiResource[] | undefined> {
    if (
      wellKnown.some(
        (each) => each.name === name || each.singularName === name || each.shortNames.includes(name),
      )
    )
      return undefined;
    const found = (await this.all()).filter(
      (each) => each.categories.includes(name) && each.verbs.includes('list'),
    );
    return found.length > 0 ? found : undefined;
  }

  /** The resource of an object, by its apiVersion and kind. */
  async ofKind(apiVersion: string, kind: string): Promise<ApiResource> {
    const [group, version] = apiVersion.includes('/')
      ? (apiVersion.split('/') as [string, string])
      : ['', apiVersion];
    const meant = (each: ApiResource) =>
      each.group === group && each.version === version && each.kind === kind;
    const found = wellKnown.find(meant) ?? (await this.all()).find(meant);
    if (!found) throw new UnknownKind(apiVersion, kind);
    return found;
  }

  async #load(): Promise<readonly ApiResource[]> {
    const ask = async <T>(path: string) =>
      JSON.parse((await this.#connection.request({ path })).body.toString()) as T;
    const { groups } = await ask<GroupList>('/apis');
    const paths = [
      '/api/v1',
      ...groups.flatMap((group) =>
        [...group.versions]
          .sort(
            (a, b) =>
              Number(b.version === group.preferredVersion.version) -
              Number(a.version === group.preferredVersion.version),
          )
          .map((each) => `/apis/${each.groupVersion}`),
      ),
    ];
    // A group whose server is away must not hide the others.
    const lists = await Promise.all(
      paths.map((path) =>
        ask<ResourceList>(path).catch((error: unknown) => {
          if (isStatus(error, 'ServiceUnavailable', 'NotFound') && path !== '/api/v1') return undefined;
          throw error;
        }),
      ),
    );
    return lists.flatMap((list) => (list ? resourcesOf(list) : []));
  }
}

function resourcesOf({ groupVersion, resources }: ResourceList): ApiResource[] {
  const [group, version] = groupVersion.includes('/')
    ? (groupVersion.split('/') as [string, string])
    : ['', groupVersion];
  return resources
    .filter((each) => !each.name.includes('/'))
    .map((each) => ({
      group,
      version,
      kind: each.kind,
      name: each.name,
      singularName: each.singularName || each.kind.toLowerCase(),
      namespaced: each.namespaced,
      shortNames: each.shortNames ?? [],
      categories: each.categories ?? [],
      verbs: each.verbs,
    }));
}

export class UnknownResource extends Error {
  override readonly name = 'UnknownResource';

  constructor(resource: string) {
    super(`the server doesn't have a resource type "${resource}"`);
  }
}

export class UnknownKind extends Error {
  override readonly name = 'UnknownKind';

  constructor(apiVersion: string, kind: string) {
    super(`no matches for kind "${kind}" in version "${apiVersion}"\nensure CRDs are installed first`);
  }
}

/** The REST path of a collection, or of one object in it. */
export function pathOf(
  resource: ApiResource,
  namespace: string | undefined,
  name?: string,
  subresource?: string,
): string {
  const base = resource.group ? `/apis/${resource.group}/${resource.version}` : `/api/${resource.version}`;
  const scope =
    resource.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  const object = name === undefined ? '' : `/${encodeURIComponent(name)}`;
  return `${base}${scope}/${resource.name}${object}${subresource ? `/${subresource}` : ''}`;
}

/** `pods` or `deployments.apps`, as messages name a resource. */
export const qualifiedName = (resource: ApiResource) =>
  resource.group ? `${resource.name}.${resource.group}` : resource.name;

/** `pod/web` or `deployment.apps/web`, as commands print an object. */
export const objectLabel = (resource: ApiResource, name: string) =>
  `${resource.singularName}${resource.group ? `.${resource.group}` : ''}/${name}`;
