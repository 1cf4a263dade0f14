import { describe, expect, it } from 'vitest';
import { decodeContinue, encodeContinue } from './continue-token.ts';

const token = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const of = (rv: unknown, start: unknown) => token({ v: 'meta.k8s.io/v1', rv, start });

describe('where a list goes on', () => {
  it.each([
    { revision: 7n, after: 'default/web-1' },
    { revision: undefined, after: 'node-1' },
  ])('is read as it was written: $after', (place) =>
    expect(decodeContinue(encodeContinue(place))).toEqual(place),
  );

  it.each([
    ['no base64 of ours', 'abc', ''],
    ['nothing', token(null), ': server does not recognize this encoded version'],
    [
      'another version',
      token({ v: 'v2', rv: 1, start: 'a' }),
      ': server does not recognize this encoded version',
    ],
    ['revision 0', of(0, 'a'), ': incorrect encoded start resourceVersion (version meta.k8s.io/v1)'],
    ['half a revision', of(1.5, 'a'), ': incorrect encoded start resourceVersion (version meta.k8s.io/v1)'],
    ['no key', of(1, ''), ': encoded start key empty (version meta.k8s.io/v1)'],
    ['a key elsewhere', of(1, '../secrets/a\0'), ': ../secrets/a\0'],
    ['a key by a detour', of(1, 'a/../b\0'), ': a/../b\0'],
    ['a folder', of(1, 'a/'), ': a/'],
  ])('is refused: %s', (_what, text, why) =>
    expect(() => decodeContinue(text)).toThrow(
      expect.objectContaining({
        code: 400,
        message: `invalid continue token: continue key is not valid${why}`,
      }),
    ),
  );
});
