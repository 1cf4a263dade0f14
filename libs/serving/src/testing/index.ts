export { TestClient, type Answer, type RequestOptions } from './client.ts';
export { Kubectl, type Ran } from './kubectl.ts';
export { serveOnLoopback, type LoopbackServer } from './loopback-server.ts';
export { memoryRegistry } from './memory-registry.ts';
export { ProcessStreams } from './process-streams.ts';
