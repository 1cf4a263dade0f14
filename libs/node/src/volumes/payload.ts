import type {
  V1ConfigMapProjection,
  V1DownwardAPIVolumeFile,
  V1KeyToPath,
  V1Pod,
  V1SecretProjection,
  V1Volume,
} from '@gantry/api';
import type { ConfigSource } from '../containers/env.ts';
import { fieldValue, resourceFieldValue, type NodeFacts } from '../containers/fields.ts';

export interface PayloadFile {
  data: Uint8Array;
  mode: number;
}

/** What lies in a volume made of objects of the API: relative path to content. */
export type Payload = Map<string, PayloadFile>;

/** Why a volume cannot be set up for now: in the words of the kubelet's FailedMount events. */
export class VolumeProblem extends Error {
  override readonly name = 'VolumeProblem';
}

const defaultMode = 0o644;

/** Whether the volume's content comes from objects and has to follow them. */
export function hasPayload(volume: V1Volume): boolean {
  return Boolean(volume.configMap ?? volume.secret ?? volume.downwardAPI ?? volume.projected);
}

/** Throws VolumeProblem when something it names is missing and not optional. */
export function volumePayload(volume: V1Volume, pod: V1Pod, source: ConfigSource, node: NodeFacts): Payload {
  const files: Payload = new Map();
  if (volume.configMap)
    addConfigMap(files, volume.configMap, pod, source, volume.configMap.defaultMode ?? defaultMode);
  else if (volume.secret) {
    const { secretName, items, optional } = volume.secret;
    addSecret(
      files,
      {
        ...(secretName !== undefined ? { name: secretName } : {}),
        ...(items ? { items } : {}),
        ...(optional !== undefined ? { optional } : {}),
      },
      pod,
      source,
      volume.secret.defaultMode ?? defaultMode,
    );
  } else if (volume.downwardAPI)
    addDownward(
      files,
      volume.downwardAPI.items ?? [],
      pod,
      node,
      volume.downwardAPI.defaultMode ?? defaultMode,
    );
  else if (volume.projected) {
    const mode = volume.projected.defaultMode ?? defaultMode;
    for (const each of volume.projected.sources ?? []) {
      if (each.configMap) addConfigMap(files, each.configMap, pod, source, mode);
      if (each.secret) addSecret(files, each.secret, pod, source, mode);
      if (each.downwardAPI) addDownward(files, each.downwardAPI.items ?? [], pod, node, mode);
      // A service account token would have to be signed by the server, which cannot do that yet: the file is left out, never made up.
    }
  }
  return files;
}

/** Projected tokens of the pod that are left out; the agent tells of them in an event. */
export function missingTokens(pod: V1Pod): string[] {
  return (pod.spec?.volumes ?? [])
    .filter(({ projected }) => projected?.sources?.some((each) => each.serviceAccountToken))
    .map(({ name }) => name);
}

function addConfigMap(
  files: Payload,
  { name = '', items, optional }: V1ConfigMapProjection,
  pod: V1Pod,
  source: ConfigSource,
  mode: number,
): void {
  const map = source.configMap(pod.metadata.namespace ?? 'default', name);
  if (!map) {
    if (optional) return;
    throw new VolumeProblem(`configmap "${name}" not found`);
  }
  const data = new Map<string, Uint8Array>();
  for (const [key, value] of Object.entries(map.data ?? {})) data.set(key, Buffer.from(value));
  for (const [key, value] of Object.entries(map.binaryData ?? {}))
    data.set(key, Buffer.from(value, 'base64'));
  addItems(files, data, items, optional ?? false, mode, 'config');
}

function addSecret(
  files: Payload,
  { name = '', items, optional }: V1SecretProjection,
  pod: V1Pod,
  source: ConfigSource,
  mode: number,
): void {
  const secret = source.secret(pod.metadata.namespace ?? 'default', name);
  if (!secret) {
    if (optional) return;
    throw new VolumeProblem(`secret "${name}" not found`);
  }
  const data = new Map<string, Uint8Array>();
  for (const [key, value] of Object.entries(secret.data ?? {})) data.set(key, Buffer.from(value, 'base64'));
  addItems(files, data, items, optional ?? false, mode, 'secret');
}

function addItems(
  files: Payload,
  data: Map<string, Uint8Array>,
  items: V1KeyToPath[] | undefined,
  optional: boolean,
  mode: number,
  what: string,
): void {
  if (!items || items.length === 0) {
    for (const [key, value] of data) files.set(checkedPath(key), { data: value, mode });
    return;
  }
  for (const item of items) {
    const value = data.get(item.key);
    if (value) files.set(checkedPath(item.path), { data: value, mode: item.mode ?? mode });
    else if (!optional) throw new VolumeProblem(`references non-existent ${what} key: ${item.key}`);
  }
}

function addDownward(
  files: Payload,
  items: V1DownwardAPIVolumeFile[],
  pod: V1Pod,
  node: NodeFacts,
  mode: number,
): void {
  for (const { path, fieldRef, resourceFieldRef, mode: own } of items) {
    const value = fieldRef
      ? fieldValue(pod, fieldRef.fieldPath, node)
      : resourceFieldRef
        ? resourceFieldValue(resourceFieldRef, pod, pod.spec!.containers[0]!, node)
        : '';
    files.set(checkedPath(path), { data: Buffer.from(value), mode: own ?? mode });
  }
}

/** Nothing may be written outside the volume, whatever the API let through. */
function checkedPath(path: string): string {
  const parts = path.split('/');
  if (
    path === '' ||
    path.startsWith('/') ||
    path.includes('\0') ||
    parts.some((part) => part === '..' || part === '.' || part === '') ||
    parts[0]!.startsWith('..')
  )
    throw new VolumeProblem(`invalid path in volume: ${JSON.stringify(path)}`);
  return path;
}
