import type {
  V1Container,
  V1CSIVolumeSource,
  V1DownwardAPIVolumeFile,
  V1EphemeralContainer,
  V1KeyToPath,
  V1ObjectFieldSelector,
  V1ProjectedVolumeSource,
  V1ResourceFieldSelector,
  V1Volume,
  V1VolumeMount,
} from '../gen/types.ts';
import {
  duplicate,
  forbidden,
  invalid,
  notFound,
  notSupported,
  required,
  tooLong,
} from '../validation/causes.ts';
import { dnsLabel, dnsSubdomain, qualifiedName } from '../validation/names.ts';
import {
  check,
  checkDescendingPath,
  checkNoBacksteps,
  checkOneOf,
  type Causes,
} from '../validation/numbers.ts';

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

/** The order in which upstream looks at the sources of a volume, which decides what is said of several. */
const sources = [
  'emptyDir',
  'hostPath',
  'gitRepo',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'secret',
  'nfs',
  'iscsi',
  'glusterfs',
  'flocker',
  'persistentVolumeClaim',
  'rbd',
  'cinder',
  'cephfs',
  'quobyte',
  'downwardAPI',
  'fc',
  'flexVolume',
  'configMap',
  'azureFile',
  'vsphereVolume',
  'photonPersistentDisk',
  'portworxVolume',
  'azureDisk',
  'storageos',
  'projected',
  'scaleIO',
  'csi',
  'ephemeral',
  'image',
] as const;
type Source = (typeof sources)[number];
/** Two that are spelled otherwise where they are one too many. */
const misspelled: Partial<Record<Source, string>> = { cephfs: 'cephFS', downwardAPI: 'downwarAPI' };

/**
 * Source: `pkg/apis/core/validation/validation.go` ValidateVolumes. Returns those that are valid: only these can be mounted.
 * `podName` is that of a pod, '' for a template or while there is none.
 */
export function validateVolumes(
  causes: Causes,
  volumes: readonly V1Volume[],
  path: string,
  podName: string,
  isPod: boolean,
): ReadonlyMap<string, V1Volume> {
  const valid = new Map<string, V1Volume>();
  for (const [index, volume] of volumes.entries()) {
    const at = `${path}[${index}]`;
    const before = causes.length;
    validateSource(causes, volume, at, podName, isPod);
    if (!volume.name) causes.push(required(`${at}.name`));
    else check(causes, `${at}.name`, volume.name, dnsLabel);
    if (valid.has(volume.name)) causes.push(duplicate(`${at}.name`, volume.name));
    if (causes.length === before) valid.set(volume.name, volume);
    const claim = volume.persistentVolumeClaim?.claimName;
    if (
      claim &&
      podName &&
      volumes.some(({ ephemeral, name }) => ephemeral && claim === `${podName}-${name}`)
    )
      causes.push(
        invalid(
          `${at}.persistentVolumeClaim.claimName`,
          claim,
          'must not reference a PVC that gets created for an ephemeral volume',
        ),
      );
  }
  return valid;
}

function validateSource(causes: Causes, volume: V1Volume, at: string, podName: string, isPod: boolean): void {
  let found = false;
  // Nearly all have just one.
  const given = Object.keys(volume) as (keyof V1Volume)[];
  const only = given.length === 2 ? given.find((member) => member !== 'name') : undefined;
  for (const source of only ? [only as Source] : sources) {
    if (volume[source] === undefined) continue;
    if (found) {
      causes.push(
        forbidden(`${at}.${misspelled[source] ?? source}`, 'may not specify more than 1 volume type'),
      );
      continue;
    }
    found = true;
    validateOne(causes, source, volume, `${at}.${source}`, podName, isPod);
  }
  if (!found) causes.push(required(at, 'must specify a volume type'));
}

/** Those of cloud vendors and other systems are not looked into: nothing here mounts them. */
function validateOne(
  causes: Causes,
  source: Source,
  volume: V1Volume,
  at: string,
  podName: string,
  isPod: boolean,
): void {
  switch (source) {
    case 'emptyDir':
      if (volume.emptyDir!.sizeLimit?.startsWith('-'))
        causes.push(forbidden(`${at}.sizeLimit`, 'SizeLimit field must be a valid resource quantity'));
      break;
    case 'hostPath': {
      const { path, type } = volume.hostPath!;
      if (!path) return void causes.push(required(`${at}.path`));
      checkNoBacksteps(causes, `${at}.path`, path);
      if (type !== undefined && !hostPathTypes.includes(type))
        causes.push(notSupported(`${at}.type`, type, hostPathTypes));
      break;
    }
    case 'configMap': {
      const { name, defaultMode, items } = volume.configMap!;
      if (!name) causes.push(required(`${at}.name`));
      validateMode(causes, `${at}.defaultMode`, defaultMode);
      validateItems(causes, items, `${at}.items`);
      break;
    }
    case 'secret': {
      const { secretName, defaultMode, items } = volume.secret!;
      if (!secretName) causes.push(required(`${at}.secretName`));
      validateMode(causes, `${at}.defaultMode`, defaultMode);
      validateItems(causes, items, `${at}.items`);
      break;
    }
    case 'downwardAPI':
      validateMode(causes, `${at}.defaultMode`, volume.downwardAPI!.defaultMode);
      for (const file of volume.downwardAPI!.items ?? []) validateDownward(causes, file, at);
      break;
    case 'projected':
      validateMode(causes, `${at}.defaultMode`, volume.projected!.defaultMode);
      validateProjections(causes, volume.projected!, at);
      break;
    case 'persistentVolumeClaim':
      if (!volume.persistentVolumeClaim!.claimName) causes.push(required(`${at}.claimName`));
      break;
    case 'nfs': {
      const { server, path = '' } = volume.nfs!;
      if (!server) causes.push(required(`${at}.server`));
      if (!path) causes.push(required(`${at}.path`));
      if (!path.startsWith('/')) causes.push(invalid(`${at}.path`, path, 'must be an absolute path'));
      break;
    }
    case 'csi':
      validateCsi(causes, volume.csi!, at);
      break;
    case 'ephemeral':
      if (!volume.ephemeral!.volumeClaimTemplate) causes.push(required(`${at}.volumeClaimTemplate`));
      if (podName && volume.name)
        for (const wrong of dnsSubdomain(`${podName}-${volume.name}`) ?? [])
          causes.push(
            invalid(
              at.replace(/ephemeral$/, 'name'),
              volume.name,
              `PVC name ${JSON.stringify(`${podName}-${volume.name}`)}: ${wrong}`,
            ),
          );
      break;
    case 'image':
      if (isPod && !volume.image!.reference) causes.push(required(`${at}.reference`));
      checkOneOf(causes, `${at}.pullPolicy`, volume.image!.pullPolicy, ['Always', 'IfNotPresent', 'Never']);
      break;
  }
}

/** Names of CSI drivers are domains of at most 63 characters, in any case (ValidateCSIDriverName). */
function validateCsi(causes: Causes, { driver, nodePublishSecretRef }: V1CSIVolumeSource, at: string): void {
  if (!driver) causes.push(required(`${at}.driver`));
  else {
    if (driver.length > 63) causes.push(tooLong(`${at}.driver`, 63));
    for (const wrong of dnsSubdomain(driver.toLowerCase()) ?? [])
      causes.push(invalid(`${at}.driver`, driver, wrong));
  }
  if (nodePublishSecretRef && !nodePublishSecretRef.name)
    causes.push(required(`${at}.nodePublishSecretRef.name`));
}

const tenMinutes = 600;

/** Nothing of two sources can lie at one path; upstream says so of the volume as a whole. */
function validateProjections(
  causes: Causes,
  { sources: list = [] }: V1ProjectedVolumeSource,
  at: string,
): void {
  const paths = new Set<string>();
  const takePath = (path: string, value: string) => {
    if (!path) return;
    if (paths.has(path)) causes.push(invalid(at, value, 'conflicting duplicate paths'));
    paths.add(path);
  };
  for (const [index, source] of list.entries()) {
    const place = `${at}.sources[${index}]`;
    let count = 0;
    for (const member of ['secret', 'configMap'] as const) {
      const { [member]: part } = source;
      if (!part) continue;
      count++;
      if (!part.name) causes.push(required(`${place}.${member}.name`));
      for (const [position, item] of (part.items ?? []).entries()) {
        validateItem(causes, item, `${place}.${member}.items[${position}]`);
        takePath(item.path, part.name ?? '');
      }
    }
    if (source.downwardAPI) {
      count++;
      for (const file of source.downwardAPI.items ?? []) {
        validateDownward(causes, file, `${place}.downwardAPI`);
        takePath(file.path, file.path);
      }
    }
    const token = source.serviceAccountToken;
    if (token) {
      count++;
      const field = `${place}.serviceAccountToken.expirationSeconds`;
      const seconds = token.expirationSeconds ?? tenMinutes;
      if (seconds < tenMinutes)
        causes.push(invalid(field, seconds, 'may not specify a duration less than 10 minutes'));
      if (seconds > 2 ** 32)
        causes.push(invalid(field, seconds, 'may not specify a duration larger than 2^32 seconds'));
      if (!token.path) causes.push(required(`${at}.path`));
      else checkLocalPath(causes, `${at}.path`, token.path);
    }
    if (source.clusterTrustBundle) count++;
    if (source.podCertificate) count++;
    if (count > 1) causes.push(forbidden(place, 'may not specify more than 1 volume type per source'));
  }
}

function validateMode(causes: Causes, field: string, mode: number | undefined): void {
  if (mode !== undefined && (mode < 0 || mode > 0o777))
    causes.push(invalid(field, mode, 'must be a number between 0 and 0777 (octal), both inclusive'));
}

function validateItems(causes: Causes, items: readonly V1KeyToPath[] | undefined, path: string): void {
  for (const [index, item] of (items ?? []).entries()) validateItem(causes, item, `${path}[${index}]`);
}

function validateItem(causes: Causes, item: V1KeyToPath, at: string): void {
  if (!item.key) causes.push(required(`${at}.key`));
  if (!item.path) causes.push(required(`${at}.path`));
  else checkLocalPath(causes, `${at}.path`, item.path);
  validateMode(causes, `${at}.mode`, item.mode);
}

/** A path that stays below where it is mounted and is none of the volume's own (ValidateLocalNonReservedPath). */
function checkLocalPath(causes: Causes, field: string, path: string): void {
  checkDescendingPath(causes, field, path);
  if (path.startsWith('..') && !path.startsWith('../'))
    causes.push(invalid(field, path, "must not start with '..'"));
}

const downwardFields = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];

/** Upstream names the volume, not the file. */
function validateDownward(causes: Causes, file: V1DownwardAPIVolumeFile, at: string): void {
  if (!file.path) causes.push(required(`${at}.path`));
  else checkLocalPath(causes, `${at}.path`, file.path);
  if (file.fieldRef) {
    validateFieldRef(causes, file.fieldRef, `${at}.fieldRef`, downwardFields);
    if (file.resourceFieldRef)
      causes.push(
        invalid(at, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'),
      );
  } else if (file.resourceFieldRef)
    validateResourceFieldRef(causes, file.resourceFieldRef, `${at}.resourceFieldRef`, true);
  else causes.push(required(at, 'one of fieldRef and resourceFieldRef is required'));
  validateMode(causes, `${at}.mode`, file.mode);
}

/** What the downward API knows at all, wherever it may be asked for (`podshelper.ConvertDownwardAPIFieldLabel`). */
const downwardLabels = new Set([
  ...downwardFields,
  'spec.nodeName',
  'spec.restartPolicy',
  'spec.serviceAccountName',
  'spec.schedulerName',
  'status.phase',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
  'spec.host',
]);
const subscripted = /^(.*)\['([^]*)'\]$/;

/** A path to a field of the pod that a container may be told of; with a subscript, one label or annotation. */
export function validateFieldRef(
  causes: Causes,
  { apiVersion, fieldPath }: V1ObjectFieldSelector,
  at: string,
  supported: readonly string[],
): void {
  if (!apiVersion) return void causes.push(required(`${at}.apiVersion`));
  if (!fieldPath) return void causes.push(required(`${at}.fieldPath`));
  if (apiVersion === 'v1' && supported.includes(fieldPath)) return;
  const unknown = (why: string) =>
    void causes.push(invalid(`${at}.fieldPath`, fieldPath, `error converting fieldPath: ${why}`));
  if (apiVersion !== 'v1') return unknown(`unsupported pod version: ${apiVersion}`);
  const [, path, subscript = ''] = subscripted.exec(fieldPath) ?? [];
  if (path === 'metadata.annotations') check(causes, at, subscript.toLowerCase(), qualifiedName);
  else if (path === 'metadata.labels') check(causes, at, subscript, qualifiedName);
  else if (path !== undefined) unknown(`field label does not support subscript: ${fieldPath}`);
  else if (!downwardLabels.has(fieldPath)) unknown(`field label not supported: ${fieldPath}`);
  else if (!(fieldPath === 'spec.host' && supported.includes('spec.nodeName')))
    causes.push(notSupported(`${at}.fieldPath`, fieldPath, supported));
}

const resourceFields = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];
const sizes = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

export function validateResourceFieldRef(
  causes: Causes,
  { containerName, resource = '', divisor = '0' }: V1ResourceFieldSelector,
  at: string,
  ofVolume: boolean,
): void {
  const pages = /^(?:limits|requests)\.hugepages-/.test(resource);
  if (ofVolume && !containerName) causes.push(required(`${at}.containerName`));
  else if (!resource) causes.push(required(`${at}.resource`));
  else if (!pages && !resourceFields.includes(resource))
    causes.push(notSupported(`${at}.resource`, resource, resourceFields));
  if (divisor === '0') return;
  const name = resource.replace(/^(?:limits|requests)\./, '');
  if (name === 'cpu') {
    if (divisor !== '1m' && divisor !== '1')
      causes.push(
        invalid(
          `${at}.divisor`,
          resource,
          "only divisor's values 1m and 1 are supported with the cpu resource",
        ),
      );
  } else if ((pages || resourceFields.includes(resource)) && !sizes.includes(divisor)) {
    const which = pages ? 'hugepages' : name === 'memory' ? 'memory' : 'local ephemeral storage';
    causes.push(
      invalid(
        `${at}.divisor`,
        resource,
        `only divisor's values ${sizes.join(', ')} are supported with the ${which} resource`,
      ),
    );
  }
}

type AnyContainer = V1Container | V1EphemeralContainer;

/** Source: ValidateVolumeMounts. Of some faults upstream names the list instead of the element. */
export function validateMounts(
  causes: Causes,
  container: AnyContainer,
  volumes: ReadonlyMap<string, V1Volume>,
  path: string,
): void {
  const places = new Set<string>();
  const devices = container.volumeDevices ?? [];
  for (const [index, mount] of container.volumeMounts!.entries()) {
    const at = `${path}[${index}]`;
    const { name, mountPath, subPath, subPathExpr } = mount;
    const volume = volumes.get(name);
    if (!name) causes.push(required(`${at}.name`));
    if (!volume) causes.push(notFound(`${at}.name`, name ?? ''));
    if (!mountPath) causes.push(required(`${at}.mountPath`));
    if (places.has(mountPath)) causes.push(invalid(`${at}.mountPath`, mountPath, 'must be unique'));
    places.add(mountPath);
    for (const device of devices) {
      if (device.name === name)
        causes.push(invalid(`${at}.name`, name, 'must not already exist in volumeDevices'));
      if (device.devicePath === mountPath)
        causes.push(
          invalid(`${at}.mountPath`, mountPath, 'must not already exist as a path in volumeDevices'),
        );
    }
    if (subPath) checkDescendingPath(causes, `${path}.subPath`, subPath);
    if (subPathExpr) {
      if (subPath)
        causes.push(
          invalid(`${at}.subPathExpr`, subPathExpr, 'subPathExpr and subPath are mutually exclusive'),
        );
      checkDescendingPath(causes, `${path}.subPathExpr`, subPathExpr);
    }
    if (mount.mountPropagation !== undefined)
      validatePropagation(causes, mount.mountPropagation, container, `${path}.mountPropagation`);
    if (mount.recursiveReadOnly !== undefined) validateRecursive(causes, mount, `${path}.recursiveReadOnly`);
  }
}

const propagations = ['Bidirectional', 'HostToContainer', 'None'];

function validatePropagation(causes: Causes, mode: string, container: AnyContainer, field: string): void {
  if (!propagations.includes(mode)) causes.push(notSupported(field, mode, propagations));
  if (mode === 'Bidirectional' && !container.securityContext?.privileged)
    causes.push(
      forbidden(field, 'Bidirectional mount propagation is available only to privileged containers'),
    );
}

const recursions = ['Disabled', 'Enabled', 'IfPossible'];

function validateRecursive(causes: Causes, mount: V1VolumeMount, field: string): void {
  const mode = mount.recursiveReadOnly!;
  if (!recursions.includes(mode)) return void causes.push(notSupported(field, mode, recursions));
  if (mode === 'Disabled') return;
  if (!mount.readOnly) causes.push(forbidden(field, 'may only be specified when readOnly is true'));
  if (mount.mountPropagation !== undefined && mount.mountPropagation !== 'None')
    causes.push(forbidden(field, 'may only be specified when mountPropagation is None or not specified'));
}

/** Source: ValidateVolumeDevices. */
export function validateDevices(
  causes: Causes,
  container: AnyContainer,
  volumes: ReadonlyMap<string, V1Volume>,
  path: string,
): void {
  const names = new Set<string>();
  const paths = new Set<string>();
  for (const [index, { name, devicePath }] of container.volumeDevices!.entries()) {
    const at = `${path}[${index}]`;
    const volume = volumes.get(name);
    if (!name) causes.push(required(`${at}.name`));
    if (names.has(name)) causes.push(invalid(`${at}.name`, name, 'must be unique'));
    if (volume && !volume.persistentVolumeClaim && !volume.ephemeral)
      causes.push(
        invalid(
          `${at}.name`,
          name,
          'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode',
        ),
      );
    if (!volume) causes.push(notFound(`${at}.name`, name ?? ''));
    if (!devicePath) causes.push(required(`${at}.devicePath`));
    if (paths.has(devicePath)) causes.push(invalid(`${at}.devicePath`, devicePath, 'must be unique'));
    if (devicePath?.split('/').includes('..'))
      causes.push(invalid(`${at}.devicePath`, devicePath, "can not contain backsteps ('..')"));
    else paths.add(devicePath);
    for (const mount of container.volumeMounts ?? []) {
      if (mount.name === name)
        causes.push(invalid(`${at}.name`, name, 'must not already exist in volumeMounts'));
      if (mount.mountPath === devicePath)
        causes.push(
          invalid(`${at}.devicePath`, devicePath, 'must not already exist as a path in volumeMounts'),
        );
    }
    if (name) names.add(name);
  }
}
