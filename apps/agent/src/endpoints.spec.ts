import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { silentLogger } from '@gantry/base';
import { Authority, createAuthority } from '@gantry/pki';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveEndpoints, type EndpointIdentity } from './endpoints.ts';

const agent = { http: (path: string) => Promise.resolve({ code: 200, headers: {}, body: path }) };
let authority: Authority;
let server: Awaited<ReturnType<typeof serveEndpoints>>;
let renewed: Parameters<EndpointIdentity['onRenewed']>[0];

const client = (ca: Authority, commonName: string, ...organizations: string[]) =>
  ca.issue({ commonName, organizations, usages: ['client'] });
const newAuthority = async () => new Authority(await createAuthority('kubernetes', Date.now()), Date.now);
const credentialsOf = async (ca: Authority) => ({
  ca: ca.certificate,
  ...(await client(ca, 'system:node:n', 'system:nodes')),
});

beforeAll(async () => {
  authority = await newAuthority();
  const credentials = await credentialsOf(authority);
  const identity = { credentials, onRenewed: (listener: typeof renewed) => void (renewed = listener) };
  server = await serveEndpoints(agent, { host: '127.0.0.1', port: 0 }, identity, silentLogger);
});
afterAll(() => server.close());

function get(path: string, keys: { certificate?: string; privateKey?: string } = {}) {
  return new Promise<{ code: number; body: string }>((resolve, reject) => {
    request(
      {
        ...{ host: '127.0.0.1', port: (server.address() as AddressInfo).port, path, agent: false },
        ...{ cert: keys.certificate, key: keys.privateKey, rejectUnauthorized: false },
      },
      (response) => {
        let body = '';
        response.on('data', (text) => (body += String(text)));
        response.on('end', () => resolve({ code: response.statusCode ?? 0, body }));
      },
    )
      .on('error', reject)
      .end();
  });
}

describe('the endpoints of a node', () => {
  it('say to anybody that it is well, and nothing else', async () => {
    expect(await get('/healthz')).toEqual({ code: 200, body: '/healthz' });
    expect(await get('/metrics')).toEqual({ code: 401, body: 'Unauthorized' });
    expect((await get('/pods')).code).toBe(404);
  });

  it.each(['system:masters', 'system:monitoring'])('show metrics to members of %s', async (group) => {
    const keys = await client(authority, 'prometheus', group);
    for (const path of ['/metrics', '/metrics/cadvisor', '/metrics/probes', '/metrics/resource'])
      expect(await get(path, keys)).toEqual({ code: 200, body: path });
    expect((await get('/pods', keys)).code).toBe(404);
  });

  it('refuse others, and whom another authority vouches for', async () => {
    expect(await get('/metrics', await client(authority, 'jane', 'dev'))).toEqual({
      code: 403,
      body: 'Forbidden (user=jane, verb=get, resource=nodes, subresource(s)=[metrics])\n',
    });
    expect((await get('/metrics', await client(await newAuthority(), 'eve', 'system:masters'))).code).toBe(
      401,
    );
  });

  it('believe the authority that comes with a renewed certificate', async () => {
    const next = await newAuthority();
    renewed(await credentialsOf(next));
    expect((await get('/metrics', await client(next, 'prometheus', 'system:masters'))).code).toBe(200);
    renewed(await credentialsOf(authority));
  });
});
