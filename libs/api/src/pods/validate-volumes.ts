import type {
  V1DownwardAPIVolumeFile,
  V1KeyToPath,
  V1Volume,
  V1VolumeMount,
  V1VolumeProjection,
} from '../gen/types.ts';
import { duplicate, forbidden, invalid, notFound, notSupported, required } from '../validation/causes.ts';
import { configKey, dnsLabel } from '../validation/names.ts';
import { check, checkOneOf, checkQuantity, type Causes } from '../validation/numbers.ts';

const hostPathTypes = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

/** Source: `pkg/apis/core/validation/validation.go` ValidateVolumes. */
export function validateVolumes(
  causes: Causes,
  volumes: readonly V1Volume[],
  path: string,
): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [index, volume] of volumes.entries()) {
    const at = `${path}[${index}]`;
    validateSource(causes, volume, at);
    if (!volume.name) causes.push(required(`${at}.name`));
    else {
      check(causes, `${at}.name`, volume.name, dnsLabel);
      if (names.has(volume.name)) causes.push(duplicate(`${at}.name`, volume.name));
      names.add(volume.name);
    }
  }
  return names;
}

function validateSource(causes: Causes, volume: V1Volume, at: string): void {
  let count = 0;
  for (const member in volume) {
    if (member === 'name' || volume[member as keyof V1Volume] === undefined) continue;
    if (count++ > 0) causes.push(forbidden(`${at}.${member}`, 'may not specify more than 1 volume type'));
  }
  if (count === 0) causes.push(required(at, 'must specify a volume type'));
  const {
    emptyDir,
    hostPath,
    configMap,
    secret,
    downwardAPI,
    projected,
    persistentVolumeClaim,
    nfs,
    csi,
    image,
  } = volume;
  if (emptyDir?.sizeLimit !== undefined)
    checkQuantity(causes, `${at}.emptyDir.sizeLimit`, emptyDir.sizeLimit);
  if (hostPath) {
    if (!hostPath.path) causes.push(required(`${at}.hostPath.path`));
    else if (hostPath.path.split('/').includes('..'))
      causes.push(invalid(`${at}.hostPath.path`, hostPath.path, "must not contain '..'"));
    if (!hostPathTypes.includes(hostPath.type ?? ''))
      causes.push(notSupported(`${at}.hostPath.type`, hostPath.type, hostPathTypes));
  }
  if (configMap) {
    if (!configMap.name) causes.push(required(`${at}.configMap.name`));
    validateMode(causes, `${at}.configMap.defaultMode`, configMap.defaultMode);
    validateItems(causes, configMap.items, `${at}.configMap.items`);
  }
  if (secret) {
    if (!secret.secretName) causes.push(required(`${at}.secret.secretName`));
    validateMode(causes, `${at}.secret.defaultMode`, secret.defaultMode);
    validateItems(causes, secret.items, `${at}.secret.items`);
  }
  if (downwardAPI) {
    validateMode(causes, `${at}.downwardAPI.defaultMode`, downwardAPI.defaultMode);
    validateDownward(causes, downwardAPI.items, `${at}.downwardAPI`);
  }
  if (projected) {
    validateMode(causes, `${at}.projected.defaultMode`, projected.defaultMode);
    for (const [index, source] of (projected.sources ?? []).entries())
      validateProjection(causes, source, `${at}.projected.sources[${index}]`);
  }
  if (persistentVolumeClaim && !persistentVolumeClaim.claimName)
    causes.push(required(`${at}.persistentVolumeClaim.claimName`));
  if (nfs) {
    if (!nfs.server) causes.push(required(`${at}.nfs.server`));
    if (!nfs.path) causes.push(required(`${at}.nfs.path`));
    else if (!nfs.path.startsWith('/'))
      causes.push(invalid(`${at}.nfs.path`, nfs.path, 'must be an absolute path'));
  }
  if (csi && !csi.driver) causes.push(required(`${at}.csi.driver`));
  if (image && !image.reference) causes.push(required(`${at}.image.reference`));
}

function validateProjection(causes: Causes, source: V1VolumeProjection, at: string): void {
  const members = Object.keys(source).filter(
    (member) => source[member as keyof V1VolumeProjection] !== undefined,
  );
  for (const member of members.slice(1))
    causes.push(forbidden(`${at}.${member}`, 'may not specify more than 1 volume type per source'));
  if (members.length === 0) causes.push(required(at, 'must specify a source'));
  if (source.configMap) {
    if (!source.configMap.name) causes.push(required(`${at}.configMap.name`));
    validateItems(causes, source.configMap.items, `${at}.configMap.items`);
  }
  if (source.secret) {
    if (!source.secret.name) causes.push(required(`${at}.secret.name`));
    validateItems(causes, source.secret.items, `${at}.secret.items`);
  }
  if (source.downwardAPI) validateDownward(causes, source.downwardAPI.items, `${at}.downwardAPI`);
  const token = source.serviceAccountToken;
  if (!token) return;
  if (token.expirationSeconds !== undefined && token.expirationSeconds < 600)
    causes.push(
      invalid(
        `${at}.serviceAccountToken.expirationSeconds`,
        token.expirationSeconds,
        'may not specify a duration less than 10 minutes',
      ),
    );
  if (!token.path) causes.push(required(`${at}.serviceAccountToken.path`));
  else validateLocalPath(causes, `${at}.serviceAccountToken.path`, token.path);
}

function validateMode(causes: Causes, field: string, mode: number | undefined): void {
  if (mode !== undefined && (mode < 0 || mode > 0o777))
    causes.push(invalid(field, mode, 'must be a number between 0 and 0777 (octal), both inclusive'));
}

function validateItems(causes: Causes, items: readonly V1KeyToPath[] | undefined, path: string): void {
  for (const [index, item] of (items ?? []).entries()) {
    const at = `${path}[${index}]`;
    if (!item.key) causes.push(required(`${at}.key`));
    else check(causes, `${at}.key`, item.key, configKey);
    if (!item.path) causes.push(required(`${at}.path`));
    else validateLocalPath(causes, `${at}.path`, item.path);
    validateMode(causes, `${at}.mode`, item.mode);
  }
}

/** A path that stays below where it is mounted. */
function validateLocalPath(causes: Causes, field: string, path: string): void {
  if (path.startsWith('/')) causes.push(invalid(field, path, 'must be a relative path'));
  if (path.split('/').includes('..')) causes.push(invalid(field, path, "must not contain '..'"));
  else if (path.startsWith('..')) causes.push(invalid(field, path, "must not start with '..'"));
}

const downwardFields = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];

function validateDownward(
  causes: Causes,
  items: readonly V1DownwardAPIVolumeFile[] | undefined,
  path: string,
): void {
  for (const [index, item] of (items ?? []).entries()) {
    const at = `${path}[${index}]`;
    if (!item.path) causes.push(required(`${at}.path`));
    else validateLocalPath(causes, `${at}.path`, item.path);
    validateMode(causes, `${at}.mode`, item.mode);
    if (item.fieldRef) {
      if (item.resourceFieldRef)
        causes.push(
          invalid(at, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'),
        );
      validateFieldPath(causes, item.fieldRef.fieldPath, `${at}.fieldRef.fieldPath`, downwardFields);
    } else if (item.resourceFieldRef) {
      if (!item.resourceFieldRef.containerName) causes.push(required(`${at}.resourceFieldRef.containerName`));
      validateResourceName(causes, item.resourceFieldRef.resource, `${at}.resourceFieldRef.resource`);
    } else causes.push(required(`${at}.fieldRef`, 'one of fieldRef and resourceFieldRef is required'));
  }
}

/** A path to a field of the pod that a container may be told of; with a subscript, one label or annotation. */
export function validateFieldPath(
  causes: Causes,
  path: string | undefined,
  field: string,
  supported: readonly string[],
): void {
  if (!path) causes.push(required(field));
  else if (!supported.includes(path) && !/^metadata\.(?:labels|annotations)\['[^']+'\]$/.test(path))
    causes.push(notSupported(field, path, supported));
}

const containerResources = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];

export function validateResourceName(causes: Causes, resource: string | undefined, field: string): void {
  if (!resource) causes.push(required(field));
  else if (!containerResources.includes(resource) && !/^(?:limits|requests)\.hugepages-/.test(resource))
    causes.push(notSupported(field, resource, containerResources));
}

/** Source: ValidateVolumeMounts. */
export function validateMounts(
  causes: Causes,
  mounts: readonly V1VolumeMount[],
  volumes: ReadonlySet<string>,
  path: string,
): void {
  const places = new Set<string>();
  for (const [index, mount] of mounts.entries()) {
    const at = `${path}[${index}]`;
    if (!mount.name) causes.push(required(`${at}.name`));
    if (!volumes.has(mount.name)) causes.push(notFound(`${at}.name`, mount.name ?? ''));
    if (!mount.mountPath) causes.push(required(`${at}.mountPath`));
    else if (places.has(mount.mountPath))
      causes.push(invalid(`${at}.mountPath`, mount.mountPath, 'must be unique'));
    places.add(mount.mountPath);
    if (mount.subPath) {
      if (mount.subPathExpr)
        causes.push(
          invalid(`${at}.subPathExpr`, mount.subPathExpr, 'subPathExpr and subPath are mutually exclusive'),
        );
      validateLocalPath(causes, `${at}.subPath`, mount.subPath);
    }
    if (mount.subPathExpr) validateLocalPath(causes, `${at}.subPathExpr`, mount.subPathExpr);
    checkOneOf(
      causes,
      `${at}.mountPropagation`,
      mount.mountPropagation,
      ['None', 'HostToContainer', 'Bidirectional'],
      true,
    );
    checkOneOf(
      causes,
      `${at}.recursiveReadOnly`,
      mount.recursiveReadOnly,
      ['Disabled', 'Enabled', 'IfPossible'],
      true,
    );
  }
}
