import { describe, expect, it } from 'vitest';
import { familiarName, fullName, parseReference } from './reference.ts';

const hex = 'a'.repeat(64);
const digest = `sha256:${hex}`;

describe('a reference', () => {
  it.each([
    ['busybox', 'docker.io/library/busybox:latest', 'busybox:latest'],
    ['busybox:1.36', 'docker.io/library/busybox:1.36', 'busybox:1.36'],
    ['someone/app', 'docker.io/someone/app:latest', 'someone/app:latest'],
    ['docker.io/busybox', 'docker.io/library/busybox:latest', 'busybox:latest'],
    ['index.docker.io/library/busybox', 'docker.io/library/busybox:latest', 'busybox:latest'],
    ['docker.io/someone/app:1', 'docker.io/someone/app:1', 'someone/app:1'],
    ['127.0.0.1:5000/hello:1', '127.0.0.1:5000/hello:1', '127.0.0.1:5000/hello:1'],
    ['localhost/hello', 'localhost/hello:latest', 'localhost/hello:latest'],
    ['localhost:5000/a/b/c', 'localhost:5000/a/b/c:latest', 'localhost:5000/a/b/c:latest'],
    ['[::1]:5000/hello', '[::1]:5000/hello:latest', '[::1]:5000/hello:latest'],
    ['[2001:db8::1]/hello', '[2001:db8::1]/hello:latest', '[2001:db8::1]/hello:latest'],
    ['registry.k8s.io/pause:3.9', 'registry.k8s.io/pause:3.9', 'registry.k8s.io/pause:3.9'],
    ['Host/app', 'Host/app:latest', 'Host/app:latest'],
    ['a_b/c__d/e---f/g.h', 'docker.io/a_b/c__d/e---f/g.h:latest', 'a_b/c__d/e---f/g.h:latest'],
    [`busybox@${digest}`, `docker.io/library/busybox@${digest}`, `busybox@${digest}`],
    [`busybox:1@${digest}`, `docker.io/library/busybox:1@${digest}`, `busybox:1@${digest}`],
    [`r.io:1/x@sha512:${hex}${hex}`, `r.io:1/x@sha512:${hex}${hex}`, `r.io:1/x@sha512:${hex}${hex}`],
    [`x:${'t'.repeat(128)}`, `docker.io/library/x:${'t'.repeat(128)}`, `x:${'t'.repeat(128)}`],
  ])('%s is %s', (text, full, familiar) => {
    const reference = parseReference(text);
    expect(fullName(reference)).toBe(full);
    expect(familiarName(reference)).toBe(familiar);
    expect(parseReference(full)).toEqual(reference);
  });

  it.each([
    ['', 'invalid reference format'],
    [' ', 'invalid reference format'],
    ['bad name', 'invalid reference format'],
    ['Bad', 'invalid reference format: repository name (library/Bad) must be lowercase'],
    ['a//b', 'invalid reference format'],
    ['/a', 'invalid reference format'],
    ['a/', 'invalid reference format'],
    ['-a', 'invalid reference format'],
    ['a:', 'invalid reference format'],
    ['a:.tag', 'invalid reference format'],
    ['a:-tag', 'invalid reference format'],
    [`a:${'t'.repeat(129)}`, 'invalid reference format'],
    ['a@', 'invalid reference format'],
    ['a@sha256:abc', 'invalid reference format'],
    [`a@sha256:${'a'.repeat(63)}`, 'invalid checksum digest length'],
    [`a@md5:${'a'.repeat(32)}`, 'unsupported digest algorithm'],
    [`a@sha256:${'A'.repeat(64)}`, 'invalid checksum digest format'],
    ['a___b', 'invalid reference format'],
    ['a..b', 'invalid reference format'],
    ['host:port/a', 'invalid reference format'],
    ['../../etc', 'invalid reference format'],
    ['http://host/a', 'invalid reference format'],
    ['a\nb', 'invalid reference format'],
    ['a:1\n', 'invalid reference format'],
    ['é/x', 'invalid reference format'],
    [hex, `invalid repository name (${hex}), cannot specify 64-byte hexadecimal strings`],
    [`r.io/${'a'.repeat(256)}`, 'repository name must not be more than 255 characters'],
  ])('%j is refused', (text, message) => {
    expect(() => parseReference(text)).toThrow(expect.objectContaining({ reason: 'badReference', message }));
  });

  it('is refused unread when it is absurdly long', () => {
    expect(() => parseReference('a'.repeat(100_000))).toThrow('invalid reference format');
  });
});
