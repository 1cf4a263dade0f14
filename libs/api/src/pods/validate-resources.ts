import type { V1PodResourceClaim, V1PodSpec, V1ResourceRequirements } from '../gen/types.ts';
import { podRequests } from '../pod-resources.ts';
import {
  bytesOf,
  compareQuantities,
  formatBytes,
  formatMilli,
  quantityFormatError,
  tryParseQuantity,
  type Quantity,
} from '../quantity.ts';
import { duplicate, forbidden, invalid, notFound, notSupported, required } from '../validation/causes.ts';
import { dnsLabel, qualifiedName } from '../validation/names.ts';
import { check, type Causes } from '../validation/numbers.ts';

const containerResources = new Set(['cpu', 'memory', 'ephemeral-storage']);
const countedResources = new Set([
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]);
const otherResources = new Set([
  'storage',
  'requests.storage',
  ...['requests.', 'limits.'].flatMap((prefix) => [...containerResources].map((name) => prefix + name)),
]);

const isHugePages = (name: string) => name.startsWith('hugepages-');
const isNative = (name: string) => !name.includes('/') || name.includes('kubernetes.io/');
const isExtended = (name: string) =>
  !isNative(name) && !name.startsWith('requests.') && qualifiedName(`requests.${name}`) === undefined;
const canBeOvercommitted = (name: string) => isNative(name) && !isHugePages(name);

type NameCheck = (causes: Causes, name: string, field: string) => void;

/** validateResourceName: true where the name is one. */
function checkResourceName(causes: Causes, name: string, field: string): boolean {
  const before = causes.length;
  check(causes, field, name, qualifiedName);
  if (
    causes.length === before &&
    !name.includes('/') &&
    !containerResources.has(name) &&
    !isHugePages(name) &&
    !name.startsWith('requests.hugepages-') &&
    !countedResources.has(name) &&
    !otherResources.has(name)
  )
    causes.push(invalid(field, name, 'must be a standard resource type or fully qualified'));
  return causes.length === before;
}

const containerName: NameCheck = (causes, name, field) => {
  if (containerResources.has(name)) return;
  checkResourceName(causes, name, field);
  if (!name.includes('/')) {
    if (!isHugePages(name)) causes.push(invalid(field, name, 'must be a standard resource for containers'));
  } else if (!isNative(name) && !isExtended(name))
    causes.push(invalid(field, name, "doesn't follow extended resource name standard"));
};

const isPodLevel = (name: string) => name === 'cpu' || name === 'memory';

const podName: NameCheck = (causes, name, field) => {
  if (isPodLevel(name)) return;
  if (checkResourceName(causes, name, field) && !isHugePages(name))
    causes.push(notSupported(field, name, ['cpu', 'memory']));
};

// What most containers name: whole and positive.
const plainQuantity = /^\d{1,15}(?:m|k|M|G|T|Ki|Mi|Gi|Ti)?$/;
const zero: Quantity = { mantissa: 0n, scale: 0, format: 'DecimalSI' };

/** An amount of a resource: not negative, and whole where it counts things (ValidateResourceQuantityValue). */
export function checkResourceQuantity(causes: Causes, field: string, name: string, value: string): void {
  if (containerResources.has(name) && plainQuantity.test(value)) return;
  const quantity = tryParseQuantity(value);
  if (!quantity) return void causes.push(invalid(field, value, quantityFormatError));
  if (compareQuantities(quantity, zero) < 0)
    causes.push(invalid(field, value, 'must be greater than or equal to 0'));
  if ((countedResources.has(name) || isExtended(name)) && !isWhole(quantity))
    causes.push(invalid(field, value, 'must be an integer'));
}

/** Finer than a thousandth counts as one: upstream looks at thousandths, rounded up. */
function isWhole({ mantissa, scale }: Quantity): boolean {
  return scale >= 0 || mantissa % 10n ** BigInt(-scale) === 0n;
}

/** Source: ValidateContainerResourceRequirements. */
export function validateResources(
  causes: Causes,
  resources: V1ResourceRequirements,
  path: string,
  claims: readonly V1PodResourceClaim[] = [],
): void {
  validateRequirements(causes, resources, path, containerName);
  if (resources.claims) validateClaims(causes, resources.claims, claims, `${path}.claims`);
}

function validateRequirements(
  causes: Causes,
  { limits, requests }: V1ResourceRequirements,
  path: string,
  checkName: NameCheck,
): void {
  let pages = false;
  for (const name in limits) {
    validateAmount(causes, name, limits[name]!, `${path}.limits`, checkName);
    pages ||= isHugePages(name);
  }
  for (const name in requests) {
    validateAmount(causes, name, requests[name]!, `${path}.requests`, checkName);
    pages ||= isHugePages(name);
    if (limits && Object.hasOwn(limits, name))
      compareToLimit(causes, name, requests[name]!, limits[name]!, path);
    // What cannot be overcommitted has to have both.
    else if (!canBeOvercommitted(name))
      causes.push(required(`${path}.limits`, 'Limit must be set for non overcommitable resources'));
  }
  const names = { ...limits, ...requests };
  if (pages && !('cpu' in names) && !('memory' in names))
    causes.push(forbidden(path, 'HugePages require cpu or memory'));
}

function validateAmount(
  causes: Causes,
  name: string,
  value: string,
  list: string,
  checkName: NameCheck,
): void {
  const known = checkName === containerName ? containerResources.has(name) : isPodLevel(name);
  if (known && plainQuantity.test(value)) return;
  const field = `${list}[${name}]`;
  checkName(causes, name, field);
  checkResourceQuantity(causes, field, name, value);
  if (!isHugePages(name) || !tryParseQuantity(value)) return;
  const page = tryParseQuantity(name.slice('hugepages-'.length));
  const size = page && page.mantissa > 0n && isWhole(page) ? bytesOf(name.slice('hugepages-'.length)) : 0;
  if (size === 0 || bytesOf(value) % size !== 0)
    causes.push(invalid(field, value, `${value} is not positive integer multiple of ${name}`));
}

function compareToLimit(
  causes: Causes,
  name: string,
  requested: string,
  limited: string,
  path: string,
): void {
  if (requested === limited) return;
  const request = tryParseQuantity(requested);
  const limit = tryParseQuantity(limited);
  if (!request || !limit) return;
  const order = compareQuantities(request, limit);
  if (order !== 0 && !canBeOvercommitted(name))
    causes.push(invalid(`${path}.requests`, requested, `must be equal to ${name} limit of ${limited}`));
  else if (order > 0)
    causes.push(
      invalid(`${path}.requests`, requested, `must be less than or equal to ${name} limit of ${limited}`),
    );
}

function validateClaims(
  causes: Causes,
  named: NonNullable<V1ResourceRequirements['claims']>,
  claims: readonly V1PodResourceClaim[],
  path: string,
): void {
  const known = new Set(claims.map(({ name }) => name).filter(Boolean));
  const seen = new Set<string>();
  for (const [index, { name, request }] of named.entries()) {
    const field = `${path}[${index}]`;
    if (!name) {
      causes.push(required(field));
      continue;
    }
    if (seen.has(name)) causes.push(duplicate(field, name));
    else {
      if (request) check(causes, `${field}.request`, request, dnsLabel);
      const key = request ? `${name}/${request}` : name;
      if (seen.has(key)) causes.push(duplicate(field, key));
      else if (!request)
        for (const each of seen) if (each.startsWith(`${name}/`)) causes.push(duplicate(field, name));
      seen.add(key);
    }
    if (!known.has(name))
      causes.push(
        notFound(
          field,
          name,
          `must be one of the names in pod.spec.resourceClaims${known.size ? `: ${[...known].sort().join(', ')}` : ' which is empty'}`,
        ),
      );
  }
}

/** What a pod asks for as a whole (KEP-2837): enough for its containers together, and each of them within its limits. */
export function validatePodResources(causes: Causes, spec: V1PodSpec, path: string): void {
  const { limits = {}, requests = {}, claims } = spec.resources!;
  if (claims) causes.push(forbidden(`${path}.claims`, 'claims cannot be set for Resources at pod-level'));
  const before = causes.length;
  validateRequirements(causes, spec.resources!, path, podName);
  if (causes.length > before) return;
  const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  for (const container of containers)
    for (const list of [container.resources?.requests, container.resources?.limits])
      for (const name in list) if (!tryParseQuantity(list[name]!)) return;
  const { cpuMilli, memoryBytes } = podRequests({
    spec: {
      containers: spec.containers,
      ...(spec.initContainers ? { initContainers: spec.initContainers } : {}),
    },
  });
  for (const [name, sum] of [
    ['cpu', formatMilli(cpuMilli)],
    ['memory', formatBytes(memoryBytes)],
  ] as const) {
    const asked = requests[name] ?? '0';
    if (compareQuantities(tryParseQuantity(sum)!, tryParseQuantity(asked)!) > 0)
      causes.push(
        invalid(
          `${path}.requests[${name}]`,
          asked,
          `must be greater than or equal to aggregate container requests of ${sum}`,
        ),
      );
  }
  for (const [index, container] of (spec.containers ?? []).entries())
    for (const name in container.resources?.limits) {
      const limit = container.resources!.limits[name]!;
      if (!Object.hasOwn(limits, name)) continue;
      if (compareQuantities(tryParseQuantity(limit)!, tryParseQuantity(limits[name]!)!) > 0)
        causes.push(
          invalid(
            `${path}.containers[${index}][${name}].limits`,
            limit,
            `must be less than or equal to pod limits of ${limits[name]}`,
          ),
        );
    }
}
