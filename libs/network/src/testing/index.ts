export { enterOwnNetwork, inNamespace, serve, fetchFrom, type Reply } from './own-network.ts';
export { NetworkProcess } from './network-process.ts';
