import { createServer, connect, type TLSSocket } from 'node:tls';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  Authority,
  createAuthority,
  createSigningRequest,
  publicKeyHash,
  readCertificate,
  SigningRefused,
  yearMs,
} from './certificates.ts';
import { openClusterPki } from './cluster-pki.ts';
import { formatJoinToken, newBootstrapToken, parseJoinToken } from './join-token.ts';

const now = () => Date.now();
const authority = async () => new Authority(await createAuthority('test-ca', now()), now);

describe('an authority', () => {
  it('issues certificates that a TLS server and client accept of each other', async () => {
    const ca = await authority();
    const server = await ca.issue({
      commonName: 'server',
      usages: ['server'],
      dnsNames: ['localhost'],
      ipAddresses: ['127.0.0.1'],
    });
    const client = await ca.issue({
      commonName: 'ann',
      organizations: ['devs', 'system:masters'],
      usages: ['client'],
    });
    const listener = createServer({
      key: server.privateKey,
      cert: server.certificate,
      ca: ca.certificate,
      requestCert: true,
    });
    const peer = new Promise<string>((resolve) =>
      listener.on('secureConnection', (socket: TLSSocket) => {
        resolve(JSON.stringify(socket.getPeerCertificate().subject));
        socket.end('hello');
      }),
    );
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const { port } = listener.address() as { port: number };
    const socket = connect({
      host: '127.0.0.1',
      port,
      ca: ca.certificate,
      key: client.privateKey,
      cert: client.certificate,
    });
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    listener.close();
    expect(text).toBe('hello');
    expect(JSON.parse(await peer)).toEqual({ O: ['devs', 'system:masters'], CN: 'ann' });
  });

  it('signs a request for the subject the caller decided on', async () => {
    const ca = await authority();
    const subject = { commonName: 'system:node:a', organizations: ['system:nodes'] };
    const { csr } = await createSigningRequest(subject);
    const facts = readCertificate(await ca.signClient(csr, subject));
    expect(facts).toMatchObject({ commonName: 'system:node:a', organizations: ['system:nodes'] });
    expect(facts.notAfterMs - now()).toBeGreaterThan(yearMs - 60_000);
  });

  it('refuses a request for another subject, a request changed on the way, and noise', async () => {
    const ca = await authority();
    const { csr } = await createSigningRequest({
      commonName: 'system:node:a',
      organizations: ['system:masters'],
    });
    const node = { commonName: 'system:node:a', organizations: ['system:nodes'] };
    await expect(ca.signClient(csr, node)).rejects.toThrow(SigningRefused);
    const good = (await createSigningRequest(node)).csr;
    const changed = Uint8Array.from(good);
    changed[40] = changed[40]! ^ 1;
    await expect(ca.signClient(changed, node)).rejects.toThrow(SigningRefused);
    await expect(ca.signClient(new Uint8Array([1, 2, 3]), node)).rejects.toThrow(/PKCS #10/);
  });
});

describe('the certificates of a cluster', () => {
  it('are made once, kept, and made anew when a name is missing; authorities stay', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'gantry-pki-'));
    try {
      const first = await openClusterPki(directory, { sans: ['10.0.0.1'] });
      const again = await openClusterPki(directory, { sans: ['10.0.0.1'] });
      expect(again.serving.certificate).toBe(first.serving.certificate);
      const wider = await openClusterPki(directory, { sans: ['10.0.0.1', 'api.example'] });
      expect(wider.serving.certificate).not.toBe(first.serving.certificate);
      expect(readCertificate(wider.serving.certificate).dnsNames).toContain('api.example');
      expect(wider.ca.certificate).toBe(first.ca.certificate);
      expect(statSync(join(directory, 'ca.key')).mode & 0o777).toBe(0o600);
      expect(publicKeyHash(readFileSync(first.files.ca))).toMatch(/^[0-9a-f]{64}$/);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('are made anew when they run out soon', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'gantry-pki-'));
    try {
      const first = await openClusterPki(directory);
      const later = await openClusterPki(directory, { now: () => Date.now() + 0.8 * yearMs });
      expect(later.serving.certificate).not.toBe(first.serving.certificate);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

describe('a join token', () => {
  it('survives formatting and parsing, with and without the CA hash', () => {
    const token = newBootstrapToken();
    expect(parseJoinToken(formatJoinToken(token))).toEqual(token);
    const pinned = { ...token, caHash: 'ab'.repeat(32) };
    expect(parseJoinToken(` ${formatJoinToken(pinned)}\n`)).toEqual(pinned);
  });

  it.each(['', 'abc', 'abcdef.short', 'ABCDEF.0123456789abcdef', 'K10xyz::abcdef.0123456789abcdef'])(
    'refuses %j',
    (text) => {
      expect(parseJoinToken(text)).toBeUndefined();
    },
  );
});
