export {
  ImageError,
  type Credentials,
  type Descriptor,
  type Image,
  type ImageConfig,
  type ImageStore,
  type Mount,
  type Platform,
  type PullOptions,
} from './image.ts';
export { openImageStore, type LocalImageStore, type StoreUsage } from './store.ts';
export { type ImageLimits, type ImageStoreOptions } from './options.ts';
export { familiarName, fullName, parseReference, repositoryName, type Reference } from './reference.ts';
export {
  loadRegistries,
  noRegistries,
  parseRegistries,
  type HostConfig,
  type MirrorConfig,
  type RegistriesConfig,
  type RegistryAuth,
  type RegistryTls,
} from './registry/config.ts';
export { pushImage, type PushOptions } from './registry/push.ts';
export {
  assembleImage,
  type AssembleOptions,
  type BlobBytes,
  type BuiltImage,
  type BuiltLayer,
} from './build/built-image.ts';
export {
  imageFromDirectory,
  layerFromDirectory,
  type ImageFromDirectoryOptions,
  type LayerCompression,
} from './build/from-directory.ts';
