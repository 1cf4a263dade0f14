import { ageColumn, firstThree, nameColumn } from '../columns.ts';
import { defineKind } from '../define-kind.ts';
import type { V1EndpointSubset, V1Endpoints } from '../gen/types.ts';
import { required } from '../validation/causes.ts';
import { dnsLabel, dnsSubdomain, ipAddress, qualifiedName, reachableAddress } from '../validation/names.ts';
import { check, checkOneOf, checkPort, type Causes } from '../validation/numbers.ts';

export const endpoints = defineKind<V1Endpoints>({
  kind: 'Endpoints',
  plural: 'endpoints',
  createdByUpdate: true,
  shortNames: ['ep'],
  storagePrefix: 'services/endpoints',
  defaults({ subsets }) {
    for (const { ports } of subsets ?? []) for (const port of ports ?? []) port.protocol ||= 'TCP';
  },
  validate({ subsets }) {
    const causes: Causes = [];
    for (const [index, subset] of (subsets ?? []).entries())
      validateSubset(causes, subset, `subsets[${index}]`);
    return causes;
  },
  columns: [
    nameColumn,
    {
      name: 'Endpoints',
      type: 'string',
      value({ subsets }) {
        const all = (subsets ?? []).flatMap(({ addresses = [], ports = [] }) =>
          ports.length
            ? ports.flatMap(({ port }) => addresses.map(({ ip }) => hostPort(ip, port)))
            : addresses.map(({ ip }) => ip),
        );
        return firstThree(all, '<none>');
      },
    },
    ageColumn,
  ],
});

const hostPort = (ip: string, port: number) => (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`);

function validateSubset(causes: Causes, subset: V1EndpointSubset, at: string): void {
  if (!subset.addresses?.length && !subset.notReadyAddresses?.length)
    causes.push(required(at, 'must specify `addresses` or `notReadyAddresses`'));
  for (const list of ['addresses', 'notReadyAddresses'] as const)
    for (const [index, { ip, hostname, nodeName }] of (subset[list] ?? []).entries()) {
      const place = `${at}.${list}[${index}]`;
      check(causes, `${place}.ip`, ip ?? '', ipAddress);
      if (hostname) check(causes, `${place}.hostname`, hostname, dnsLabel);
      if (nodeName !== undefined) check(causes, `${place}.nodeName`, nodeName, dnsSubdomain);
      check(causes, `${place}.ip`, ip ?? '', reachableAddress);
    }
  const ports = subset.ports ?? [];
  for (const [index, port] of ports.entries()) {
    const field = `${at}.ports[${index}]`;
    if (!port.name) {
      if (ports.length > 1) causes.push(required(`${field}.name`));
    } else check(causes, `${field}.name`, port.name, dnsLabel);
    checkPort(causes, `${field}.port`, port.port);
    checkOneOf(causes, `${field}.protocol`, port.protocol, ['SCTP', 'TCP', 'UDP']);
    if (port.appProtocol !== undefined)
      check(causes, `${field}.appProtocol`, port.appProtocol, qualifiedName);
  }
}
