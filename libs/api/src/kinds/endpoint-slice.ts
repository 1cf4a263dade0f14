import { isIPv4, isIPv6 } from 'node:net';
import { ageColumn, firstThree, nameColumn } from '../columns.ts';
import { defineKind } from '../define-kind.ts';
import type { V1Endpoint, V1EndpointHints, V1EndpointSlice } from '../gen/types.ts';
import { equal } from '../json.ts';
import { duplicate, immutable, invalid, required, tooMany } from '../validation/causes.ts';
import {
  dnsLabel,
  dnsSubdomain,
  domainName,
  labelValue,
  qualifiedName,
  reachableAddress,
} from '../validation/names.ts';
import { check, checkOneOf, type Causes } from '../validation/numbers.ts';

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
  prepareForCreate: dropTopology,
  prepareForUpdate(slice, old) {
    if (!equal(slice.endpoints, old.endpoints)) dropTopology(slice);
  },
  // Whose service it is, is a label.
  generationCounts: ({ metadata }) => metadata.labels,
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
  else if (addresses.length > mostAddresses)
    causes.push(tooMany(`${at}.addresses`, addresses.length, mostAddresses));
  for (const [index, address] of addresses.entries()) {
    const field = `${at}.addresses[${index}]`;
    if (type === 'FQDN') {
      if (address === '') causes.push(required(field));
      else check(causes, field, address, domainName);
    } else if (type === 'IPv4' || type === 'IPv6') {
      if (type === 'IPv4' ? !isIPv4(address) : !isIPv6(address))
        causes.push(invalid(field, address, `must be a valid ${type} address`));
      check(causes, field, address, reachableAddress);
    }
  }
  if (endpoint.nodeName !== undefined) check(causes, `${at}.nodeName`, endpoint.nodeName, dnsSubdomain);
  if (endpoint.hostname !== undefined) check(causes, `${at}.hostname`, endpoint.hostname, dnsLabel);
  for (const list of ['forZones', 'forNodes'] as const) validateHints(causes, endpoint.hints, list, at);
}

const mostHints = 8;

function validateHints(
  causes: Causes,
  hints: V1EndpointHints | undefined,
  list: 'forZones' | 'forNodes',
  at: string,
): void {
  const named = hints?.[list] ?? [];
  const path = `${at}.hints.${list}`;
  if (named.length > mostHints) return void causes.push(tooMany(path, named.length, mostHints));
  const names = new Set<string>();
  for (const [index, { name = '' }] of named.entries()) {
    if (names.has(name)) causes.push(duplicate(`${path}[${index}].name`, name));
    names.add(name);
    check(causes, `${path}[${index}].name`, name, list === 'forZones' ? labelValue : dnsSubdomain);
  }
}

function validatePorts(causes: Causes, { ports = [] }: V1EndpointSlice): void {
  if (ports.length > mostPorts) return void causes.push(tooMany('ports', ports.length, mostPorts));
  const names = new Set<string>();
  for (const [index, port] of ports.entries()) {
    const at = `ports[${index}]`;
    const name = port.name ?? '';
    if (name) check(causes, `${at}.name`, name, dnsLabel);
    if (names.has(name)) causes.push(duplicate(`${at}.name`, name));
    names.add(name);
    checkOneOf(causes, `${at}.protocol`, port.protocol, ['SCTP', 'TCP', 'UDP']);
    if (port.appProtocol !== undefined) check(causes, `${at}.appProtocol`, port.appProtocol, qualifiedName);
  }
}

/** A member of v1beta1 that v1 shows and does not take (`pkg/registry/discovery/endpointslice/strategy.go`). */
function dropTopology({ endpoints }: V1EndpointSlice): void {
  for (const endpoint of endpoints ?? []) delete endpoint.deprecatedTopology;
}
