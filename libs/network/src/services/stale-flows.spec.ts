import { describe, expect, it } from 'vitest';
import type { Flow } from '../netlink/netfilter.ts';
import type { ServicePort } from '../network.ts';
import { staleFlow } from './stale-flows.ts';

const dns: ServicePort = {
  key: 'kube-system/dns:dns',
  protocol: 'UDP',
  port: 53,
  clusterIps: ['10.43.0.10'],
  externalIps: [],
  nodePort: 30053,
  endpoints: [{ address: '10.42.0.5', port: 5353 }],
};
const flow = (more: Partial<Flow> = {}): Flow => ({
  protocol: 17,
  destination: '10.43.0.10',
  destinationPort: 53,
  answeredBy: '10.42.0.9',
  answeredByPort: 5353,
  tuple: Buffer.alloc(0),
  ...more,
});

describe('staleFlow', () => {
  it.each<[string, Partial<Flow>, boolean]>([
    ['to an endpoint that is gone', {}, true],
    ['to an endpoint that is there', { answeredBy: '10.42.0.5' }, false],
    ['to the right address but another port', { answeredBy: '10.42.0.5', answeredByPort: 1 }, true],
    [
      'never rewritten, from when there was no endpoint',
      { answeredBy: '10.43.0.10', answeredByPort: 53 },
      true,
    ],
    ['by the node port', { destination: '172.30.0.2', destinationPort: 30053 }, true],
    ['to another address', { destination: '10.43.0.11' }, false],
    ['of TCP', { protocol: 6 }, false],
  ])('judges a flow %s', (_, more, expected) => {
    expect(staleFlow([dns], [dns])!(flow(more))).toBe(expected);
  });

  it('leaves flows from inside the cluster to endpoints that are for those only', () => {
    const insiders = { ...dns, preserveClientIp: true, insiders: [{ address: '10.42.0.9', port: 5353 }] };
    expect(staleFlow([insiders], [insiders])!(flow())).toBe(false);
  });

  it('finds all flows of a Service that is gone', () => {
    expect(staleFlow([dns], [])!(flow({ answeredBy: '10.42.0.5' }))).toBe(true);
  });

  it('looks for none when no UDP port changed', () => {
    expect(staleFlow([{ ...dns, protocol: 'TCP' }], [dns])).toBeUndefined();
  });
});
