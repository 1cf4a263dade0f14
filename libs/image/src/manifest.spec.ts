import { describe, expect, it } from 'vitest';
import { checkLayerType, mediaTypes, parseImageConfig, parseManifest } from './manifest.ts';

const digest = `sha256:${'0'.repeat(64)}`;
const descriptor = { mediaType: mediaTypes.ociConfig, digest, size: 2 };
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));
const manifest = { schemaVersion: 2, config: descriptor, layers: [] };
const index = { schemaVersion: 2, manifests: [] };

describe('a manifest', () => {
  it('is read in OCI and Docker form, told by header, field or contents', () => {
    expect(parseManifest(bytes(manifest), undefined, 'x').kind).toBe('manifest');
    expect(parseManifest(bytes(manifest), mediaTypes.dockerManifest, 'x').kind).toBe('manifest');
    expect(
      parseManifest(bytes({ ...manifest, mediaType: mediaTypes.dockerManifest }), undefined, 'x').kind,
    ).toBe('manifest');
    expect(parseManifest(bytes(index), `${mediaTypes.dockerList}; charset=utf-8`, 'x').kind).toBe('index');
    expect(parseManifest(bytes(index), 'text/plain', 'x').kind).toBe('index');
  });

  it.each([
    ['not JSON', Buffer.from('{'), undefined, 'not JSON'],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0x22]), undefined, 'not JSON'],
    ['a list', bytes([]), undefined, 'not a JSON object'],
    ['schema 1', bytes({ schemaVersion: 1 }), undefined, 'no longer supported'],
    ['no version', bytes({}), undefined, 'schemaVersion'],
    ['both kinds', bytes({ ...manifest, ...index }), undefined, 'an index with layers'],
    [
      'both kinds, sent as a manifest',
      bytes({ ...manifest, ...index }),
      mediaTypes.ociManifest,
      'a manifest with manifests',
    ],
    [
      'a type that contradicts',
      bytes({ ...index, mediaType: mediaTypes.ociIndex }),
      mediaTypes.ociManifest,
      'calls itself',
    ],
    ['no config', bytes({ schemaVersion: 2, layers: [] }), undefined, 'config is not a descriptor'],
    ['no layers', bytes({ schemaVersion: 2, config: descriptor }), undefined, 'layers is not a list'],
    [
      'a bad digest',
      bytes({ ...manifest, config: { ...descriptor, digest: 'sha256:../../x' } }),
      undefined,
      'invalid digest',
    ],
    [
      'a negative size',
      bytes({ ...manifest, config: { ...descriptor, size: -1 } }),
      undefined,
      'config.size',
    ],
    [
      'a size in text',
      bytes({ ...manifest, config: { ...descriptor, size: '2' } }),
      undefined,
      'config.size',
    ],
    [
      '128 layers',
      bytes({ ...manifest, layers: Array(128).fill(descriptor) }),
      undefined,
      'max depth exceeded',
    ],
    [
      '1001 manifests',
      bytes({ ...index, manifests: Array(1001).fill(descriptor) }),
      undefined,
      'more than 1000',
    ],
  ])('is refused with %s', (_, body, type, message) => {
    expect(() => parseManifest(body, type, 'x')).toThrow(
      expect.objectContaining({ reason: 'invalid', message: expect.stringContaining(message) }),
    );
  });
});

describe('a layer’s media type', () => {
  const layer = (mediaType: string) => () => checkLayerType({ mediaType, digest, size: 1 });
  it.each([
    mediaTypes.ociLayer,
    mediaTypes.ociLayerGzip,
    mediaTypes.ociLayerZstd,
    'application/vnd.docker.image.rootfs.diff.tar.gzip',
    'application/vnd.docker.image.rootfs.diff.tar',
  ])('%s is taken', (type) => expect(layer(type)).not.toThrow());
  it.each([
    ['application/vnd.docker.image.rootfs.foreign.diff.tar.gzip', 'not fetched'],
    ['application/vnd.oci.image.layer.nondistributable.v1.tar+gzip', 'not fetched'],
    ['application/vnd.oci.image.layer.v1.tar+gzip+encrypted', 'encrypted'],
    ['application/vnd.cncf.helm.chart.content.v1.tar+xz', 'no file system layer'],
    ['application/json', 'no file system layer'],
  ])('%s is refused', (type, message) => expect(layer(type)).toThrow(message));
});

describe('a configuration', () => {
  const config = (value: object, layers = 0) => parseImageConfig(bytes(value), layers, 'c');
  it('gives what a process runs with', () => {
    expect(
      config(
        {
          os: 'linux',
          architecture: 'amd64',
          created: '2026-01-01T00:00:00Z',
          config: {
            Env: ['A=1'],
            Cmd: null,
            User: '1:2',
            Labels: { a: 'b' },
            Volumes: { '/v': {} },
            Healthcheck: {},
          },
          rootfs: { type: 'layers', diff_ids: [digest] },
        },
        1,
      ),
    ).toEqual({
      platform: { os: 'linux', architecture: 'amd64' },
      created: '2026-01-01T00:00:00Z',
      config: { Env: ['A=1'], User: '1:2', Labels: { a: 'b' }, Volumes: { '/v': {} } },
      diffIds: [digest],
    });
  });
  it.each([
    [{ config: { Env: 'A=1' } }, 'config.Env'],
    [{ config: { Env: [1] } }, 'config.Env'],
    [{ config: { User: 0 } }, 'config.User'],
    [{ config: { Labels: { a: 1 } } }, 'config.Labels'],
    [{ config: [] }, 'config is not an object'],
    [{ rootfs: { diff_ids: [digest] } }, '0 layers in the manifest, 1'],
    [{ rootfs: { diff_ids: ['x'] } }, 'invalid digest'],
    [{ rootfs: { diff_ids: 'x' } }, 'rootfs.diff_ids'],
  ])('%j is refused', (value, message) => expect(() => config(value)).toThrow(message));
});
