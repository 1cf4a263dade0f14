import { isStatus } from '@gantry/base';
import { shapeOf, type KubeObject, type Shape, type Stored } from '@gantry/api';
import type { Connection } from '../connection.ts';
import { objectLabel, pathOf, UnknownKind, type ApiResource, type Discovery } from '../discovery.ts';
import { getObject, query } from '../lines.ts';
import type { Manifest } from '../manifests.ts';
import { goJson } from '../output/json.ts';
import { threeWayPatch } from '../three-way-patch.ts';

export interface ApplyOptions {
  /** For objects that name none. */
  namespace: string;
  dryRun?: 'server' | undefined;
  serverSide?: boolean;
  forceConflicts?: boolean;
  /** Default `gantry-client-side-apply`, or `gantry` with `serverSide`. */
  fieldManager?: string | undefined;
  /** False lets fields pass that the kind does not have. */
  validate?: boolean;
}

export interface Applied {
  resource: ApiResource;
  object: Stored;
  outcome: 'created' | 'configured' | 'unchanged' | 'serverside-applied';
}

/** Where what was applied last is kept, in kubectl's annotation. */
export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** Kinds that others need to be there first. */
const earlier = ['Namespace', 'CustomResourceDefinition', 'ServiceAccount', 'Secret', 'ConfigMap', 'Service'];

/** In the order in which they can be made: namespaces first; otherwise as they stood. */
export function inOrder(manifests: readonly Manifest[]): Manifest[] {
  const rank = ({ object }: Manifest) => earlier.indexOf(object.kind) + 1 || earlier.length + 1;
  return manifests
    .map((manifest, i) => ({ manifest, i }))
    .sort((a, b) => rank(a.manifest) - rank(b.manifest) || a.i - b.i)
    .map(({ manifest }) => manifest);
}

/** Says before a refusal of the server what was being done, as kubectl does: `error when creating "web.yaml": …`. */
export function whenDoing(what: string, source: string) {
  return (error: unknown): never => {
    if (isStatus(error) && error.reason !== 'Invalid')
      error.message = `error when ${what} "${source}": ${error.message}`;
    throw error;
  };
}

/** Where a manifest belongs. */
export async function locate(discovery: Discovery, object: Manifest['object'], namespace: string) {
  const resource = await discovery.ofKind(object.apiVersion, object.kind);
  return { resource, namespace: resource.namespaced ? (object.metadata.namespace ?? namespace) : undefined };
}

/** Brings one object to what its manifest says; other writers' fields stay. */
export async function applyManifest(
  connection: Connection,
  discovery: Discovery,
  manifest: Manifest,
  options: ApplyOptions,
): Promise<Applied> {
  const { resource, namespace } = await locate(discovery, manifest.object, options.namespace).catch(
    (error: unknown) => {
      if (error instanceof UnknownKind) error.message = `${mappingNotFound(manifest)}: ${error.message}`;
      throw error;
    },
  );
  const object = structuredClone(manifest.object);
  if (namespace !== undefined) object.metadata.namespace = namespace;
  if (options.serverSide) return serverSide(connection, resource, object, manifest.source, options);
  return clientSide(connection, resource, object, manifest.source, options);
}

const mappingNotFound = ({ object: { metadata }, source }: Manifest) =>
  `resource mapping not found for name: "${metadata.name ?? ''}" namespace: "${metadata.namespace ?? ''}" from "${source}"`;

async function serverSide(
  connection: Connection,
  resource: ApiResource,
  object: Manifest['object'],
  source: string,
  options: ApplyOptions,
): Promise<Applied> {
  const { name = '', namespace } = object.metadata;
  const { body } = await connection
    .request({
      method: 'PATCH',
      path:
        pathOf(resource, namespace, name) +
        query({
          fieldManager: options.fieldManager ?? 'gantry',
          force: options.forceConflicts,
          ...dryRun(options),
          fieldValidation: validationOf(options),
        }),
      contentType: 'application/apply-patch+yaml',
      body: Buffer.from(JSON.stringify(object)),
    })
    .catch(whenDoing('applying', source));
  return { resource, object: JSON.parse(body.toString()) as Stored, outcome: 'serverside-applied' };
}

const validationOf = ({ validate = true }: ApplyOptions) => (validate ? 'Strict' : 'Ignore');
const dryRun = ({ dryRun }: ApplyOptions) => (dryRun ? { dryRun: 'All' } : {});

async function clientSide(
  connection: Connection,
  resource: ApiResource,
  object: Manifest['object'],
  source: string,
  options: ApplyOptions,
): Promise<Applied> {
  const { name = '', namespace } = object.metadata;
  const parameters = query({
    fieldManager: options.fieldManager ?? 'gantry-client-side-apply',
    ...dryRun(options),
    fieldValidation: validationOf(options),
  });
  remember(object);
  const current = await getObject(connection, resource, namespace, name).catch((error: unknown) => {
    if (isStatus(error, 'NotFound')) return undefined;
    throw error;
  });
  if (!current) {
    const { body } = await connection
      .request({
        method: 'POST',
        path: pathOf(resource, namespace) + parameters,
        body: object,
      })
      .catch(whenDoing('creating', source));
    return { resource, object: JSON.parse(body.toString()) as Stored, outcome: 'created' };
  }
  const original = JSON.parse(current.metadata.annotations?.[lastAppliedAnnotation] ?? '{}') as object;
  const { patch, type } = threeWayPatchFor(object, original, current);
  if (!patch) return { resource, object: current, outcome: 'unchanged' };
  const { body } = await connection
    .request({
      method: 'PATCH',
      path: pathOf(resource, namespace, name) + parameters,
      contentType: `application/${type === 'strategic' ? 'strategic-merge' : type}-patch+json`,
      body: Buffer.from(JSON.stringify(patch)),
    })
    .catch(whenDoing('patching', source));
  const result = JSON.parse(body.toString()) as Stored;
  return {
    resource,
    object: result,
    outcome:
      result.metadata.resourceVersion === current.metadata.resourceVersion ? 'unchanged' : 'configured',
  };
}

/**
 * Keeps the manifest in an annotation, for the next apply to know what this one said; the same annotation as kubectl's, byte for byte, so
 * that the one does not find what the other applied changed.
 */
function remember(object: KubeObject): void {
  const plain = structuredClone(object);
  const annotations = { ...plain.metadata.annotations };
  delete annotations[lastAppliedAnnotation];
  plain.metadata.annotations = annotations;
  object.metadata.annotations = { ...annotations, [lastAppliedAnnotation]: goJson(plain) + '\n' };
}

/** The patch that brings `current` to `object`, of the type the kind takes; no patch where there is nothing to do. */
export function threeWayPatchFor(
  object: Manifest['object'],
  original: object,
  current: object,
): { patch: object | undefined; type: 'strategic' | 'merge' } {
  const shape = shapeOfKind(object);
  return { patch: threeWayPatch(original, object, current, shape), type: shape ? 'strategic' : 'merge' };
}

/** The shape of a built-in kind; custom ones have none and are patched by JSON merge patch. */
export function shapeOfKind({ apiVersion, kind }: Manifest['object']): Shape | undefined {
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  if (group.includes('.') && !group.endsWith('.k8s.io')) return undefined;
  const prefix = version.charAt(0).toUpperCase() + version.slice(1);
  for (const model of [`${prefix}${kind}`, `Core${prefix}${kind}`]) {
    try {
      return shapeOf(model);
    } catch {
      // not a model of that name
    }
  }
  return undefined;
}

export const appliedLine = ({ resource, object, outcome }: Applied) =>
  `${objectLabel(resource, object.metadata.name)} ${outcome}`;
