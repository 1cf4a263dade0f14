import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  Authority,
  createAuthority,
  readCertificate,
  yearMs,
  type CertificateRequest,
  type KeyPair,
} from './certificates.ts';

export interface ClusterPkiOptions {
  /** Further names and addresses the API server is reached by; localhost and the in-cluster names are always there. */
  sans?: readonly string[];
  /** The first address of the service range: `kubernetes.default`. */
  serviceAddress?: string;
  /** Addresses etcd is reached by beside 127.0.0.1. */
  etcdSans?: readonly string[];
  clusterDomain?: string;
  now?: () => number;
}

/** The certificates of a control plane on disk, in kubeadm's layout, all PEM. */
export interface ClusterPki {
  readonly directory: string;
  /** Signs everything but etcd's. */
  readonly ca: Authority;
  /** For the API's and the node service's ports. */
  readonly serving: KeyPair;
  /** Signs and checks service account tokens. */
  readonly serviceAccountKey: string;
  readonly files: {
    ca: string;
    etcdCa: string;
    etcdServer: { certificate: string; privateKey: string };
    etcdClient: { certificate: string; privateKey: string };
  };
}

/** A certificate with less than this left is made anew when the control plane starts. */
const renewBeforeMs = yearMs / 4;

const isAddress = (text: string) => /^[0-9.]+$/.test(text) || text.includes(':');

/**
 * Reads the certificates in `directory`, making what is missing, runs out within three months, or does not cover the names
 * asked for. Authorities are never replaced. Files: `ca.crt ca.key apiserver.crt apiserver.key apiserver-etcd-client.{crt,key}
 * etcd/ca.{crt,key} etcd/server.{crt,key} sa.key`; keys have mode 0600.
 */
export async function openClusterPki(
  directory: string,
  options: ClusterPkiOptions = {},
): Promise<ClusterPki> {
  const now = options.now ?? Date.now;
  const domain = options.clusterDomain ?? 'cluster.local';
  mkdirSync(join(directory, 'etcd'), { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);

  const authority = async (name: string, commonName: string) => {
    const paths = pathsOf(directory, name);
    if (!existsSync(paths.certificate)) writePair(paths, await createAuthority(commonName, now()));
    return new Authority(readPair(paths), now);
  };
  const leaf = async (name: string, signer: Authority, request: CertificateRequest) => {
    const paths = pathsOf(directory, name);
    if (
      !existsSync(paths.certificate) ||
      !existsSync(paths.privateKey) ||
      !stillFits(paths.certificate, request, now())
    )
      writePair(paths, await signer.issue(request));
    return paths;
  };

  const ca = await authority('ca', 'kubernetes');
  const etcdCa = await authority('etcd/ca', 'etcd-ca');
  const sans = [
    ...[
      'kubernetes',
      'kubernetes.default',
      'kubernetes.default.svc',
      `kubernetes.default.svc.${domain}`,
      'localhost',
    ],
    ...['127.0.0.1', ...(options.serviceAddress ? [options.serviceAddress] : [])],
    ...(options.sans ?? []),
  ];
  const serving = await leaf('apiserver', ca, {
    commonName: 'kube-apiserver',
    usages: ['server'],
    dnsNames: unique(sans.filter((each) => !isAddress(each))),
    ipAddresses: unique(sans.filter(isAddress)),
  });
  const etcdServer = await leaf('etcd/server', etcdCa, {
    commonName: 'etcd',
    usages: ['server', 'client'],
    dnsNames: ['localhost'],
    ipAddresses: unique(['127.0.0.1', ...(options.etcdSans ?? [])]),
  });
  const etcdClient = await leaf('apiserver-etcd-client', etcdCa, {
    commonName: 'kube-apiserver-etcd-client',
    usages: ['client'],
  });
  const serviceAccountPath = join(directory, 'sa.key');
  if (!existsSync(serviceAccountPath)) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFile(serviceAccountPath, privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, 0o600);
  }
  return {
    directory,
    ca,
    serving: readPair(serving),
    serviceAccountKey: readFileSync(serviceAccountPath, 'utf8'),
    files: {
      ca: join(directory, 'ca.crt'),
      etcdCa: join(directory, 'etcd/ca.crt'),
      etcdServer,
      etcdClient,
    },
  };
}

function pathsOf(directory: string, name: string) {
  return { certificate: join(directory, `${name}.crt`), privateKey: join(directory, `${name}.key`) };
}

function readPair(paths: { certificate: string; privateKey: string }): KeyPair {
  return {
    certificate: readFileSync(paths.certificate, 'utf8'),
    privateKey: readFileSync(paths.privateKey, 'utf8'),
  };
}

function stillFits(path: string, request: CertificateRequest, nowMs: number): boolean {
  const facts = readCertificate(readFileSync(path));
  const has = (wanted: readonly string[] | undefined, present: string[]) =>
    (wanted ?? []).every((each) => present.includes(each));
  return (
    facts.notAfterMs - nowMs > renewBeforeMs &&
    has(request.dnsNames, facts.dnsNames) &&
    has(request.ipAddresses, facts.ipAddresses)
  );
}

/** The key goes first: a certificate on disk always has its key beside it. */
function writePair(paths: { certificate: string; privateKey: string }, pair: KeyPair): void {
  writeFile(paths.privateKey, pair.privateKey, 0o600);
  writeFile(paths.certificate, pair.certificate, 0o644);
}

function writeFile(path: string, text: string, mode: number): void {
  mkdirSync(dirname(path), { recursive: true });
  const aside = `${path}.${process.pid}.new`;
  writeFileSync(aside, text, { mode });
  renameSync(aside, path);
}

const unique = (values: readonly string[]) => [...new Set(values)];
