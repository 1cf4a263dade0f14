import type { V1Container, V1PodSpec } from '@gantry/api';
import { describe, expect, it } from 'vitest';
import { isChange, readChange, setImages, setVariables } from './edit.ts';

const spec = (): V1PodSpec => ({
  containers: [
    { name: 'main', image: 'a:1' },
    { name: 'side', image: 'b:1' },
  ],
});

describe('changes on the command line', () => {
  it.each([
    ['tier=front', true],
    ['example.com/x=1', true],
    ['tier-', true],
    ['empty=', true],
    ['pod', false],
    ['pod/web', false],
    ['-', false],
  ])('%s is a change: %s', (text, expected) => {
    expect(isChange(text)).toBe(expected);
  });

  it('keeps further equal signs in the value', () => {
    expect(readChange('a=b=c')).toEqual(['a', 'b=c']);
    expect(readChange('a-')).toEqual(['a', null]);
  });
});

describe('set', () => {
  it('changes the image of one container, or of all', () => {
    const one = spec();
    setImages(one, [['side', 'b:2']]);
    expect(one.containers.map(({ image }) => image)).toEqual(['a:1', 'b:2']);
    const all = spec();
    setImages(all, [['*', 'c:1']]);
    expect(all.containers.map(({ image }) => image)).toEqual(['c:1', 'c:1']);
  });

  it('refuses a container that is not there', () => {
    expect(() => setImages(spec(), [['nope', 'x']])).toThrow('unable to find container named "nope"');
  });

  it('adds, replaces and removes variables', () => {
    const container: V1Container = {
      name: 'main',
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
    };
    setVariables(container, [
      ['B', '3'],
      ['C', '4'],
      ['A', null],
    ]);
    expect(container.env).toEqual([
      { name: 'B', value: '3' },
      { name: 'C', value: '4' },
    ]);
  });
});
