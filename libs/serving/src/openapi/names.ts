import type { Schema } from '@gantry/api';
import type { ServedResource, WireType } from '../resource.ts';

/** The models that are shared by all groups; in Go they live in apimachinery. */
const metaModels = new Set(
  [
    ...['ObjectMeta', 'ListMeta', 'LabelSelector', 'LabelSelectorRequirement', 'FieldSelectorRequirement'],
    ...['ManagedFieldsEntry', 'OwnerReference', 'Condition', 'Status', 'StatusDetails', 'StatusCause'],
    ...[
      'DeleteOptions',
      'Preconditions',
      'WatchEvent',
      'APIResource',
      'APIResourceList',
      'APIGroup',
      'APIGroupList',
    ],
    ...['APIVersions', 'GroupVersionForDiscovery', 'ServerAddressByClientCIDR'],
  ].map((each) => `V1${each}`),
);
/** Kinds of the core group that others are made of, served or not. */
const coreRoots = ['V1PodTemplate', 'V1PersistentVolume', 'V1PersistentVolumeClaim', 'V1ObjectReference'];
const metaPackage = 'io.k8s.apimachinery.pkg.apis.meta.v1';

/** `V1Pod`, `CoreV1Event`, `V2MetricSpec`: an optional group, the version, the kind. */
const modelName = /^(?:[A-Z][a-z]+)??(V\d+(?:(?:alpha|beta)\d+)?)([A-Z]\w*)$/;

/** `io.k8s.api.core.v1`, as upstream names the Go packages of its API. */
function packageOf(group: string, version: string): string {
  if (group === 'apiextensions.k8s.io')
    return `io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.${version}`;
  if (group === 'apiregistration.k8s.io') return `io.k8s.kube-aggregator.pkg.apis.apiregistration.${version}`;
  return `io.k8s.api.${group === '' ? 'core' : group.split('.', 1)[0]}.${version}`;
}

export type Schemas = Readonly<Record<string, Schema>>;

/** The model of a type on the wire: `V1Pod`; the group's name goes first where two groups have the kind. */
export function modelOf(schemas: Schemas, { group, version, kind }: WireType): string | undefined {
  const plain = version.charAt(0).toUpperCase() + version.slice(1) + kind;
  const first = group === '' ? 'core' : group.split('.', 1)[0]!;
  const prefixed = first.charAt(0).toUpperCase() + first.slice(1) + plain;
  return [prefixed, plain].find((each) => Object.hasOwn(schemas, each));
}

/** All types that go over the wire for the resources, objects and lists. */
export function wireTypesOf(
  resources: readonly ServedResource[],
): { type: WireType; model: string | undefined }[] {
  return resources.flatMap((resource) => [
    { type: resource.type, model: resource.stored?.schema },
    ...(resource.stored
      ? [
          {
            type: { ...resource.type, kind: resource.stored.listKind },
            model: `${resource.stored.schema}List`,
          },
        ]
      : []),
    ...Object.values(resource.subresources).map(({ type }) => ({ type, model: undefined })),
  ]);
}

/** Models that `model` needs, itself first. */
export function closureOf(schemas: Schemas, models: Iterable<string>): Set<string> {
  const found = new Set<string>();
  const visit = (schema: Schema): void => {
    if (schema.$ref) follow(schema.$ref);
    if (schema.items) visit(schema.items);
    if (schema.additionalProperties) visit(schema.additionalProperties);
    for (const each of Object.values(schema.properties ?? {})) visit(each);
  };
  const follow = (model: string): void => {
    const schema = schemas[model];
    if (!schema || found.has(model)) return;
    found.add(model);
    visit(schema);
  };
  for (const model of models) follow(model);
  return found;
}

/**
 * The names that clients know the models by: `V1Pod` is `io.k8s.api.core.v1.Pod`. The models do not say which group they are
 * of, so that each is given to the first group whose kinds need it, the core group first: that is how upstream's packages
 * depend on one another.
 */
export class ModelNames {
  readonly #names = new Map<string, string>();

  constructor(schemas: Schemas, resources: readonly ServedResource[]) {
    const order = (type: WireType) => (type.group === '' ? 0 : 1);
    const types = wireTypesOf(resources).sort((a, b) => order(a.type) - order(b.type));
    // Roots first: a kind belongs to its own group whoever refers to it.
    const roots = types.flatMap(({ type, model }) => {
      const known = model && Object.hasOwn(schemas, model) ? model : modelOf(schemas, type);
      return known ? [{ type, model: known }] : [];
    });
    for (const model of metaModels) this.#assign(model, metaPackage);
    for (const { type, model } of roots) this.#assign(model, packageOf(type.group, type.version));
    for (const each of closureOf(schemas, coreRoots)) this.#assign(each, packageOf('', 'v1'));
    for (const { type, model } of roots)
      for (const each of closureOf(schemas, [model])) this.#assign(each, packageOf(type.group, type.version));
  }

  #assign(model: string, packageName: string): void {
    if (this.#names.has(model)) return;
    const [, version = 'V1', kind = model] = modelName.exec(model) ?? [];
    // A model of another version than its package's keeps its own: autoscaling/v2 refers to nothing of v1, but others may.
    const base = packageName.replace(/\.v\d\w*$/, '');
    this.#names.set(model, `${base}.${version.toLowerCase()}.${kind}`);
  }

  of(model: string): string {
    const name = this.#names.get(model);
    if (name === undefined) throw new RangeError(`the model ${model} is not part of what is served`);
    return name;
  }

  has(model: string): boolean {
    return this.#names.has(model);
  }
}
