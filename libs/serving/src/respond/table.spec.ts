import { describe, expect, it } from 'vitest';
import { kindList, kinds } from '@gantry/api';
import { MemoryState } from '@gantry/state';
import { partialOf, tableOf } from './table.ts';

const state = new MemoryState();
const entry = await state.create(kinds.configMap, {
  metadata: { name: 'a', namespace: 'n' },
  data: { k: 'v' },
});
const options = { version: 'v1', include: 'Metadata', nowMs: Date.now(), metadata: {} } as const;

describe('tables', () => {
  it('have a row of cells for each object, with its metadata', () => {
    const table = tableOf(kinds.configMap, [entry], options);
    expect(table.columnDefinitions?.map((each) => (each as { name: string }).name)).toEqual([
      'Name',
      'Data',
      'Age',
    ]);
    expect(table.rows).toEqual([
      { cells: ['a', 1, expect.any(String) as string], object: { ...partialOf(entry.object) } },
    ]);
  });

  it.each([
    ['None', undefined],
    ['Object', entry.object],
  ] as const)('carry %s as asked', (include, expected) => {
    expect(tableOf(kinds.configMap, [entry], { ...options, include }).rows[0]!.object).toBe(expected);
  });

  it.each(kindList.map((kind) => [kind.kind, kind] as const))(
    'of %s show an empty object, too',
    (_, kind) => {
      const bare = { object: { metadata: { name: 'x' }, spec: {} } } as never;
      expect(() => tableOf(kind, [bare], options)).not.toThrow();
    },
  );
});
