import { isStatus } from '@gantry/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatLabelRequirements,
  formatLabelSelector,
  labelSelectorMatches,
  matchesLabels,
  parseLabelSelector,
} from './label-selector.ts';

describe('a label selector', () => {
  const labels = { app: 'web', tier: 'front', gen: '7', empty: '' };

  it.each([
    ['', true],
    ['app=web', true],
    ['app==web', true],
    ['app = web , tier in (front, back)', true],
    ['app!=web', false],
    ['nothere!=x', true],
    ['app', true],
    ['!app', false],
    ['!nothere', true],
    ['app in (web)', true],
    ['app notin (web,db)', false],
    ['nothere notin (web)', true],
    ['gen>6', true],
    ['gen<7', false],
    ['app>1', false],
    ['empty=', true],
    ['empty in (,x)', true],
    ['app in (,x)', false],
    ['toString', false],
    ['in=x', false],
    ['example.com/name=x', false],
  ])('%j: %s', (text, matches) => {
    expect(matchesLabels(parseLabelSelector(text), labels)).toBe(matches);
  });

  it.each([
    'app=web,',
    ',',
    'app in',
    'app in ()',
    'app in (a',
    '=x',
    '!',
    'a b',
    'app=a=b',
    'a/b/c=d',
    'gen>x',
    'app=-x',
    'a!b',
    '(a)',
    'app=web)',
  ])('%j is refused as a bad request', (text) => {
    expect(() => parseLabelSelector(text)).toThrow(
      expect.toSatisfy((error) => isStatus(error, 'BadRequest')),
    );
  });

  it('never fails otherwise than with a bad request, and takes time in proportion to the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: fc.constantFrom(...'ab,=!<>() \n/-.in') }), (text) => {
        try {
          parseLabelSelector(text);
        } catch (error) {
          expect(isStatus(error, 'BadRequest')).toBe(true);
        }
      }),
    );
  });

  it('is read back as it was written', () => {
    const key = fc.constantFrom('a', 'b-c', 'example.com/d');
    const value = fc.constantFrom('x', 'y', 'z.1', '');
    const requirement = fc.oneof(
      fc.record({ key, operator: fc.constantFrom('exists' as const, '!' as const), values: fc.constant([]) }),
      fc.record({
        key,
        operator: fc.constantFrom('in' as const, 'notin' as const),
        values: fc.uniqueArray(value, { minLength: 1, maxLength: 3 }).map((values) => values.sort()),
      }),
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(requirement, { selector: ({ key }) => key, maxLength: 3 }),
        (requirements) => {
          const sorted = requirements.toSorted((a, b) => (a.key < b.key ? -1 : 1));
          expect(parseLabelSelector(formatLabelRequirements(requirements))).toEqual(sorted);
        },
      ),
    );
  });

  it('of an object matches nothing when absent and everything when empty', () => {
    expect(labelSelectorMatches(undefined, labels)).toBe(false);
    expect(labelSelectorMatches({}, undefined)).toBe(true);
    expect(
      labelSelectorMatches(
        {
          matchLabels: { app: 'web' },
          matchExpressions: [
            { key: 'tier', operator: 'NotIn', values: ['back'] },
            { key: 'gen', operator: 'Exists' },
            { key: 'none', operator: 'DoesNotExist' },
          ],
        },
        labels,
      ),
    ).toBe(true);
    expect(labelSelectorMatches({ matchExpressions: [{ key: 'app', operator: 'toString' }] }, labels)).toBe(
      false,
    );
  });

  it('is shown as kubectl shows it', () => {
    expect(formatLabelSelector({ matchLabels: { b: '2', a: '1' } })).toBe('a=1,b=2');
    expect(
      formatLabelSelector({ matchExpressions: [{ key: 'a', operator: 'In', values: ['y', 'x'] }] }),
    ).toBe('a in (x,y)');
    expect(formatLabelSelector({})).toBe('<none>');
    expect(formatLabelSelector(undefined)).toBe('<none>');
  });
});
