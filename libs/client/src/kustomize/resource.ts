import type { Manifest } from '../manifests.ts';

/** Says what is wrong with a kustomization, in kustomize's words where they help. */
export class KustomizeError extends Error {
  override readonly name = 'KustomizeError';
}

/** A map of JSON. */
export type Json = Record<string, unknown>;

export const isMap = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object on its way through kustomizations. */
export interface Resource {
  object: Manifest['object'];
  /** The names it has had, the first one first; the present one is the last. */
  names: string[];
  /** Its name gets the hash of its content in the end. */
  hashed: boolean;
  /** Which folder brought it in, for references where several have had the same name. */
  origin: string;
}

export const groupOf = ({ object: { apiVersion } }: Resource) =>
  apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';

/**
 * Calls `change` for each place that a path (`spec/tls/secretName`) leads to, through lists into each of their elements, with the map
 * and the member's name in it. What is absent on the way is passed over, or made with `create`.
 */
export function visit(
  value: unknown,
  path: string,
  change: (holder: Json, field: string) => void,
  create = false,
): void {
  if (Array.isArray(value)) return value.forEach((each) => visit(each, path, change, create));
  if (!isMap(value)) return;
  const slash = path.indexOf('/');
  if (slash < 0) return change(value, path);
  const name = path.slice(0, slash);
  if (create && (value[name] === undefined || value[name] === null)) value[name] = {};
  visit(value[name], path.slice(slash + 1), change, create);
}

const withTemplates = 'Deployment ReplicaSet DaemonSet StatefulSet Job ReplicationController'.split(' ');

/** Where a kind keeps its pod template. */
export const templatePath = ({ object: { kind } }: Resource): string | undefined =>
  withTemplates.includes(kind)
    ? 'spec/template'
    : kind === 'CronJob'
      ? 'spec/jobTemplate/spec/template'
      : undefined;

/** Where the spec of its pods stands. */
export function podPath(resource: Resource): string | undefined {
  if (resource.object.kind === 'Pod') return 'spec';
  const template = templatePath(resource);
  return template && `${template}/spec`;
}

/** Kinds without a namespace, as far as the API itself has them; custom ones are taken to have one. */
const clusterScoped = new Set(
  `Namespace Node PersistentVolume ClusterRole ClusterRoleBinding StorageClass PriorityClass IngressClass RuntimeClass
  CustomResourceDefinition APIService MutatingWebhookConfiguration ValidatingWebhookConfiguration VolumeAttachment CSIDriver CSINode
  ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding CertificateSigningRequest FlowSchema PriorityLevelConfiguration
  ComponentStatus ClusterTrustBundle DeviceClass ServiceCIDR IPAddress`.split(/\s+/),
);
export const isNamespaced = ({ object: { kind } }: Resource) => !clusterScoped.has(kind);
