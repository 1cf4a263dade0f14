import { createHash, randomBytes, X509Certificate as NodeCertificate, type webcrypto } from 'node:crypto';
import type { JsonGeneralName } from '@peculiar/x509';

/**
 * Certificates of a cluster. Keys are ECDSA on P-256: handshakes and signatures cost a fraction of RSA's, and every client of
 * Kubernetes takes them. `@peculiar/x509` makes and signs them; it is loaded at the first need, for a server that finds its
 * certificates on disk never needs it.
 */

/** Both in PEM; the key as PKCS #8. */
export interface KeyPair {
  certificate: string;
  privateKey: string;
}

export interface Subject {
  commonName: string;
  organizations?: readonly string[];
}

export interface CertificateRequest extends Subject {
  /** What it may be used for: RFC 5280 extended key usages clientAuth and serverAuth. */
  usages: readonly ('client' | 'server')[];
  dnsNames?: readonly string[];
  ipAddresses?: readonly string[];
  /** Default one year, as kubeadm's. */
  lifetimeMs?: number;
}

/** Said when a signing request is not what its sender may have; the message goes to the sender. */
export class SigningRefused extends Error {
  override readonly name = 'SigningRefused';
}

type CryptoKey = webcrypto.CryptoKey;

const dayMs = 24 * 3600 * 1000;
export const yearMs = 365 * dayMs;
/** Certificates begin a little in the past: the clocks of two machines differ. */
const clockSkewMs = 5 * 60 * 1000;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

async function x509() {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

/** `O=a+O=b, CN=x` as @peculiar/x509 takes names: an array, so that no value can break out of its place. */
function distinguishedName({ commonName, organizations = [] }: Subject) {
  return [...organizations.map((each) => ({ O: [each] })), { CN: [commonName] }];
}

async function exportKey(key: CryptoKey): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${der.replace(/.{64}/g, '$&\n').trimEnd()}\n-----END PRIVATE KEY-----\n`;
}

async function importKey(pem: string): Promise<CryptoKey> {
  const der = Buffer.from(pem.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64');
  return crypto.subtle.importKey('pkcs8', der, algorithm, true, ['sign']);
}

/** 126 random bits, positive and never zero (RFC 5280 4.1.2.2). */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x3f) | 0x40;
  return bytes.toString('hex');
}

/** A new self-signed authority, valid ten years. */
export async function createAuthority(commonName: string, nowMs: number): Promise<KeyPair> {
  const {
    X509CertificateGenerator,
    BasicConstraintsExtension,
    KeyUsagesExtension,
    KeyUsageFlags,
    SubjectKeyIdentifierExtension,
  } = await x509();
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: distinguishedName({ commonName }),
    keys,
    serialNumber: serialNumber(),
    notBefore: new Date(nowMs - clockSkewMs),
    notAfter: new Date(nowMs + 10 * yearMs),
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(
        KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign | KeyUsageFlags.digitalSignature,
        true,
      ),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem') + '\n', privateKey: await exportKey(keys.privateKey) };
}

/** Signs certificates in the name of a CA. */
export class Authority {
  /** PEM. */
  readonly certificate: string;
  readonly #privateKey: string;
  readonly #now: () => number;

  constructor(pair: KeyPair, now: () => number) {
    this.certificate = pair.certificate;
    this.#privateKey = pair.privateKey;
    this.#now = now;
  }

  /** A new key and its certificate. */
  async issue(request: CertificateRequest): Promise<KeyPair> {
    const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    return {
      certificate: await this.#sign(request, keys.publicKey),
      privateKey: await exportKey(keys.privateKey),
    };
  }

  /**
   * Signs the key of a PKCS #10 request (DER) for exactly the subject the caller has decided on. Throws SigningRefused when the
   * request is not well-formed, not signed by its own key, asks for another subject or for other names, or has a weak key.
   */
  async signClient(csr: Uint8Array, subject: Subject, lifetimeMs = yearMs): Promise<string> {
    const { Pkcs10CertificateRequest } = await x509();
    let request;
    try {
      request = new Pkcs10CertificateRequest(new Uint8Array(csr));
      if (!(await request.verify()))
        throw new SigningRefused('the signing request is not signed by its own key');
    } catch (error) {
      if (error instanceof SigningRefused) throw error;
      throw new SigningRefused('the signing request is not a PKCS #10 request');
    }
    const asked = request.subjectName.toJSON();
    const value = (name: string) => asked.flatMap((each) => each[name] ?? []).sort();
    const wanted = [...(subject.organizations ?? [])].sort();
    if (value('CN').join('\0') !== subject.commonName || value('O').join('\0') !== wanted.join('\0'))
      throw new SigningRefused(
        `the signing request is for "${request.subject}", not for CN=${subject.commonName}, O=${wanted.join('+')}`,
      );
    if (request.extensions.length > 0) throw new SigningRefused('the signing request asks for extensions');
    const key = request.publicKey.algorithm as { name: string; namedCurve?: string; modulusLength?: number };
    const strong =
      (key.name === 'ECDSA' && ['P-256', 'P-384', 'P-521'].includes(key.namedCurve ?? '')) ||
      key.name === 'Ed25519' ||
      (key.name.startsWith('RSA') && (key.modulusLength ?? 0) >= 2048);
    if (!strong)
      throw new SigningRefused(`the signing request has a key of a kind that is not taken: ${key.name}`);
    return this.#sign({ ...subject, usages: ['client'], lifetimeMs }, await request.publicKey.export());
  }

  async #sign(request: CertificateRequest, publicKey: CryptoKey): Promise<string> {
    const {
      X509CertificateGenerator,
      X509Certificate,
      BasicConstraintsExtension,
      KeyUsagesExtension,
      KeyUsageFlags,
      ExtendedKeyUsageExtension,
      ExtendedKeyUsage,
      SubjectAlternativeNameExtension,
      AuthorityKeyIdentifierExtension,
    } = await x509();
    const issuer = new X509Certificate(this.certificate);
    const names: JsonGeneralName[] = [
      ...(request.dnsNames ?? []).map((value) => ({ type: 'dns' as const, value })),
      ...(request.ipAddresses ?? []).map((value) => ({ type: 'ip' as const, value })),
    ];
    const nowMs = this.#now();
    const certificate = await X509CertificateGenerator.create({
      subject: distinguishedName(request),
      issuer: issuer.subjectName.toJSON(),
      serialNumber: serialNumber(),
      notBefore: new Date(nowMs - clockSkewMs),
      notAfter: new Date(nowMs + (request.lifetimeMs ?? yearMs)),
      publicKey,
      signingKey: await importKey(this.#privateKey),
      signingAlgorithm: algorithm,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
        new ExtendedKeyUsageExtension(
          request.usages.map((usage) =>
            usage === 'client' ? ExtendedKeyUsage.clientAuth : ExtendedKeyUsage.serverAuth,
          ),
        ),
        await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
        ...(names.length > 0 ? [new SubjectAlternativeNameExtension(names)] : []),
      ],
    });
    return certificate.toString('pem') + '\n';
  }
}

/** A new key and a request to have it signed, in DER. */
export async function createSigningRequest(
  subject: Subject,
): Promise<{ csr: Uint8Array; privateKey: string }> {
  const { Pkcs10CertificateRequestGenerator } = await x509();
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: distinguishedName(subject),
    keys,
    signingAlgorithm: algorithm,
  });
  return { csr: new Uint8Array(request.rawData), privateKey: await exportKey(keys.privateKey) };
}

export interface CertificateFacts {
  commonName: string;
  organizations: string[];
  notBeforeMs: number;
  notAfterMs: number;
  dnsNames: string[];
  ipAddresses: string[];
}

/** What a certificate (PEM or DER) says of its holder. Its signature is not checked here: TLS has done that. */
export function readCertificate(certificate: string | Uint8Array): CertificateFacts {
  const parsed = new NodeCertificate(certificate);
  const subject = parsed.toLegacyObject().subject as unknown as Record<string, string | string[] | undefined>;
  const list = (value: string | string[] | undefined) =>
    value === undefined ? [] : Array.isArray(value) ? value : [value];
  const names = (parsed.subjectAltName ?? '').split(', ').filter(Boolean);
  const ofType = (prefix: string) =>
    names.filter((each) => each.startsWith(prefix)).map((each) => each.slice(prefix.length));
  return {
    commonName: list(subject['CN'])[0] ?? '',
    organizations: list(subject['O']),
    notBeforeMs: Date.parse(parsed.validFrom),
    notAfterMs: Date.parse(parsed.validTo),
    dnsNames: ofType('DNS:'),
    ipAddresses: ofType('IP Address:'),
  };
}

/** `sha256` of the certificate's public key (SubjectPublicKeyInfo), in hex: what a join token pins. As kubeadm's CA hash. */
export function publicKeyHash(certificate: string | Uint8Array): string {
  const spki = new NodeCertificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('hex');
}
