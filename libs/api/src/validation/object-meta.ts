import type { V1ObjectMeta, V1OwnerReference } from '../gen/types.ts';
import { equal } from '../json.ts';
import { forbidden, immutable, invalid, required, tooLong } from './causes.ts';
import { dnsSubdomain, labelValue, qualifiedName, type Check } from './names.ts';
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
  if (meta.generateName) check(causes, `${path}.generateName`, meta.generateName.replace(/-$/, 'a'), rule);
  if (!meta.name) {
    if (!meta.generateName) causes.push(required(`${path}.name`, 'name or generateName is required'));
  } else check(causes, `${path}.name`, meta.name, rule);
  if (rules.namespaced) {
    if (!meta.namespace) causes.push(required(`${path}.namespace`));
    else check(causes, `${path}.namespace`, meta.namespace, namespaceRule);
  } else if (meta.namespace) causes.push(forbidden(`${path}.namespace`, 'not allowed on this type'));
  checkNonNegative(causes, `${path}.generation`, meta.generation);
  if (meta.labels) validateLabels(causes, meta.labels, `${path}.labels`);
  if (meta.annotations) validateAnnotations(causes, meta.annotations, `${path}.annotations`);
  if (meta.ownerReferences) validateOwners(causes, meta.ownerReferences, `${path}.ownerReferences`);
  if (meta.finalizers) validateFinalizers(causes, meta.finalizers, `${path}.finalizers`);
  return causes;
}

const namespaceRule: Check = (value) =>
  value.length <= 63 ? dnsSubdomain(value) : (dnsSubdomain(value) ?? 'must be no more than 63 characters');

export function validateLabels(causes: Causes, labels: Record<string, string>, path: string): void {
  for (const key in labels) {
    check(causes, path, key, qualifiedName);
    check(causes, path, labels[key]!, labelValue);
  }
}

export function validateAnnotations(causes: Causes, annotations: Record<string, string>, path: string): void {
  let sizeBytes = 0;
  for (const key in annotations) {
    const wrong = qualifiedName(key.toLowerCase());
    if (wrong) causes.push(invalid(path, key, wrong));
    sizeBytes += Buffer.byteLength(key) + Buffer.byteLength(annotations[key]!);
  }
  if (sizeBytes > mostAnnotationBytes) causes.push(tooLong(path, mostAnnotationBytes));
}

function validateOwners(causes: Causes, owners: readonly V1OwnerReference[], path: string): void {
  let controller: string | undefined;
  for (const [index, owner] of owners.entries()) {
    const at = `${path}[${index}]`;
    if (!owner.apiVersion)
      causes.push(invalid(`${at}.apiVersion`, owner.apiVersion ?? '', 'version must not be empty'));
    for (const member of ['kind', 'name', 'uid'] as const)
      if (!owner[member]) causes.push(invalid(`${at}.${member}`, owner[member] ?? '', 'must not be empty'));
    if (owner.kind === 'Event' && owner.apiVersion === 'v1')
      causes.push(invalid(at, owner, '/v1, Kind=Event is disallowed from being an owner'));
    if (!owner.controller) continue;
    if (controller !== undefined)
      causes.push(
        invalid(
          path,
          owners,
          `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${owner.name}`,
        ),
      );
    controller = owner.name;
  }
}

export function validateFinalizers(causes: Causes, finalizers: readonly string[], path: string): void {
  for (const finalizer of finalizers) {
    const wrong = qualifiedName(finalizer);
    if (wrong) causes.push(invalid(path, finalizer, wrong));
    else if (!finalizer.includes('/') && !standardFinalizers.includes(finalizer))
      causes.push(
        invalid(path, finalizer, 'name is neither a standard finalizer name nor is it fully qualified'),
      );
  }
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion'))
    causes.push(invalid(path, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set'));
}

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
          `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map((each) => JSON.stringify(each)).join(', ')}}`,
        ),
      );
  }
  return causes;
}
