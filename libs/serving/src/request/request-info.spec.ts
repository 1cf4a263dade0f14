import { describe, expect, it } from 'vitest';
import { parseRequestInfo } from './request-info.ts';

describe('the meaning of a path', () => {
  it.each([
    ['GET', '/api/v1/pods', { verb: 'list', resource: 'pods', namespace: '' }],
    ['GET', '/api/v1/pods?watch=1', { verb: 'watch', resource: 'pods' }],
    ['GET', '/api/v1/pods?watch=false', { verb: 'list' }],
    ['GET', '/api/v1/watch/namespaces/a/pods', { verb: 'watch', namespace: 'a', resource: 'pods' }],
    [
      'GET',
      '/api/v1/namespaces/a/pods/web',
      { verb: 'get', namespace: 'a', name: 'web', group: '', version: 'v1' },
    ],
    [
      'POST',
      '/apis/apps/v1/namespaces/a/deployments',
      { verb: 'create', group: 'apps', resource: 'deployments' },
    ],
    ['DELETE', '/api/v1/namespaces/a/pods', { verb: 'deletecollection', name: '' }],
    ['DELETE', '/api/v1/namespaces/a/pods/web', { verb: 'delete' }],
    ['PATCH', '/api/v1/namespaces/a/pods/web/status', { verb: 'patch', subresource: 'status', rest: '' }],
    ['GET', '/api/v1/namespaces/a', { verb: 'get', resource: 'namespaces', namespace: 'a', name: 'a' }],
    ['PUT', '/api/v1/namespaces/a/finalize', { resource: 'namespaces', name: 'a', subresource: 'finalize' }],
    [
      'GET',
      '/api/v1/nodes/n/proxy/metrics/cadvisor',
      { name: 'n', subresource: 'proxy', rest: '/metrics/cadvisor' },
    ],
    ['GET', '/api/v1/namespaces/a/pods/we%62', { name: 'web' }],
    ['HEAD', '/api/v1/nodes', { verb: 'list' }],
  ])('%s %s', (method, url, expected) => {
    expect(parseRequestInfo(method, url)).toMatchObject({ isResource: true, ...expected });
  });

  it.each([
    '/',
    '/healthz',
    '/version',
    '/api',
    '/api/v1',
    '/apis',
    '/apis/apps',
    '/apis/apps/v1',
    '/openapi/v2',
  ])('%s is about no resource', (url) => {
    expect(parseRequestInfo('GET', url)).toMatchObject({ isResource: false, verb: 'get', path: url });
  });

  it.each(['', '//', '/api//', '/apis///x', '/api/v1/namespaces//pods', '/api/v1/%zz', '?', '/api/v1/watch'])(
    '%j does no harm',
    (url) => {
      expect(() => parseRequestInfo('GET', url)).not.toThrow();
    },
  );
});
