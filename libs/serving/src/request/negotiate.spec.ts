import { describe, expect, it } from 'vitest';
import { negotiate } from './negotiate.ts';

const table = 'application/json;as=Table;v=v1;g=meta.k8s.io';

describe('the form of an answer', () => {
  it.each([
    [undefined, { format: 'json' }],
    ['*/*', { format: 'json' }],
    ['application/json', { format: 'json' }],
    ['application/yaml', { format: 'yaml' }],
    [
      `${table},application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json`,
      { format: 'json', as: 'Table', version: 'v1' },
    ],
    ['application/vnd.kubernetes.protobuf,application/json', { format: 'json' }],
    [
      'application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
      { format: 'json', as: 'PartialObjectMetadataList', version: 'v1' },
    ],
    ['application/json;q=0.5,application/yaml', { format: 'yaml' }],
    ['application/json;as=Table;v=v2;g=meta.k8s.io,application/yaml', { format: 'yaml' }],
  ])('for %s', (accept, expected) => {
    expect(negotiate(accept, true)).toEqual(expected);
  });

  it.each(['application/vnd.kubernetes.protobuf', 'text/html', 'application/json;q=0'])(
    '%s is NotAcceptable',
    (accept) => {
      expect(() => negotiate(accept, true)).toThrow(expect.objectContaining({ code: 406 }));
    },
  );

  it('is no table where there is none', () => {
    expect(negotiate(`${table},application/json`, false)).toEqual({ format: 'json' });
  });
});
