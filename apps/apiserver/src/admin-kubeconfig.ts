import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { kubeconfigOf, readCertificate, yearMs, type ClusterPki } from '@gantry/pki';

/**
 * Writes a kubeconfig for `kubernetes-admin` (system:masters), readable by its owner only. One that is there stays when it is for
 * this server, of this authority, and good for three more months.
 */
export async function writeAdminKubeconfig(path: string, server: string, pki: ClusterPki): Promise<void> {
  if (existsSync(path) && stillFits(readFileSync(path, 'utf8'), server, pki.ca.certificate)) return;
  const client = await pki.ca.issue({
    commonName: 'kubernetes-admin',
    organizations: ['system:masters'],
    usages: ['client'],
  });
  const text = kubeconfigOf({ server, ca: pki.ca.certificate, user: 'kubernetes-admin', client });
  mkdirSync(dirname(path), { recursive: true });
  const aside = `${path}.${process.pid}.new`;
  writeFileSync(aside, text, { mode: 0o600 });
  renameSync(aside, path);
}

function stillFits(text: string, server: string, ca: string): boolean {
  try {
    const config = JSON.parse(text) as {
      clusters: { cluster: Record<string, string> }[];
      users: { user: Record<string, string> }[];
    };
    const cluster = config.clusters[0]!.cluster;
    const certificate = Buffer.from(config.users[0]!.user['client-certificate-data']!, 'base64');
    return (
      cluster['server'] === server &&
      Buffer.from(cluster['certificate-authority-data']!, 'base64').toString() === ca &&
      readCertificate(certificate).notAfterMs - Date.now() > yearMs / 4
    );
  } catch {
    return false;
  }
}
