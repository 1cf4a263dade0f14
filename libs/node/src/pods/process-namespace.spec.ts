import { FakeClock } from '@gantry/base/testing';
import { expect, it } from 'vitest';
import { ProcessNamespace, type ProcessNamespaceMember } from './process-namespace.ts';

function podOf(...names: string[]) {
  const clock = new FakeClock();
  const members = names.map((name): ProcessNamespaceMember => ({ name, pid: undefined, starting: true }));
  return { clock, members, namespace: new ProcessNamespace(clock, () => members) };
}

it('the first container has a process namespace of its own, the others wait for it', async () => {
  const { clock, members, namespace } = podOf('a', 'b', 'c');
  expect(await namespace.join('a')).toBeUndefined();
  const [b, c] = [namespace.join('b'), namespace.join('c')];
  await clock.advance(100);
  members[0]!.pid = 42;
  await clock.advance(100);
  expect(await Promise.all([b, c])).toEqual(['/proc/42/ns/pid', '/proc/42/ns/pid']);
});

it('one that is started again joins what runs', async () => {
  const { members, namespace } = podOf('a', 'b');
  members[0]!.pid = 42;
  expect(await namespace.join('b')).toBe('/proc/42/ns/pid');
});

it('where the first cannot be started the next one goes without', async () => {
  const { clock, members, namespace } = podOf('a', 'b');
  await namespace.join('a');
  const b = namespace.join('b');
  members[0]!.starting = false;
  await clock.advance(100);
  expect(await b).toBeUndefined();
});

it('nobody waits once it was let go of', async () => {
  const { clock, namespace } = podOf('a', 'b');
  await namespace.join('a');
  const b = namespace.join('b');
  namespace.release();
  await clock.advance(100);
  expect(await b).toBeUndefined();
});
