import { digestParts } from './digest.ts';
import { ImageError, type Descriptor, type ImageConfig, type Platform } from './image.ts';

/** Media types of image-spec `media-types.md` and of Docker's image manifest version 2, schema 2. */
export const mediaTypes = {
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociConfig: 'application/vnd.oci.image.config.v1+json',
  ociLayer: 'application/vnd.oci.image.layer.v1.tar',
  ociLayerGzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
  ociLayerZstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
} as const;

/** What this client can read, as its `Accept` says. */
export const acceptedManifests = [
  mediaTypes.ociIndex,
  mediaTypes.ociManifest,
  mediaTypes.dockerList,
  mediaTypes.dockerManifest,
].join(', ');

/** No image has more layers (docker's limit; the kernel's overlay takes 500, its option string fewer). */
export const maxLayers = 127;
/** An index may name manifests for many platforms; more than this is no image. */
const maxIndexEntries = 1000;

export interface Manifest {
  kind: 'manifest';
  config: Descriptor;
  layers: Descriptor[];
}

export interface Index {
  kind: 'index';
  manifests: Descriptor[];
}

/** The parts of an image's configuration (image-spec `config.md`) that are used here. */
export interface ImageConfigFile {
  platform: Platform;
  config: ImageConfig;
  diffIds: string[];
  created?: string;
}

/**
 * Reads a manifest or an index. `contentType` is what the registry said; the document's own `mediaType` must not say
 * otherwise, and a document that could be read as both is refused (CVE-2021-41190). Throws ImageError `invalid`.
 */
export function parseManifest(
  bytes: Uint8Array,
  contentType: string | undefined,
  what: string,
): Manifest | Index {
  const document = parseObject(bytes, what);
  const own = typeof document.mediaType === 'string' ? document.mediaType : undefined;
  const said = contentType?.split(';')[0]?.trim().toLowerCase();
  const known = [said, own].filter((type) => type !== undefined && isManifestType(type));
  if (known.length === 2 && known[0] !== known[1])
    throw invalid(what, `it is sent as ${known[0]} and calls itself ${known[1]}`);
  if (document.schemaVersion === 1)
    throw invalid(what, 'Docker image format v1 (schema 1) is no longer supported: push the image again');
  if (document.schemaVersion !== 2) throw invalid(what, 'schemaVersion is not 2');
  const type = known[0] ?? (Array.isArray(document.manifests) ? mediaTypes.ociIndex : mediaTypes.ociManifest);
  if (type === mediaTypes.ociIndex || type === mediaTypes.dockerList) {
    if ('layers' in document || 'config' in document) throw invalid(what, 'an index with layers or a config');
    const manifests = descriptors(document.manifests, 'manifests', what);
    if (manifests.length > maxIndexEntries) throw invalid(what, `more than ${maxIndexEntries} manifests`);
    return { kind: 'index', manifests };
  }
  if ('manifests' in document) throw invalid(what, 'a manifest with manifests');
  const layers = descriptors(document.layers, 'layers', what);
  if (layers.length > maxLayers)
    throw invalid(what, `max depth exceeded: ${layers.length} layers, at most ${maxLayers}`);
  return { kind: 'manifest', config: descriptor(document.config, 'config', what), layers };
}

export function isManifestType(type: string): boolean {
  return (
    type === mediaTypes.ociIndex ||
    type === mediaTypes.ociManifest ||
    type === mediaTypes.dockerList ||
    type === mediaTypes.dockerManifest
  );
}

export function isIndexType(type: string): boolean {
  return type === mediaTypes.ociIndex || type === mediaTypes.dockerList;
}

/** Throws ImageError `invalid` for what is no layer that a registry holds and this host can apply. */
export function checkLayerType({ mediaType, digest }: Descriptor): void {
  if (mediaType.includes('foreign') || mediaType.includes('nondistributable'))
    throw new ImageError(
      'invalid',
      `layer ${digest} is foreign (${mediaType}): layers outside the registry are not fetched`,
    );
  if (mediaType.includes('encrypted'))
    throw new ImageError('invalid', `layer ${digest} is encrypted (${mediaType}), which is not supported`);
  if (!/\.tar(?:[.+](?:gzip|zstd))?$/.test(mediaType))
    throw new ImageError('invalid', `layer ${digest} is no file system layer: ${JSON.stringify(mediaType)}`);
}

/** Reads an image's configuration; `layerCount` is the manifest's, which its `diff_ids` must match. */
export function parseImageConfig(bytes: Uint8Array, layerCount: number, what: string): ImageConfigFile {
  const document = parseObject(bytes, what);
  const rootfs = isObject(document.rootfs) ? document.rootfs : {};
  const diffIds = rootfs.diff_ids ?? [];
  if (!Array.isArray(diffIds) || !diffIds.every((each) => typeof each === 'string'))
    throw invalid(what, 'rootfs.diff_ids is not a list of digests');
  for (const diffId of diffIds) digestParts(diffId);
  if (diffIds.length !== layerCount)
    throw invalid(what, `${layerCount} layers in the manifest, ${diffIds.length} in the configuration`);
  const os = text(document.os) ?? '';
  const architecture = text(document.architecture) ?? '';
  const variant = text(document.variant);
  const created = text(document.created);
  return {
    platform: { os, architecture, ...(variant ? { variant } : {}) },
    config: runConfig(document.config, what),
    diffIds,
    ...(created === undefined ? {} : { created }),
  };
}

/** Takes over the fields known and rightly typed; a wrong type in one of them is an error, other fields are left out. */
function runConfig(value: unknown, what: string): ImageConfig {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw invalid(what, 'config is not an object');
  const config: ImageConfig = {};
  for (const field of ['User', 'WorkingDir', 'StopSignal'] as const) {
    const one = present(value[field]);
    if (one === undefined) continue;
    if (typeof one !== 'string') throw invalid(what, `config.${field} is not a string`);
    config[field] = one;
  }
  for (const field of ['Env', 'Entrypoint', 'Cmd'] as const) {
    const list = present(value[field]);
    if (list === undefined) continue;
    if (!Array.isArray(list) || !list.every((each) => typeof each === 'string'))
      throw invalid(what, `config.${field} is not a list of strings`);
    config[field] = list;
  }
  for (const field of ['ExposedPorts', 'Volumes', 'Labels'] as const) {
    const map = present(value[field]);
    if (map === undefined) continue;
    const good =
      isObject(map) && Object.values(map).every((each) => field !== 'Labels' || typeof each === 'string');
    if (!good) throw invalid(what, `config.${field} is not a map`);
    Object.assign(config, { [field]: map });
  }
  return config;
}

function descriptors(value: unknown, field: string, what: string): Descriptor[] {
  if (!Array.isArray(value)) throw invalid(what, `${field} is not a list`);
  return value.map((each, i) => descriptor(each, `${field}[${i}]`, what));
}

function descriptor(value: unknown, field: string, what: string): Descriptor {
  if (!isObject(value)) throw invalid(what, `${field} is not a descriptor`);
  const { mediaType, digest, size, platform } = value;
  if (typeof mediaType !== 'string' || typeof digest !== 'string')
    throw invalid(what, `${field} lacks a type or digest`);
  digestParts(digest);
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
    throw invalid(what, `${field}.size is not a number of bytes`);
  const result: Descriptor = { mediaType, digest, size };
  if (Array.isArray(value.urls)) result.urls = value.urls.filter((url) => typeof url === 'string');
  if (isObject(platform)) {
    const variant = text(platform.variant);
    result.platform = {
      os: text(platform.os) ?? '',
      architecture: text(platform.architecture) ?? '',
      ...(variant ? { variant } : {}),
    };
  }
  return result;
}

function parseObject(bytes: Uint8Array, what: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ImageError('invalid', `${what}: not JSON`, { cause });
  }
  if (!isObject(value)) throw invalid(what, 'not a JSON object');
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function present(value: unknown): unknown {
  return value === null ? undefined : value;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function invalid(what: string, why: string): ImageError {
  return new ImageError('invalid', `${what}: ${why}`);
}
