import { readCertificate } from '@gantry/pki';

export const nodesGroup = 'system:nodes';
export const nodeUserPrefix = 'system:node:';

/** The subject of a node's client certificate, as Kubernetes' node authorizer wants it. */
export function nodeSubject(nodeName: string): { commonName: string; organizations: string[] } {
  return { commonName: nodeUserPrefix + nodeName, organizations: [nodesGroup] };
}

/** The node that a verified certificate (DER) names; undefined when it is anybody else's. */
export function nodeNameOf(certificate: Uint8Array): string | undefined {
  const { commonName, organizations } = readCertificate(certificate);
  if (!organizations.includes(nodesGroup) || !commonName.startsWith(nodeUserPrefix)) return undefined;
  const name = commonName.slice(nodeUserPrefix.length);
  return isNodeName(name) ? name : undefined;
}

/** RFC 1123 subdomain, as Kubernetes demands of node names. */
export function isNodeName(name: string): boolean {
  return (
    name.length > 0 &&
    name.length <= 253 &&
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name)
  );
}
