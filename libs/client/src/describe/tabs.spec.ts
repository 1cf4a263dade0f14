import { expect, it } from 'vitest';
import { alignTabs } from './tabs.ts';

it('makes a column as wide as its neighbours above and below need', () => {
  expect(alignTabs('Name:\tx\nNamespace:\ty\nLabels:\n  a\tb\n  long one\tc\td\n')).toBe(
    'Name:       x\nNamespace:  y\nLabels:\n  a         b\n  long one  c  d\n',
  );
});

it('leaves what follows the last tab as it is', () => {
  expect(alignTabs('a\t\nbb\tc')).toBe('a   \nbb  c');
});
