import {
  groupOf,
  isMap,
  isNamespaced,
  KustomizeError,
  templatePath,
  visit,
  type Json,
  type Resource,
} from './resource.ts';

// The transformers of a kustomization that change fields of many objects; which fields: `api/internal/konfig/builtinpluginconsts`.

/** `namePrefix` and `nameSuffix`: but the names of some kinds mean something by themselves. */
export function rename(resource: Resource, prefix = '', suffix = ''): void {
  const { kind, metadata } = resource.object;
  const fixed = ['CustomResourceDefinition', 'APIService', 'Namespace'].includes(kind);
  if (!fixed && (prefix || suffix)) setName(resource, prefix + (metadata.name ?? '') + suffix);
}

export function setName({ object, names }: Resource, name: string): void {
  object.metadata.name = name;
  names.push(name);
}

/** `namespace`: of all that have one; a Namespace gets the name itself. */
export function setNamespace(resource: Resource, namespace: string): void {
  const { object } = resource;
  if (object.kind === 'Namespace') setName(resource, namespace);
  else if (isNamespaced(resource)) object.metadata.namespace = namespace;
  visit(object, 'subjects/namespace', (subject, field) => {
    if (subject['kind'] === 'ServiceAccount' && subject['name'] === 'default') subject[field] = namespace;
  });
  const service =
    object.kind === 'APIService' ? 'spec/service/namespace' : 'webhooks/clientConfig/service/namespace';
  visit(object, service, (holder, field) => (holder[field] = namespace));
}

/** Where selectors are, beside those that every controller has; these are only added to. */
const selectorsOf: Readonly<Record<string, string>> = {
  Job: 'spec/selector/matchLabels',
  CronJob: 'spec/jobTemplate/spec/selector/matchLabels',
  PodDisruptionBudget: 'spec/selector/matchLabels',
  NetworkPolicy:
    'spec/podSelector/matchLabels spec/ingress/from/podSelector/matchLabels spec/egress/to/podSelector/matchLabels',
};
const selectorsOfPods = [
  'topologySpreadConstraints/labelSelector/matchLabels',
  ...['podAffinity', 'podAntiAffinity'].flatMap((kind) => [
    `affinity/${kind}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels`,
    `affinity/${kind}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels`,
  ]),
];

type Pairs = Readonly<Record<string, string>>;

/** Adds to the maps at a path; those that are absent are made with `create`. */
const put = ({ object }: Resource, path: string, pairs: Pairs, create = true) =>
  visit(
    object,
    path,
    (holder, field) => {
      if (create || holder[field] !== undefined)
        holder[field] = { ...(isMap(holder[field]) ? holder[field] : {}), ...pairs };
    },
    create,
  );

/** `labels`, and with both switches `commonLabels`. */
export function addLabels(
  resource: Resource,
  pairs: Pairs,
  { selectors, templates }: { selectors: boolean; templates: boolean },
): void {
  const { object } = resource;
  const { kind } = object;
  const template = templatePath(resource);
  put(resource, 'metadata/labels', pairs);
  if (template && (selectors || templates)) {
    put(resource, `${template}/metadata/labels`, pairs);
    if (kind === 'CronJob') put(resource, 'spec/jobTemplate/metadata/labels', pairs);
    if ((object as { spec?: Json }).spec?.['volumeClaimTemplates'])
      put(resource, 'spec/volumeClaimTemplates/metadata/labels', pairs);
  }
  if (!selectors) return;
  if (kind === 'Service' || kind === 'ReplicationController') put(resource, 'spec/selector', pairs);
  if (['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'].includes(kind))
    put(resource, 'spec/selector/matchLabels', pairs);
  for (const path of selectorsOf[kind]?.split(' ') ?? []) put(resource, path, pairs, false);
  if (kind === 'Deployment' || kind === 'StatefulSet')
    for (const path of selectorsOfPods) put(resource, `${template}/spec/${path}`, pairs, false);
}

export function addAnnotations(resource: Resource, pairs: Pairs): void {
  const template = templatePath(resource);
  put(resource, 'metadata/annotations', pairs);
  if (template) put(resource, `${template}/metadata/annotations`, pairs);
  if (resource.object.kind === 'CronJob') put(resource, 'spec/jobTemplate/metadata/annotations', pairs);
}

export interface ImageChange {
  name: string;
  newName?: string;
  newTag?: string;
  tagSuffix?: string;
  digest?: string;
}

/** `images`: in every list of containers, of custom kinds too. */
export function changeImages({ object }: Resource, changes: readonly ImageChange[]): void {
  const search = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(search);
    if (!isMap(value)) return;
    for (const [key, member] of Object.entries(value)) {
      if (key === 'containers' || key === 'initContainers')
        visit(member, 'image', (container, field) => {
          if (typeof container[field] === 'string')
            container[field] = changes.reduce(changedImage, container[field]);
        });
      search(member);
    }
  };
  if (object.kind !== 'CustomResourceDefinition') search(object);
}

function changedImage(image: string, { name, newName, newTag, digest, tagSuffix = '' }: ImageChange): string {
  const [, was, tag = '', sum = ''] = /^(.*?)(:[\w.{}-]*)?(@sha256:[\w.{}-]*)?$/s.exec(image) ?? [];
  if (was !== name) return image;
  const base = newName || name;
  if (newTag || digest) return `${base}${newTag ? `:${newTag}` : ''}${digest ? `@${digest}` : ''}`;
  return `${base}${tag}${tagSuffix}${sum}`;
}

const scalable = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'];

/** `replicas`: of what has, or had, the name. */
export function setReplicas(
  resources: readonly Resource[],
  { name, count }: { name: string; count: number },
) {
  const found = resources.filter(
    ({ object, names }) => scalable.includes(object.kind) && names.includes(name),
  );
  if (found.length === 0)
    throw new KustomizeError(
      `resource with name ${name} does not match a config with the following GVK [${scalable.map((kind) => `${kind}.[noVer].[noGrp]`).join(' ')}]`,
    );
  for (const { object } of found)
    visit(object, 'spec/replicas', (spec, field) => (spec[field] = count), true);
}

/** Which objects a patch is for; names, kinds … are regular expressions for the whole of it. */
export type PatchTarget = Partial<
  Record<'group' | 'version' | 'kind' | 'name' | 'namespace' | 'labelSelector' | 'annotationSelector', string>
>;

export function isTarget(
  resource: Resource,
  target: PatchTarget,
  matches: (selector: string, pairs: Record<string, string> | undefined) => boolean,
): boolean {
  const { apiVersion, kind, metadata } = resource.object;
  const whole = (pattern: string | undefined, ...values: string[]) =>
    !pattern || values.some((value) => new RegExp(`^(?:${pattern})$`).test(value));
  return (
    whole(target.group, groupOf(resource)) &&
    whole(target.version, apiVersion.slice(apiVersion.indexOf('/') + 1)) &&
    whole(target.kind, kind) &&
    whole(target.name, ...resource.names) &&
    whole(target.namespace, metadata.namespace ?? '') &&
    (!target.labelSelector || matches(target.labelSelector, metadata.labels)) &&
    (!target.annotationSelector || matches(target.annotationSelector, metadata.annotations))
  );
}
