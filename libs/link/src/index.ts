export type { NodeStream, NodeStreams, StreamChunk, StreamRequest } from './link.ts';
export { podReferences, type PodReference } from './references.ts';
export { isOwnLabel } from './server/registration.ts';
export { nodeNameOf, nodeSubject, nodesGroup, nodeUserPrefix } from './node-identity.ts';
export {
  NodeLinkServer,
  type ClusterInfo,
  type ClientSigner,
  type NodeLinkServerOptions,
  type NodeServiceTls,
} from './server/node-link-server.ts';
export { bootstrapTokenVerifier, type TokenVerifier } from './server/bootstrap-token.ts';
export { NodeLinkClient, type LinkHandlers, type NodeLinkClientOptions } from './client/node-link-client.ts';
export { fetchAuthority, joinCluster, renewCertificate, type NodeCredentials } from './client/join.ts';
export type { OpenStream, Welcome } from './service.ts';
