import { describe, expect, it } from 'vitest';
import { identities, parseChallenges, tokenFrom, tokenRequest } from './auth.ts';

describe('a challenge', () => {
  it('is read with its parameters, quoted and bare, several in one header', () => {
    expect(
      parseChallenges(
        'Bearer realm="https://auth.example/token",service="registry.example",scope="repository:a/b:pull,push", error=invalid_token, Basic realm="r"',
      ),
    ).toEqual([
      {
        scheme: 'bearer',
        parameters: {
          realm: 'https://auth.example/token',
          service: 'registry.example',
          scope: 'repository:a/b:pull,push',
          error: 'invalid_token',
        },
      },
      { scheme: 'basic', parameters: { realm: 'r' } },
    ]);
    expect(parseChallenges(['Basic realm="a \\"b\\""', 'Negotiate'])).toEqual([
      { scheme: 'basic', parameters: { realm: 'a "b"' } },
      { scheme: 'negotiate', parameters: {} },
    ]);
  });

  it.each([undefined, '', '=', 'realm="x"', ',,,', '"'])('%j does no harm', (header) => {
    expect(parseChallenges(header)).toBeInstanceOf(Array);
  });
});

it('reads no challenge that is absurdly long', () => {
  expect(parseChallenges(`Basic ${'x="y",'.repeat(100_000)}`)).toEqual([]);
});

describe('a request for a token', () => {
  const registry = new URL('https://registry.example/v2');
  const challenge = (realm: string) => ({ scheme: 'bearer', parameters: { realm, service: 's' } });

  it('goes to the realm with the scope, and with credentials if there are any', () => {
    const request = tokenRequest(
      challenge('https://auth.example/token?a=b'),
      { kind: 'password', username: 'me', password: 'pw' },
      registry,
      'repository:x:pull',
    );
    expect(request).toMatchObject({ method: 'GET', headers: { authorization: 'Basic bWU6cHc=' } });
    expect(request.url.href).toBe(
      'https://auth.example/token?a=b&service=s&scope=repository%3Ax%3Apull&account=me',
    );
    const anonymous = tokenRequest(
      challenge('https://auth.example/token'),
      { kind: 'anonymous' },
      registry,
      'x',
    );
    expect(anonymous.headers).toEqual({});
  });

  it('posts a refresh token as OAuth 2 wants it', () => {
    const request = tokenRequest(
      challenge('https://auth.example/t'),
      { kind: 'refresh', token: 'r' },
      registry,
      'x',
    );
    expect(request).toMatchObject({ method: 'POST' });
    expect(request.body).toContain('grant_type=refresh_token');
  });

  it.each([
    ['http://auth.example/token', 'https://registry.example/v2'],
    ['http://auth.example/token', 'http://10.0.0.1:5000/v2'],
    ['http://registry.example/token', 'https://registry.example/v2'],
    ['file:///etc/passwd', 'https://registry.example/v2'],
    ['', 'https://registry.example/v2'],
  ])('is not sent to %s by %s', (realm, from) => {
    expect(() => tokenRequest(challenge(realm), { kind: 'anonymous' }, new URL(from), 'x')).toThrow(
      expect.objectContaining({ reason: 'unauthorized' }),
    );
  });

  it('may go over plain HTTP to the host that is spoken to so', () => {
    const plain = new URL('http://127.0.0.1:5000/v2');
    expect(
      tokenRequest(challenge('http://127.0.0.1:5001/t'), { kind: 'anonymous' }, plain, 'x').url.port,
    ).toBe('5001');
  });
});

describe('a token', () => {
  const url = new URL('https://auth.example/token');
  it('is taken from either field', () => {
    expect(tokenFrom(Buffer.from('{"token":"a"}'), url)).toBe('a');
    expect(tokenFrom(Buffer.from('{"access_token":"b"}'), url)).toBe('b');
  });
  it.each(['', '{}', '[]', 'null', '{"token":3}', '{"token":"a\\r\\nx: y"}', '{"token":""}'])(
    'is refused in %j',
    (body) => {
      expect(() => tokenFrom(Buffer.from(body), url)).toThrow('did not send a token');
    },
  );
});

describe('identities', () => {
  it('are tried in order: the pull’s, the node’s, nobody', () => {
    expect(
      identities(
        [
          { username: 'a', password: 'b' },
          { username: '<token>', password: 't' },
        ],
        {
          auth: Buffer.from('c:d:e').toString('base64'),
        },
      ),
    ).toEqual([
      { kind: 'password', username: 'a', password: 'b' },
      { kind: 'refresh', token: 't' },
      { kind: 'password', username: 'c', password: 'd:e' },
      { kind: 'anonymous' },
    ]);
  });
});
