import { expect, it } from 'vitest';
import type { V1Pod } from '@gantry/api';
import { sandboxOptions } from './sandbox-options.ts';

const pod = (spec: object): V1Pod =>
  ({ metadata: { uid: 'u1' }, spec: { containers: [], ...spec } }) as unknown as V1Pod;
const plain = { id: 'u1', hostname: 'web' };

it.each<[string, object, object]>([
  ['nothing in particular', {}, plain],
  ["the host's network", { hostNetwork: true }, { ...plain, hostNetwork: true }],
  ["the host's IPC", { hostIPC: true }, { ...plain, hostIpc: true }],
  ['a port that no host port is given for', { containers: [{ ports: [{ containerPort: 80 }] }] }, plain],
  [
    'host ports, those of init containers too',
    {
      initContainers: [{ ports: [{ containerPort: 53, hostPort: 53, protocol: 'UDP' }] }],
      containers: [{ ports: [{ containerPort: 80, hostPort: 8080, hostIP: '127.0.0.1' }] }],
    },
    {
      ...plain,
      hostPorts: [
        { hostPort: 53, containerPort: 53, protocol: 'UDP' },
        { hostIp: '127.0.0.1', hostPort: 8080, containerPort: 80, protocol: 'TCP' },
      ],
    },
  ],
])('a pod may ask for %s', (_what, spec, options) =>
  expect(sandboxOptions(pod(spec), 'web')).toEqual(options),
);
