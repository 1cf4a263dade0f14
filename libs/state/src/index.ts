export type * from './state.ts';
export { MemoryState, type MemoryStateOptions } from './memory/memory-state.ts';
export { MemoryStore, type MemoryStoreOptions } from './memory/memory-store.ts';
export { StoreState, type StoreStateOptions } from './store/store-state.ts';
export type {
  Feed,
  FeedReceiver,
  RangeQuery,
  RangeResult,
  Store,
  StoreChange,
  Version,
  WriteResult,
} from './store/store.ts';
export { copyJson, deepFreeze, equalJson } from './json.ts';
export { ContinueExpired } from './errors.ts';
export { RegistryState, type RegistryStateOptions } from './registry/registry-state.ts';
export type { AdmissionAttributes, AdmissionPlugin } from './registry/admission.ts';
export { immortalNamespaces, namespaceLifecycle } from './registry/namespace-lifecycle.ts';
export { invalid } from './registry/invalid.ts';
export { createOrUpdate, modify, waitFor } from './conveniences.ts';
export { CachedState, type CachedStateOptions } from './cached/cached-state.ts';
export { listFrame, watchFrame } from './frames.ts';
export { EtcdState, type EtcdEndpoints, type EtcdStateOptions } from './etcd/etcd-state.ts';
export { clientFromKubeconfig, RemoteState, resourcePath, type PatchType } from './remote/remote-state.ts';
export {
  RemoteClient,
  type RemoteClientOptions,
  type RemoteRequest,
  type RemoteResponse,
} from './remote/remote-client.ts';
export { statusErrorOf } from './remote/status-error-of.ts';
export { loadKubeconfig, type ClusterAccess, type Kubeconfig } from './remote/kubeconfig.ts';
export { jsonLines } from './remote/json-lines.ts';
