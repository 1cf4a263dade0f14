import { isStatus } from '@gantry/base';
import { describe, expect, it } from 'vitest';
import { matchesFields, parseFieldSelector } from './field-selector.ts';
import { kinds } from './kinds/index.ts';
import { examplePod } from './testing/index.ts';

describe('a field selector', () => {
  const pod = { ...examplePod(), status: { phase: 'Running' } };
  pod.spec.nodeName = 'a,b=c\\';

  it.each([
    ['', true],
    ['metadata.name=web', true],
    ['metadata.name==web,metadata.namespace=default', true],
    ['status.phase!=Running', false],
    ['status.phase=Running,spec.nodeName!=', true],
    ['spec.nodeName=a\\,b\\=c\\\\', true],
    ['spec.hostNetwork=false', true],
    ['status.podIP=', true],
  ])('%j: %s', (text, matches) => {
    expect(matchesFields(parseFieldSelector(kinds.pod, text), pod)).toBe(matches);
  });

  it.each([
    ['spec.nonsense=1', 'field label not supported: spec.nonsense'],
    ['toString=1', 'field label not supported: toString'],
    ['status.phase', "invalid selector: 'status.phase'; can't understand 'status.phase'"],
    ['status.phase=a=b', 'bad value'],
    ['status.phase=a\\b', 'bad value'],
  ])('%j is refused: %s', (text, words) => {
    expect(() => parseFieldSelector(kinds.pod, text)).toThrow(words);
    expect(() => parseFieldSelector(kinds.pod, text)).toThrow(
      expect.toSatisfy((error) => isStatus(error, 'BadRequest')),
    );
  });

  it('names the fields that every kind has where a kind has no others', () => {
    expect(() => parseFieldSelector(kinds.configMap, 'data.x=1')).toThrow(
      '"data.x" is not a known field selector: only "metadata.name", "metadata.namespace"',
    );
  });

  it('knows no namespace of what lives outside namespaces', () => {
    expect(() => parseFieldSelector(kinds.node, 'metadata.namespace=x')).toThrow('not supported');
  });
});
