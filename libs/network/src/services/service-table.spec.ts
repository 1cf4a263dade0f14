import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServicePort } from '../network.ts';
import { ServiceTable } from './service-table.ts';

function port(key: string, more: Partial<ServicePort> = {}): ServicePort {
  const endpoints = [{ address: '10.42.0.2', port: 8080 }];
  return { key, protocol: 'TCP', port: 80, clusterIps: ['10.43.0.1'], externalIps: [], endpoints, ...more };
}
const sorted = (elements: ReadonlyMap<string, string>) => [...elements].sort(([a], [b]) => (a < b ? -1 : 1));

describe('ServiceTable', () => {
  it('changes nothing for what is the same', () => {
    const table = new ServiceTable();
    table.update([port('a')]);
    const change = table.update([structuredClone(port('a'))]);
    expect([change.added.size, change.removed.length, change.touched.length]).toEqual([0, 0, 0]);
  });

  it('writes only the elements of a new endpoint', () => {
    const table = new ServiceTable();
    table.update([port('a'), port('b', { clusterIps: ['10.43.0.2'] })]);
    const { endpoints } = port('a');
    const change = table.update([
      port('a', { endpoints: [...endpoints, { address: '10.42.0.3', port: 8080 }] }),
      port('b', { clusterIps: ['10.43.0.2'] }),
    ]);
    expect(Object.fromEntries(change.added)).toEqual({
      'services 10.43.0.1 . tcp . 80': 'goto cluster-2',
      [`endpoints ${0x67000001} . 10.43.0.1 . tcp . 80`]: '10.42.0.3 . 8080',
      'hairpin 10.42.0.3 . 10.42.0.3': '',
    });
    expect(change.removed).toEqual(['services 10.43.0.1 . tcp . 80']);
    expect(change.balancers).toEqual(['cluster-2']);
  });

  it('leaves an address to the Service that had it first, and hands it on when that one goes', () => {
    const table = new ServiceTable();
    const rival = port('b', {
      endpoints: [
        { address: '10.42.0.9', port: 1 },
        { address: '10.42.0.8', port: 1 },
      ],
    });
    table.update([port('a')]);
    expect(table.update([port('a'), rival]).conflicts).toContain('services 10.43.0.1 . tcp . 80');
    expect(table.elements().get('services 10.43.0.1 . tcp . 80')).toBe('goto cluster-1');
    table.update([rival]);
    expect(table.elements().get('services 10.43.0.1 . tcp . 80')).toBe('goto cluster-2');
    expect(table.elements().get(`endpoints ${0x67000000} . 10.43.0.1 . tcp . 80`)).toBe('10.42.0.9 . 1');
  });

  it('reaches by changes what it would be built as at once', () => {
    const somePort = fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      nodePort: fc.constantFrom(undefined, 30000),
      affinitySeconds: fc.constantFrom(undefined, 10),
      preserveClientIp: fc.boolean(),
      dropsWithout: fc.boolean(),
      insiders: fc.constantFrom(
        undefined,
        [{ address: '10.42.0.1', port: 80 }],
        [
          { address: '10.42.0.1', port: 80 },
          { address: '10.42.1.1', port: 80 },
        ],
      ),
      externalIps: fc.constantFrom([], ['192.0.2.1']),
      endpoints: fc.array(
        fc.integer({ min: 1, max: 4 }).map((last) => ({ address: `10.42.0.${last}`, port: 80 })),
        { maxLength: 3 },
      ),
    });
    // Each Service has addresses of its own here: with shared ones the first keeps them, which depends on the past.
    const own = (each: Pick<ServicePort, 'key'> & Partial<ServicePort>) => {
      const number = each.key.charCodeAt(0);
      const { nodePort, affinitySeconds, insiders, ...rest } = each;
      return port(each.key, {
        ...rest,
        clusterIps: [`10.43.0.${number}`],
        externalIps: (each.externalIps ?? []).map(() => `192.0.2.${number}`),
        ...(nodePort === undefined ? {} : { nodePort: nodePort + number }),
        ...(affinitySeconds === undefined ? {} : { affinitySeconds }),
        ...(insiders === undefined ? {} : { insiders }),
      });
    };
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(somePort, { selector: ({ key }) => key }), { maxLength: 6 }),
        (states) => {
          const table = new ServiceTable();
          const kernel = new Map<string, string>();
          for (const state of states) {
            const ports = state.map((each) => own(each as Pick<ServicePort, 'key'> & Partial<ServicePort>));
            const change = table.update(ports);
            for (const id of change.removed) expect(kernel.delete(id)).toBe(true);
            for (const [id, value] of change.added) {
              expect(kernel.has(id)).toBe(false);
              kernel.set(id, value);
            }
            const fresh = new ServiceTable();
            fresh.update(ports);
            expect(sorted(kernel)).toEqual(sorted(fresh.elements()));
            expect([...table.parts().keys()].sort()).toEqual([...fresh.parts().keys()].sort());
          }
        },
      ),
    );
  });
});
