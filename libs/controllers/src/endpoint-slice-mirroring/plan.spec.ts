import { describe, expect, it } from 'vitest';
import type { Stored, V1Endpoints, V1EndpointSlice } from '@gantry/api';
import { isMirrored, plan } from './plan.ts';

const endpoints = (
  subsets: V1Endpoints['subsets'],
  metadata: Partial<V1Endpoints['metadata']> = {},
): Stored<V1Endpoints> =>
  ({
    metadata: { namespace: 'default', name: 'db', uid: 'u', resourceVersion: '1', ...metadata },
    subsets,
  }) as Stored<V1Endpoints>;
const stored = (slice: V1EndpointSlice, index: number) =>
  ({
    ...slice,
    metadata: { ...slice.metadata, name: `db-${index}`, uid: `s${index}`, resourceVersion: '1' },
  }) as Stored<V1EndpointSlice>;

describe('the mirror of Endpoints', () => {
  it('says what they say, by family and ports, and then rests', () => {
    const given = endpoints(
      [
        {
          addresses: [
            { ip: '10.0.0.1', hostname: 'a', nodeName: 'n' },
            { ip: 'fd00::1', targetRef: { kind: 'Pod', name: 'p' } },
          ],
          notReadyAddresses: [{ ip: '10.0.0.2' }],
          ports: [{ name: 'sql', port: 5432 }],
        },
      ],
      { labels: { app: 'db' } },
    );
    const { create, ...rest } = plan(given, []);
    expect(rest).toEqual({ update: [], delete: [] });
    const labels = {
      app: 'db',
      'kubernetes.io/service-name': 'db',
      'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io',
    };
    const ports = [{ name: 'sql', port: 5432, protocol: 'TCP' }];
    expect(create).toMatchObject([
      {
        metadata: { namespace: 'default', generateName: 'db-', labels },
        addressType: 'IPv4',
        ports,
        endpoints: [
          { addresses: ['10.0.0.1'], conditions: { ready: true }, hostname: 'a', nodeName: 'n' },
          { addresses: ['10.0.0.2'], conditions: { ready: false } },
        ],
      },
      {
        addressType: 'IPv6',
        ports,
        endpoints: [{ addresses: ['fd00::1'], targetRef: { kind: 'Pod', name: 'p' } }],
      },
    ]);
    const slices = create.map(stored);
    expect(plan(given, slices)).toEqual({ create: [], update: [], delete: [] });
    const one = plan(endpoints([{ addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 1 }] }]), slices);
    expect(one.create).toHaveLength(1);
    expect(one.delete).toEqual(slices);
    expect(plan(endpoints([]), slices).delete).toEqual(slices);
  });

  it('is cut after a thousand addresses of a subset', () => {
    const addresses = Array.from({ length: 1005 }, (_, i) => ({ ip: `10.0.${i >> 8}.${i & 255}` }));
    const { create } = plan(endpoints([{ addresses, ports: [{ port: 1 }] }]), []);
    expect(create.map((slice) => slice.endpoints?.length)).toEqual([1000]);
  });

  it('is made for services without a selector only, and not where it is unwanted', () => {
    const by = (metadata: object, selector?: Record<string, string>) =>
      isMirrored({ spec: { ...(selector ? { selector } : {}) }, metadata: {} }, endpoints([], metadata));
    expect(by({})).toBe(true);
    expect(by({}, { app: 'x' })).toBe(false);
    expect(by({ labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } })).toBe(false);
    expect(by({ annotations: { 'control-plane.alpha.kubernetes.io/leader': '{}' } })).toBe(false);
    expect(isMirrored(undefined, endpoints([]))).toBe(false);
  });
});
