export { buildImage, layerOf, type BuildImageOptions } from './build-image.ts';
export { busyboxPath, busyboxRoot } from './busybox-root.ts';
export { startRegistry, type StartRegistryOptions, type TestRegistry } from './registry.ts';
export { tarArchive, type Member } from './tar.ts';
