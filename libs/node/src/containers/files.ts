import type { V1Pod } from '@gantry/api';
import { podDomain, podHostname } from './container-config.ts';

/** What the cluster says of names, from the Welcome. */
export interface ClusterNames {
  clusterDomain: string;
  /** Address of the cluster's DNS; empty or absent: there is none and pods use the node's. */
  clusterDns?: string | undefined;
}

/** `/etc/hosts` of a pod, as the kubelet writes it. `hostFile` is the node's own, used with host network. */
export function hostsFile(
  pod: V1Pod,
  addresses: readonly string[],
  names: ClusterNames,
  nodeName: string,
  hostFile: string,
): string {
  const aliases = (pod.spec?.hostAliases ?? [])
    .map(({ ip, hostnames = [] }) => `${ip}\t${hostnames.join('\t')}\n`)
    .join('');
  const added = aliases ? `\n# Entries added by HostAliases.\n${aliases}` : '';
  if (pod.spec?.hostNetwork) return `# Kubernetes-managed hosts file (host network).\n${hostFile}${added}`;
  const hostname = podHostname(pod, nodeName);
  const domain = podDomain(pod, names.clusterDomain);
  const qualified = domain ? `${hostname}.${domain}\t` : '';
  return (
    '# Kubernetes-managed hosts file.\n' +
    '127.0.0.1\tlocalhost\n' +
    '::1\tlocalhost ip6-localhost ip6-loopback\n' +
    'fe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n' +
    addresses.map((address) => `${address}\t${qualified}${hostname}\n`).join('') +
    added
  );
}

/** `/etc/resolv.conf` by the pod's dnsPolicy and dnsConfig; `nodeFile` is the node's own. */
export function resolvFile(pod: V1Pod, names: ClusterNames, nodeFile: string): string {
  const policy = pod.spec?.dnsPolicy ?? 'ClusterFirst';
  const cluster =
    policy === 'ClusterFirstWithHostNet' || (policy === 'ClusterFirst' && !pod.spec?.hostNetwork);
  const node = parseResolv(nodeFile);
  let servers: string[] = [];
  let searches: string[] = [];
  let options: string[] = [];
  if (policy === 'None') {
    // Only what dnsConfig says.
  } else if (cluster && names.clusterDns) {
    const { clusterDomain: domain } = names;
    servers = [names.clusterDns];
    searches = [`${pod.metadata.namespace}.svc.${domain}`, `svc.${domain}`, domain, ...node.searches];
    options = ['ndots:5'];
  } else ({ servers, searches, options } = node);
  const config = pod.spec?.dnsConfig;
  const unique = (values: string[]) => [...new Set(values)];
  servers = unique([...servers, ...(config?.nameservers ?? [])]);
  searches = unique([...searches, ...(config?.searches ?? [])]);
  const byName = new Map(options.map((each) => [each.split(':')[0]!, each]));
  for (const { name, value } of config?.options ?? [])
    if (name) byName.set(name, value === undefined ? name : `${name}:${value}`);
  return [
    ...(searches.length > 0 ? [`search ${searches.join(' ')}`] : []),
    ...servers.map((each) => `nameserver ${each}`),
    ...(byName.size > 0 ? [`options ${[...byName.values()].join(' ')}`] : []),
  ]
    .map((line) => line + '\n')
    .join('');
}

/** resolv.conf(5), as far as it is passed on. */
export function parseResolv(text: string): { servers: string[]; searches: string[]; options: string[] } {
  const servers: string[] = [];
  let searches: string[] = [];
  let options: string[] = [];
  for (const line of text.split('\n')) {
    const [word, ...rest] = line.trim().split(/\s+/);
    if (word === 'nameserver' && rest[0]) servers.push(rest[0]);
    else if (word === 'search') searches = rest;
    else if (word === 'domain' && rest[0]) searches = [rest[0]];
    else if (word === 'options') options = rest;
  }
  return { servers, searches, options };
}
