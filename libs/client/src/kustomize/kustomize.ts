import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { messageOf } from '@gantry/base';
import { applyJsonPatch, kustomizeYamlOptions, matchesLabels, parseLabelSelector } from '@gantry/api';
import { parseManifests, type Manifest } from '../manifests.ts';
import { formatYaml } from '../output/yaml.ts';
import { shapeOfKind } from '../verbs/apply.ts';
import { parseYaml } from '../yaml.ts';
import { contentHash, generate, optionsOf, type GeneratorOptions, type GeneratorSpec } from './generate.ts';
import { mergeStrategic } from './merge.ts';
import { updateReferences } from './references.ts';
import { groupOf, KustomizeError, type Json, type Resource } from './resource.ts';
import {
  addAnnotations,
  addLabels,
  changeImages,
  isTarget,
  rename,
  setName,
  setNamespace,
  setReplicas,
  type ImageChange,
  type PatchTarget,
} from './transform.ts';

/** What of `kustomization.yaml` is understood (`api/types/kustomization.go`); all else is refused rather than passed over. */
interface Kustomization {
  resources?: string[];
  bases?: string[];
  components?: string[];
  namePrefix?: string;
  nameSuffix?: string;
  namespace?: string;
  commonLabels?: Record<string, string>;
  labels?: { pairs?: Record<string, string>; includeSelectors?: boolean; includeTemplates?: boolean }[];
  commonAnnotations?: Record<string, string>;
  images?: ImageChange[];
  replicas?: { name: string; count: number }[];
  configMapGenerator?: GeneratorSpec[];
  secretGenerator?: GeneratorSpec[];
  generatorOptions?: GeneratorOptions;
  patches?: Patch[];
  patchesStrategicMerge?: string[];
  patchesJson6902?: Patch[];
  sortOptions?: { order?: string };
}

interface Patch {
  path?: string;
  patch?: string;
  target?: PatchTarget;
  options?: { allowNameChange?: boolean; allowKindChange?: boolean };
}

const known = new Set(
  `apiVersion kind metadata resources bases components namePrefix nameSuffix namespace commonLabels labels commonAnnotations images
  replicas configMapGenerator secretGenerator generatorOptions patches patchesStrategicMerge patchesJson6902 sortOptions`.split(
    /\s+/,
  ),
);
const understoodByKustomize = new Set(
  `vars replacements crds helmCharts helmGlobals helmChartInflationGenerator configurations generators transformers validators openapi
  buildMetadata imageTags inventory`.split(/\s+/),
);
const deprecated = {
  bases: 'resources',
  commonLabels: 'labels',
  patchesStrategicMerge: 'patches',
  patchesJson6902: 'patches',
};
const fileNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** What `kubectl kustomize` makes of a folder, as text. */
export const kustomize = (folder: string, warn?: (line: string) => void): string =>
  kustomizedManifests(folder, warn)
    .map(({ object }) => formatYaml(object))
    .join('---\n');

/**
 * Builds a folder's kustomization: its resources and those of the folders it names, generated ConfigMaps and Secrets with the hash of
 * their content in their names, patched, renamed, labelled. The objects come in kustomize's order. Only local files, those of a folder
 * below it. `warn` is told of fields that kustomize will drop. Throws KustomizeError.
 */
export function kustomizedManifests(folder: string, warn: (line: string) => void = () => {}): Manifest[] {
  const root = realFolder(folder, '.');
  const { resources, spec } = accumulate(root, [], [], warn);
  for (const resource of resources)
    if (resource.hashed) setName(resource, `${resource.object.metadata.name}-${contentHash(resource)}`);
  updateReferences(resources);
  if (spec.sortOptions?.order !== 'fifo') resources.sort(inLegacyOrder);
  return resources.map(({ object }) => ({ object, source: folder }));
}

/** A folder's kustomization, over what a component's parent has already. */
function accumulate(
  root: string,
  visited: readonly string[],
  before: readonly Resource[],
  warn: (line: string) => void,
): { resources: Resource[]; spec: Kustomization } {
  const cycle = visited.find((each) => each === root);
  if (cycle)
    throw new KustomizeError(`cycle detected: candidate root '${root}' contains visited root '${cycle}'`);
  const spec = readKustomization(root);
  for (const [field, instead] of Object.entries(deprecated))
    if (field in spec)
      warn(
        `# Warning: '${field}' is deprecated. Please use '${instead}' instead. Run 'kustomize edit fix' to update your Kustomization automatically.`,
      );
  const path = [...visited, root];
  let resources: Resource[] = [...before];
  const add = (more: readonly Resource[]) => more.forEach((each) => addOnce(resources, each));
  for (const entry of [...(spec.resources ?? []), ...(spec.bases ?? [])]) {
    if (statSync(join(root, entry), { throwIfNoEntry: false })?.isDirectory())
      add(accumulate(realFolder(entry, root), path, [], warn).resources);
    else
      for (const { object } of parseManifests(read(root, entry).toString('utf8'), entry, {
        yaml: kustomizeYamlOptions,
      }))
        add([{ object, names: [object.metadata.name ?? ''], hashed: false, origin: root }]);
  }
  for (const entry of spec.components ?? [])
    ({ resources } = accumulate(realFolder(entry, root), path, resources, warn));
  for (const [kind, specs = []] of [
    ['ConfigMap', spec.configMapGenerator],
    ['Secret', spec.secretGenerator],
  ] as const)
    for (const each of specs) addGenerated(resources, kind, each, spec.generatorOptions, root);
  transform(resources, spec, root);
  resources = resources.filter(({ object }) => object.metadata !== undefined);
  updateReferences(resources);
  return { resources, spec };
}

function readKustomization(root: string): Kustomization {
  const file = fileNames.find((name) => statSync(join(root, name), { throwIfNoEntry: false })?.isFile());
  if (!file)
    throw new KustomizeError(
      `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${root}'`,
    );
  const text = read(root, file).toString('utf8');
  let value: unknown;
  try {
    value = parseYaml(text);
  } catch (error) {
    throw new KustomizeError(`invalid Kustomization: ${messageOf(error).split('\n')[0]}`);
  }
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0)
    throw new KustomizeError(`${file} is empty`);
  for (const key of Object.keys(value)) {
    if (understoodByKustomize.has(key))
      throw new KustomizeError(
        `${join(root, file)}: "${key}" is not supported here: build it with kustomize`,
      );
    if (!known.has(key)) throw new KustomizeError(`invalid Kustomization: json: unknown field "${key}"`);
  }
  if ((value as { labels?: { fields?: unknown[] }[] }).labels?.some(({ fields = [] }) => fields.length > 0))
    throw new KustomizeError(
      `${join(root, file)}: "labels.fields" is not supported here: build it with kustomize`,
    );
  checkText(value as Json, ['namePrefix', 'nameSuffix', 'namespace']);
  for (const map of ['commonLabels', 'commonAnnotations'])
    checkText(((value as Json)[map] ?? {}) as Json, undefined, `.${map}`);
  for (const pairs of ((value as Kustomization).labels ?? []).map((each) => each.pairs ?? {}))
    checkText(pairs, undefined, '.labels.pairs');
  for (const image of (value as Kustomization).images ?? [])
    checkText(image as unknown as Json, ['name', 'newName', 'newTag', 'digest', 'tagSuffix'], '.images');
  return value as Kustomization;
}

/** A version that is read as a number would lose its zeros. */
function checkText(map: Json, keys = Object.keys(map), where = ''): void {
  for (const key of keys)
    if (map[key] !== undefined && map[key] !== null && typeof map[key] !== 'string')
      throw new KustomizeError(
        `invalid Kustomization: json: cannot unmarshal ${typeof map[key]} into Go struct field Kustomization${where}.${key} of type string`,
      );
}

function realFolder(entry: string, root: string): string {
  if (
    /^(https?|ssh|git):|^git@|^github\.com\//.test(entry) &&
    !statSync(join(root, entry), { throwIfNoEntry: false })
  )
    throw new KustomizeError(`'${entry}' is remote: only local folders are built here`);
  try {
    return realpathSync(resolve(root, entry));
  } catch (error) {
    throw new KustomizeError(`must build at directory: not a valid directory: ${messageOf(error)}`);
  }
}

/** The bytes of a file in or below the kustomization's folder: no other, wherever links may lead. */
function read(root: string, path: string): Buffer {
  if (/^https?:\/\//.test(path))
    throw new KustomizeError(`'${path}' is remote: only local files are built here`);
  let file: string;
  try {
    file = realpathSync(resolve(root, path));
  } catch (error) {
    throw new KustomizeError(`accumulating resources from '${path}': ${messageOf(error)}`);
  }
  const folder = realpathSync(root);
  if (dirname(file) !== folder && !file.startsWith(folder + (folder.endsWith(sep) ? '' : sep)))
    throw new KustomizeError(`security; file '${file}' is not in or below '${folder}'`);
  return readFileSync(file);
}

const idOf = ({ object: { apiVersion, kind, metadata } }: Resource) =>
  JSON.stringify([apiVersion.replace(/[^/]*$/, ''), kind, metadata.namespace ?? '', metadata.name]);

function addOnce(resources: Resource[], added: Resource): void {
  const id = idOf(added);
  if (resources.some((each) => idOf(each) === id)) {
    const { kind, apiVersion, metadata } = added.object;
    const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
    throw new KustomizeError(
      `may not add resource with an already registered id: ${kind}.${version}.${groupOf(added) || '[noGrp]'}/${metadata.name}.${metadata.namespace ?? '[noNs]'}`,
    );
  }
  resources.push(added);
}

function addGenerated(
  resources: Resource[],
  kind: 'ConfigMap' | 'Secret',
  spec: GeneratorSpec,
  defaults: GeneratorOptions | undefined,
  root: string,
): void {
  const made = generate(kind, spec, defaults, (path) => read(root, path));
  const hashed = !optionsOf(spec, defaults).disableNameSuffixHash;
  const added: Resource = { object: made, names: [made.metadata.name!], hashed, origin: root };
  if (spec.behavior !== 'merge' && spec.behavior !== 'replace') return addOnce(resources, added);
  const old = resources.find(
    ({ object, names }) =>
      object.kind === kind &&
      names.includes(made.metadata.name!) &&
      (spec.namespace === undefined || (object.metadata.namespace ?? '') === spec.namespace),
  );
  if (!old)
    throw new KustomizeError(
      `merging from generator: ${kind} "${made.metadata.name}" does not exist; cannot merge or replace`,
    );
  const { object } = old;
  const { labels, annotations } = made.metadata;
  if (labels) object.metadata.labels = { ...object.metadata.labels, ...labels };
  if (annotations) object.metadata.annotations = { ...object.metadata.annotations, ...annotations };
  for (const field of ['data', 'binaryData']) {
    const [before, now] = [object, made].map((each) => (each as unknown as Json)[field] as Json | undefined);
    const value = spec.behavior === 'replace' ? now : before || now ? { ...before, ...now } : undefined;
    if (value) (object as unknown as Json)[field] = value;
    else delete (object as unknown as Json)[field];
  }
  old.hashed = hashed;
}

/** In kustomize's order (`api/internal/target/kusttarget_configplugin.go`). */
function transform(resources: Resource[], spec: Kustomization, root: string): void {
  for (const text of spec.patchesStrategicMerge ?? [])
    applyPatch(resources, text.includes('\n') ? { patch: text } : { path: text }, root);
  for (const each of spec.patches ?? []) applyPatch(resources, each, root);
  const all = resources.filter(({ object }) => object.metadata !== undefined);
  if (spec.namespace) for (const each of all) setNamespace(each, spec.namespace);
  for (const each of all) rename(each, spec.namePrefix, spec.nameSuffix);
  for (const each of all) {
    for (const { pairs = {}, includeSelectors = false, includeTemplates = false } of spec.labels ?? [])
      addLabels(each, pairs, { selectors: includeSelectors, templates: includeTemplates });
    if (spec.commonLabels) addLabels(each, spec.commonLabels, { selectors: true, templates: true });
    if (spec.commonAnnotations) addAnnotations(each, spec.commonAnnotations);
  }
  for (const each of spec.patchesJson6902 ?? []) applyPatch(resources, each, root);
  for (const each of spec.replicas ?? []) setReplicas(all, each);
  if (spec.images) for (const each of all) changeImages(each, spec.images);
}

const matches = (selector: string, pairs: Record<string, string> | undefined) =>
  matchesLabels(parseLabelSelector(selector), pairs);

/** A patch for one object or, with a target, for many. What a patch deletes is left without metadata, and dropped by the caller. */
function applyPatch(resources: readonly Resource[], patch: Patch, root: string): void {
  const text = patch.path === undefined ? (patch.patch ?? '') : read(root, patch.path).toString('utf8');
  const source = patch.path ?? 'patch';
  const operations = listOf(text);
  if (operations) {
    if (!patch.target) throw new KustomizeError(`must specify a target for JSON patch ${source}`);
    for (const resource of chosen(resources, patch.target))
      try {
        resource.object = applyJsonPatch(resource.object, operations);
      } catch (error) {
        throw new KustomizeError(
          `patch "${source}" does not apply to ${idOf(resource)}: ${messageOf(error)}`,
        );
      }
    return;
  }
  const manifests = strategicPatches(text, source, patch.target !== undefined);
  for (const { object } of manifests) {
    const found = patch.target ? chosen(resources, patch.target) : chosen(resources, targetOf(object));
    if (!patch.target && found.length === 0)
      throw new KustomizeError(
        `no resource matches strategic merge patch "${object.kind}.${object.apiVersion}/${object.metadata.name}.${object.metadata.namespace ?? '[noNs]'}": no matches for Id`,
      );
    for (const resource of found) merge(resource, object, patch.options);
  }
}

function listOf(text: string): unknown[] | undefined {
  try {
    const value = parseYaml(text);
    return Array.isArray(value) ? (value as unknown[]) : undefined;
  } catch {
    return undefined; // Several documents are no list of operations, and what is no YAML is refused as a manifest.
  }
}

function strategicPatches(text: string, source: string, targeted: boolean): Manifest[] {
  try {
    return parseManifests(text, source, { names: !targeted, yaml: kustomizeYamlOptions });
  } catch (error) {
    throw new KustomizeError(`unable to parse SM or JSON patch from [${source}]: ${messageOf(error)}`);
  }
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const targetOf = ({ apiVersion, kind, metadata }: Manifest['object']): PatchTarget => ({
  ...(apiVersion.includes('/') ? { group: literal(apiVersion.slice(0, apiVersion.indexOf('/'))) } : {}),
  kind: literal(kind),
  name: literal(metadata.name ?? ''),
  ...(metadata.namespace ? { namespace: literal(metadata.namespace) } : {}),
});

const chosen = (resources: readonly Resource[], target: PatchTarget) =>
  resources.filter((each) => each.object.metadata !== undefined && isTarget(each, target, matches));

function merge(resource: Resource, patch: Manifest['object'], options: Patch['options'] = {}): void {
  const { apiVersion, kind, metadata } = resource.object;
  const merged = mergeStrategic(resource.object, patch, shapeOfKind(resource.object)) as
    Manifest['object'] | undefined;
  if (!merged) {
    resource.object = { apiVersion, kind } as Manifest['object'];
    return;
  }
  merged.apiVersion = apiVersion;
  if (!options.allowKindChange) merged.kind = kind;
  if (!options.allowNameChange && metadata.name !== undefined) merged.metadata.name = metadata.name;
  if (metadata.namespace !== undefined) merged.metadata.namespace = metadata.namespace;
  else delete merged.metadata.namespace;
  if (merged.metadata.name !== metadata.name) resource.names.push(merged.metadata.name ?? '');
  for (const map of ['labels', 'annotations'] as const)
    if (merged.metadata[map] && Object.keys(merged.metadata[map]).length === 0) delete merged.metadata[map];
  resource.object = merged;
}

const first =
  `Namespace ResourceQuota StorageClass CustomResourceDefinition ServiceAccount PodSecurityPolicy Role ClusterRole RoleBinding
  ClusterRoleBinding ConfigMap Secret Endpoints Service LimitRange PriorityClass PersistentVolume PersistentVolumeClaim Deployment
  StatefulSet CronJob PodDisruptionBudget`.split(/\s+/);
const last = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** What others need first, webhooks last; between them by group, version, kind, namespace and name (`sortordertransformer.go`). */
function inLegacyOrder(a: Resource, b: Resource): number {
  const rank = ({ object: { kind } }: Resource) => {
    const early = first.indexOf(kind);
    return early >= 0 ? early - first.length : last.indexOf(kind) + 1;
  };
  const key = (resource: Resource) => {
    const { apiVersion, kind, metadata } = resource.object;
    const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
    return [groupOf(resource) || '~G', version, kind, metadata.namespace ?? '~X', metadata.name];
  };
  const [x, y] = [key(a), key(b)];
  const differs = x.findIndex((each, i) => each !== y[i]);
  return rank(a) - rank(b) || (differs < 0 ? 0 : x[differs]! < y[differs]! ? -1 : 1);
}
