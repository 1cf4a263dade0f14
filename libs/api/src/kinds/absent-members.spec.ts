import { expect, it } from 'vitest';
import type { CoreV1Event, V1Node, V1Pod } from '../gen/types.ts';
import { kinds } from './index.ts';

const pod = (spec: object): V1Pod => ({
  metadata: { name: 'p', namespace: 'default' },
  spec: { containers: [{ name: 'c', image: 'i' }], ...spec },
});
const complaints = (object: V1Pod) => {
  kinds.pod.defaults(object);
  return kinds.pod.validate(object).map(({ field, message }) => `${field}: ${message}`);
};

// What Go's types cannot lack is missing in JSON nevertheless: it counts as empty.
it.each<[string, object, string]>([
  [
    'a probe without its port',
    { containers: [{ name: 'c', image: 'i', livenessProbe: { httpGet: {} } }] },
    'spec.containers[0].livenessProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive',
  ],
  ['a gate without its condition', { readinessGates: [{}] }, 'spec.readinessGates[0].conditionType: '],
  [
    'a claim without its spec',
    { volumes: [{ name: 'v', ephemeral: { volumeClaimTemplate: {} } }], restartPolicy: 'No' },
    'spec.restartPolicy: Unsupported value',
  ],
])('%s is complained of', (_what, spec, why) =>
  expect(complaints(pod(spec))).toContainEqual(expect.stringContaining(why)),
);

it('an event that is about nothing can be looked for', () => {
  const event = { metadata: { name: 'e', namespace: 'default' } } as CoreV1Event;
  kinds.event.defaults(event);
  expect(kinds.event.validate(event)).toEqual([]);
  for (const read of Object.values(kinds.event.selectableFields)) expect(read(event as never)).toBe('');
});

it('the range of a node’s pods cannot be changed by its old name either', () => {
  const node = (spec: V1Node['spec']): V1Node => ({ metadata: { name: 'n' }, spec });
  const old = node({ podCIDR: '10.0.0.0/24', podCIDRs: ['10.0.0.0/24'] }) as never;
  const change = (spec: V1Node['spec']) => kinds.node.validateUpdate(node(spec), old, undefined);
  expect(change({ podCIDR: '10.0.0.0/8', podCIDRs: ['10.0.0.0/24'] })).toMatchObject([
    { field: 'spec.podCIDRs' },
  ]);
  expect(change({ podCIDRs: ['10.0.0.0/24'] })).toEqual([]);
});
