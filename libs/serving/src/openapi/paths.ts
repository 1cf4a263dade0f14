import type { ServedResource, WireType } from '../resource.ts';
import { patchTypes } from '../verbs/patch.ts';

/** One operation of a path, in neither version's form yet. */
export interface Operation {
  id: string;
  action: string;
  type: WireType;
  /** Names of query parameters, each a string or as in {@link parameterTypes}. */
  parameters: readonly string[];
  /** Media types of the body; empty: none. */
  consumes: readonly string[];
}

export type Method = 'get' | 'put' | 'post' | 'delete' | 'patch';
export type Operations = Partial<Record<Method, Operation>>;

export const parameterTypes: Record<string, 'string' | 'integer' | 'boolean'> = {
  limit: 'integer',
  timeoutSeconds: 'integer',
  gracePeriodSeconds: 'integer',
  watch: 'boolean',
  allowWatchBookmarks: 'boolean',
  sendInitialEvents: 'boolean',
  orphanDependents: 'boolean',
  force: 'boolean',
};

const listParameters = [
  ...['labelSelector', 'fieldSelector', 'limit', 'continue', 'resourceVersion', 'resourceVersionMatch'],
  ...['watch', 'allowWatchBookmarks', 'sendInitialEvents', 'timeoutSeconds'],
];
const writeParameters = ['dryRun', 'fieldManager', 'fieldValidation'];
const deleteParameters = ['dryRun', 'gracePeriodSeconds', 'orphanDependents', 'propagationPolicy'];
const bodies = ['application/json', 'application/yaml'];

/** Verbs by method on a collection and on an object. */
const collectionMethods = { get: 'list', post: 'create', delete: 'deletecollection' } as const;
const objectMethods = { get: 'get', put: 'update', patch: 'patch', delete: 'delete' } as const;

function parametersOf(verb: string): readonly string[] {
  switch (verb) {
    case 'list':
      return listParameters;
    case 'deletecollection':
      return [...listParameters.slice(0, 6), ...deleteParameters];
    case 'create':
    case 'update':
      return writeParameters;
    case 'patch':
      return [...writeParameters, 'force'];
    case 'delete':
      return deleteParameters;
    default:
      return [];
  }
}

function operationsOf(
  methods: Readonly<Partial<Record<Method, string>>>,
  handlers: Readonly<Record<string, unknown>>,
  type: WireType,
  idSuffix: string,
): Operations {
  const found: Operations = {};
  for (const [method, verb] of Object.entries(methods) as [Method, string][]) {
    if (!Object.hasOwn(handlers, verb)) continue;
    found[method] = {
      id: `${verb}${idSuffix}`,
      action: verb === 'create' ? 'post' : verb === 'update' ? 'put' : verb,
      type,
      parameters: parametersOf(verb),
      consumes: verb === 'patch' ? patchTypes : method === 'get' ? [] : bodies,
    };
  }
  return found;
}

/** Every path of a resource with its operations: `/api/v1/namespaces/{namespace}/pods/{name}/status` … */
export function pathsOf(resource: ServedResource): Record<string, Operations> {
  const { type, plural, namespaced, handlers } = resource;
  const root = type.group ? `/apis/${type.group}/${type.version}` : `/api/${type.version}`;
  const base = namespaced ? `${root}/namespaces/{namespace}/${plural}` : `${root}/${plural}`;
  const id = `${type.group.split('.')[0] || 'Core'}${type.version}${namespaced ? 'Namespaced' : ''}${type.kind}`;
  const paths: Record<string, Operations> = {
    [base]: operationsOf(collectionMethods, handlers, type, id),
    [`${base}/{name}`]: operationsOf(objectMethods, handlers, type, id),
  };
  if (namespaced) {
    const all = operationsOf({ get: 'list' }, handlers, type, `${id}ForAllNamespaces`);
    if (all.get) paths[`${root}/${plural}`] = all;
  }
  for (const [name, subresource] of Object.entries(resource.subresources)) {
    const methods = { get: 'get', put: 'update', patch: 'patch', post: 'create' } as const;
    paths[`${base}/{name}/${name}`] = operationsOf(
      methods,
      subresource.handlers,
      subresource.type,
      `${id}${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    );
  }
  return Object.fromEntries(Object.entries(paths).filter(([, each]) => Object.keys(each).length > 0));
}
