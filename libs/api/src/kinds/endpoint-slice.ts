import { isIPv4, isIPv6 } from 'node:net';
import { ageColumn, firstThree, nameColumn } from '../columns.ts';
import { defineKind } from '../define-kind.ts';
import type { V1Endpoint, V1EndpointSlice } from '../gen/types.ts';
import { duplicate, immutable, invalid, required, tooMany } from '../validation/causes.ts';
import { dnsLabel, dnsSubdomain, portName, qualifiedName } from '../validation/names.ts';
import { check, checkOneOf, checkPort, type Causes } from '../validation/numbers.ts';

const mostEndpoints = 1000;
const mostAddresses = 100;
const mostPorts = 20_000;

export const endpointSlice = defineKind<V1EndpointSlice>({
  group: 'discovery.k8s.io',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  tracksGeneration: true,
  defaults(slice) {
    for (const port of slice.ports ?? []) {
      port.name ??= '';
      port.protocol ||= 'TCP';
    }
  },
  validate(slice) {
    const causes: Causes = [];
    checkOneOf(causes, 'addressType', slice.addressType, ['FQDN', 'IPv4', 'IPv6']);
    const endpoints = slice.endpoints ?? [];
    if (endpoints.length > mostEndpoints) causes.push(tooMany('endpoints', endpoints.length, mostEndpoints));
    else
      for (const [index, endpoint] of endpoints.entries())
        validateEndpoint(causes, endpoint, slice.addressType, `endpoints[${index}]`);
    validatePorts(causes, slice);
    return causes;
  },
  validateUpdate: (slice, old) =>
    slice.addressType === old.addressType ? [] : [immutable('addressType', slice.addressType)],
  columns: [
    nameColumn,
    { name: 'AddressType', type: 'string', value: (slice) => slice.addressType },
    {
      name: 'Ports',
      type: 'string',
      value: ({ ports = [] }) =>
        firstThree(
          ports.map(({ port, name }) => String(port ?? (name || '*'))),
          '<unset>',
        ),
    },
    {
      name: 'Endpoints',
      type: 'string',
      value: ({ endpoints }) =>
        firstThree(
          (endpoints ?? []).flatMap(({ addresses }) => addresses),
          '<unset>',
        ),
    },
    ageColumn,
  ],
});

function validateEndpoint(causes: Causes, endpoint: V1Endpoint, type: string, at: string): void {
  const addresses = endpoint.addresses ?? [];
  if (addresses.length === 0) causes.push(required(`${at}.addresses`, 'must contain at least 1 address'));
  if (addresses.length > mostAddresses)
    causes.push(tooMany(`${at}.addresses`, addresses.length, mostAddresses));
  for (const [index, address] of addresses.entries()) {
    const field = `${at}.addresses[${index}]`;
    if (type === 'IPv4' && !isIPv4(address))
      causes.push(invalid(field, address, 'must be a valid IPv4 address'));
    else if (type === 'IPv6' && !isIPv6(address))
      causes.push(invalid(field, address, 'must be a valid IPv6 address'));
    else if (type === 'FQDN') check(causes, field, address.replace(/\.$/, ''), dnsSubdomain);
  }
  if (endpoint.nodeName !== undefined) check(causes, `${at}.nodeName`, endpoint.nodeName, dnsSubdomain);
  if (endpoint.hostname !== undefined) check(causes, `${at}.hostname`, endpoint.hostname, dnsLabel);
}

function validatePorts(causes: Causes, { ports = [] }: V1EndpointSlice): void {
  if (ports.length > mostPorts) return void causes.push(tooMany('ports', ports.length, mostPorts));
  const names = new Set<string>();
  for (const [index, port] of ports.entries()) {
    const at = `ports[${index}]`;
    const name = port.name ?? '';
    if (name) check(causes, `${at}.name`, name, portName);
    if (names.has(name)) causes.push(duplicate(`${at}.name`, name));
    names.add(name);
    if (port.port !== undefined) checkPort(causes, `${at}.port`, port.port);
    checkOneOf(causes, `${at}.protocol`, port.protocol, ['SCTP', 'TCP', 'UDP']);
    if (port.appProtocol) check(causes, `${at}.appProtocol`, port.appProtocol, qualifiedName);
  }
}
