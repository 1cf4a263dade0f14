import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { check } from './check.ts';

let server: Server;
let port: number;
beforeAll(async () => {
  server = createServer((request, response) => {
    const url = request.url ?? '';
    const location = {
      '/good': '/ok',
      '/bad': '/broken',
      '/away': 'http://elsewhere.example/',
      '/round': '/round',
    }[url];
    if (url === '/slow') return;
    if (location) response.writeHead(302, { location }).end('moved');
    else if (url === '/broken') response.writeHead(500).end();
    else response.end(`${url} ${request.headers['user-agent']} ${request.headers.host}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => void server.close());

const probe = (path: string, more: object = {}, timeoutMs = 60_000) =>
  check(
    { httpGet: { path, port, ...more } },
    {
      container: { name: 'main' },
      containerId: 'c',
      address: '127.0.0.1',
      runtime: { exec: () => Promise.reject(new Error('no container')) },
    },
    timeoutMs,
  );

it.each<[string, object]>([
  ['/ok', { ok: true, statusCode: 200 }],
  ['/ok?a=b', { ok: true, statusCode: 200 }],
  ['/broken', { ok: false, statusCode: 500, message: 'HTTP probe failed with statuscode: 500' }],
  ['/good', { ok: true, statusCode: 200 }],
  ['/bad', { ok: false, statusCode: 500 }],
  ['/away', { ok: true, warned: true, message: 'Probe terminated redirects, Response body: moved' }],
  [
    '/round',
    { ok: false, message: expect.stringMatching(/^Get ".*": stopped after 10 redirects$/) as string },
  ],
])('an HTTP check of %s gives %j', async (path, result) => expect(await probe(path)).toMatchObject(result));

it('an HTTP check of what does not answer says that its time is over', async () =>
  expect(await probe('/slow', {}, 500)).toMatchObject({
    ok: false,
    message: expect.stringMatching(
      /^Get ".*slow": context deadline exceeded .*awaiting headers\)$/,
    ) as string,
  }));

it('an HTTP check says who it is, or what it was told to say', async () => {
  expect((await probe('/x')).message).toBe(`/x kube-probe/1.36 127.0.0.1:${port}`);
  const headers = [
    { name: 'Host', value: 'shop.example' },
    { name: 'User-Agent', value: 'me' },
  ];
  expect((await probe('x', { httpHeaders: headers })).message).toBe('/x me shop.example');
});

it('an HTTP check of a port where nobody listens says so', async () =>
  expect(await probe('/', { port: 1 })).toEqual({
    ok: false,
    message: 'Get "http://127.0.0.1:1/": dial tcp 127.0.0.1:1: connect: connection refused',
  }));
