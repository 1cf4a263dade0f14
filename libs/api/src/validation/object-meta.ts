import type { V1ObjectMeta, V1OwnerReference } from '../gen/types.ts';
import { equal } from '../json.ts';
import { forbidden, immutable, invalid, required, tooLong } from './causes.ts';
import { dnsLabel, dnsSubdomain, labelValue, qualifiedName, type Check } from './names.ts';
import { check, checkNonNegative, type Causes } from './numbers.ts';

export interface ObjectMetaRules {
  namespaced: boolean;
  /** What names of this kind look like. Default a DNS subdomain. */
  name?: Check | undefined;
}

const mostAnnotationBytes = 256 * 1024;
const standardFinalizers = ['kubernetes', 'orphan', 'foregroundDeletion'];

/** What is wrong with the metadata of any object. Source: `pkg/api/validation/objectmeta.go` of k8s.io/apimachinery. */
export function validateObjectMeta(meta: V1ObjectMeta, rules: ObjectMetaRules, path = 'metadata'): Causes {
  const causes: Causes = [];
  const rule = rules.name ?? dnsSubdomain;
  // What is generated ends in letters and digits, so a prefix may end in a dash.
  if (meta.generateName)
    check(causes, `${path}.generateName`, meta.generateName, (prefix) =>
      rule(prefix.replace(/..$/, endsInDash)),
    );
  if (!meta.name) {
    if (!meta.generateName) causes.push(required(`${path}.name`, 'name or generateName is required'));
  } else check(causes, `${path}.name`, meta.name, rule);
  if (rules.namespaced) {
    if (!meta.namespace) causes.push(required(`${path}.namespace`));
    else check(causes, `${path}.namespace`, meta.namespace, dnsLabel);
  } else if (meta.namespace) causes.push(forbidden(`${path}.namespace`, 'not allowed on this type'));
  checkNonNegative(causes, `${path}.generation`, meta.generation);
  if (meta.labels) validateLabels(causes, meta.labels, `${path}.labels`);
  if (meta.annotations) validateAnnotations(causes, meta.annotations, `${path}.annotations`);
  if (meta.ownerReferences) validateOwners(causes, meta.ownerReferences, `${path}.ownerReferences`);
  if (meta.finalizers) validateFinalizers(causes, meta.finalizers, `${path}.finalizers`);
  return causes;
}

/** `maskTrailingDash` puts one letter in the place of the last two. */
const endsInDash = (two: string) => (two.endsWith('-') ? 'a' : two);

export function validateLabels(causes: Causes, labels: Record<string, string>, path: string): void {
  for (const key in labels) {
    check(causes, path, key, qualifiedName);
    check(causes, path, labels[key]!, labelValue);
  }
}

const annotationKey: Check = (key) => qualifiedName(key.toLowerCase());

export function validateAnnotations(causes: Causes, annotations: Record<string, string>, path: string): void {
  let sizeBytes = 0;
  for (const key in annotations) {
    check(causes, path, key, annotationKey);
    sizeBytes += Buffer.byteLength(key) + Buffer.byteLength(annotations[key]!);
  }
  if (sizeBytes > mostAnnotationBytes) causes.push(tooLong(path, mostAnnotationBytes));
}

function validateOwners(causes: Causes, owners: readonly V1OwnerReference[], path: string): void {
  let controller: string | undefined;
  for (const owner of owners) {
    if (!owner.apiVersion?.replace(/^.*\//, ''))
      causes.push(invalid(`${path}.apiVersion`, owner.apiVersion ?? '', 'version must not be empty'));
    for (const member of ['kind', 'name', 'uid'] as const)
      if (!owner[member]) causes.push(invalid(`${path}.${member}`, owner[member] ?? '', 'must not be empty'));
    if (owner.kind === 'Event' && owner.apiVersion === 'v1')
      causes.push(invalid(path, owner, '/v1, Kind=Event is disallowed from being an owner'));
    if (!owner.controller) continue;
    const name = `${owner.kind}/${owner.name}`;
    if (controller !== undefined)
      causes.push(
        invalid(
          path,
          owners,
          `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${name}`,
        ),
      );
    else controller = name;
  }
}

/** Finalizers of all objects are named like labels; those of upstream's own kinds have a domain, too, or are upstream's. */
export function validateFinalizers(causes: Causes, finalizers: readonly string[], path: string): void {
  for (const finalizer of finalizers) check(causes, path, finalizer, qualifiedName);
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion'))
    causes.push(invalid(path, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set'));
  for (const [index, finalizer] of finalizers.entries())
    check(causes, `${path}[${index}]`, finalizer, standardFinalizer);
}

/** `validateKubeFinalizerName` */
export const standardFinalizer: Check = (finalizer) =>
  finalizer.includes('/') || standardFinalizers.includes(finalizer)
    ? undefined
    : ['name is neither a standard finalizer name nor is it fully qualified'];

/** What is wrong with a change of metadata: names and identity stay, and the dying get no new finalizers. */
export function validateObjectMetaUpdate(meta: V1ObjectMeta, old: V1ObjectMeta, path = 'metadata'): Causes {
  const causes: Causes = [];
  for (const member of ['name', 'namespace', 'uid', 'creationTimestamp'] as const)
    if ((meta[member] ?? '') !== (old[member] ?? ''))
      causes.push(immutable(`${path}.${member}`, meta[member] ?? ''));
  if (old.deletionTimestamp) {
    if (meta.deletionTimestamp !== old.deletionTimestamp)
      causes.push(immutable(`${path}.deletionTimestamp`, meta.deletionTimestamp ?? null));
    const added = (meta.finalizers ?? []).filter((each) => !old.finalizers?.includes(each));
    if (added.length && !equal(meta.finalizers, old.finalizers))
      causes.push(
        forbidden(
          `${path}.finalizers`,
          `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added
            .sort()
            .map((each) => JSON.stringify(each))
            .join(', ')}}`,
        ),
      );
  }
  return causes;
}
