import type { Stored, V1Endpoints } from '@gantry/api';
import { describe, expect, it } from 'vitest';
import { examplePod, exampleService } from '../testing/objects.ts';
import { plan } from './plan.ts';

const stored = (endpoints: V1Endpoints) =>
  ({
    ...endpoints,
    metadata: { ...endpoints.metadata, uid: 'u', resourceVersion: '1' },
  }) as Stored<V1Endpoints>;

describe('the plan of Endpoints', () => {
  it('lists ready and unready addresses by ports, in order, and rests when they are listed', () => {
    const service = exampleService({ ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
    const pods = [
      examplePod('b', { ip: '10.42.0.2' }),
      examplePod('a', { ip: '10.42.0.1', node: 'n1' }),
      examplePod('c', { ip: '10.42.0.3', ready: false }),
      examplePod('d', { ip: '10.42.0.4', deleting: true }),
      examplePod('e', {}),
    ];
    const first = plan(service, pods, undefined)!;
    expect(first.subsets).toMatchObject([
      {
        addresses: [
          { ip: '10.42.0.1', nodeName: 'n1', targetRef: { kind: 'Pod', name: 'a' } },
          { ip: '10.42.0.2' },
        ],
        notReadyAddresses: [{ ip: '10.42.0.3' }],
        ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
      },
    ]);
    expect(plan(service, [...pods].reverse(), stored(first))).toBeUndefined();
  });

  it('keeps an empty object for a service without pods', () => {
    expect(plan(exampleService(), [], undefined)).toMatchObject({ metadata: { name: 'web' }, subsets: [] });
  });

  it('ends at a thousand addresses, ready ones first, and says so', () => {
    const pods = Array.from({ length: 1_200 }, (_, index) =>
      examplePod(`p${index}`, { ip: `10.42.${index >> 8}.${index & 255}`, ready: index % 2 === 0 }),
    );
    const { subsets, metadata } = plan(exampleService(), pods, undefined)!;
    expect([subsets?.[0]?.addresses?.length, subsets?.[0]?.notReadyAddresses?.length]).toEqual([600, 400]);
    expect(metadata.annotations).toEqual({ 'endpoints.kubernetes.io/over-capacity': 'truncated' });
  });
});
