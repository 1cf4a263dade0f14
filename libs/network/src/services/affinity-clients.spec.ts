import { expect, it } from 'vitest';
import { parseAffinityClients } from './affinity-clients.ts';

const listing = (name: string, ...elem: unknown[]) =>
  JSON.stringify({ nftables: [{ metainfo: {} }, { set: { family: 'ip', name, elem } }] });
const client = (val: unknown, expires: unknown) => ({ elem: { val, timeout: 600, expires } });

it('reads who is remembered and for how long', () => {
  expect(
    parseAffinityClients(
      listing('affinity-0123456789ab-ba9876543210-clients', client('10.1.2.3', 42), client('10.1.2.4', 600)),
    ),
  ).toEqual(
    new Map([
      [
        'affinity-0123456789ab-ba9876543210-clients',
        new Map([
          ['10.1.2.3', 42],
          ['10.1.2.4', 600],
        ]),
      ],
    ]),
  );
});

it.each([
  ['no JSON', 'x'],
  ['other sets', listing('hairpin', client('10.1.2.3', 42))],
  ['a set without elements', JSON.stringify({ nftables: [{ set: { name: 'affinity-0-1-clients' } }] })],
  [
    'what are no clients',
    listing(
      'affinity-0-1-clients',
      client('1.2.3.4 }; flush ruleset', 1),
      client('10.1.2.3', 0),
      null,
      '10.1.2.3',
    ),
  ],
])('passes %s over', (_, text) => {
  expect(parseAffinityClients(text)).toEqual(new Map());
});
