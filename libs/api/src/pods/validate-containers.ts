import type {
  V1Container,
  V1ContainerPort,
  V1EnvFromSource,
  V1EnvVar,
  V1EphemeralContainer,
  V1HTTPGetAction,
  V1LifecycleHandler,
  V1PodSpec,
  V1Probe,
  V1ResourceRequirements,
  V1SecurityContext,
} from '../gen/types.ts';
import { compareQuantities, tryParseQuantity } from '../quantity.ts';
import { duplicate, forbidden, invalid, notSupported, required } from '../validation/causes.ts';
import { configKey, dnsLabel, dnsSubdomain, envName, portName, qualifiedName } from '../validation/names.ts';
import {
  check,
  checkNonNegative,
  checkOneOf,
  checkPort,
  checkPortOrName,
  checkQuantity,
  type Causes,
} from '../validation/numbers.ts';
import { validateFieldPath, validateMounts, validateResourceName } from './validate-volumes.ts';

type AnyContainer = V1Container | V1EphemeralContainer;

const pullPolicies = ['Always', 'IfNotPresent', 'Never'];

/** Source: `pkg/apis/core/validation/validation.go` ValidateContainers, validateInitContainers. */
export function validateContainers(
  causes: Causes,
  spec: V1PodSpec,
  volumes: ReadonlySet<string>,
  path: string,
): void {
  const names = new Set<string>();
  if (!spec.containers?.length) causes.push(required(`${path}.containers`));
  for (const [index, container] of (spec.containers ?? []).entries()) {
    const at = `${path}.containers[${index}]`;
    validateContainer(causes, container, volumes, at, names);
    validateLive(causes, container, at);
    if (container.restartPolicy !== undefined)
      checkOneOf(causes, `${at}.restartPolicy`, container.restartPolicy, ['Always', 'Never', 'OnFailure']);
  }
  for (const [index, container] of (spec.initContainers ?? []).entries()) {
    const at = `${path}.initContainers[${index}]`;
    validateContainer(causes, container, volumes, at, names);
    if (container.restartPolicy === 'Always') validateLive(causes, container, at);
    else {
      for (const member of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const)
        if (container[member])
          causes.push(
            forbidden(`${at}.${member}`, 'may not be set for init containers without restartPolicy=Always'),
          );
      if (container.restartPolicy !== undefined)
        checkOneOf(causes, `${at}.restartPolicy`, container.restartPolicy, ['Always', 'Never', 'OnFailure']);
    }
  }
  validateHostPorts(causes, spec, path);
  for (const [index, container] of (spec.ephemeralContainers ?? []).entries()) {
    const at = `${path}.ephemeralContainers[${index}]`;
    validateContainer(causes, container, volumes, at, names);
    for (const member of ['ports', 'livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle'] as const)
      if (container[member] !== undefined)
        causes.push(forbidden(`${at}.${member}`, 'cannot be set for an Ephemeral Container'));
    if (container.resources?.limits || container.resources?.requests)
      causes.push(forbidden(`${at}.resources`, 'cannot be set for an Ephemeral Container'));
    const target = container.targetContainerName;
    if (target && !spec.containers?.some(({ name }) => name === target))
      causes.push({
        reason: 'FieldValueNotFound',
        message: `Not found: ${JSON.stringify(target)}`,
        field: `${at}.targetContainerName`,
      });
  }
}

function validateContainer(
  causes: Causes,
  container: AnyContainer,
  volumes: ReadonlySet<string>,
  at: string,
  names: Set<string>,
): void {
  if (!container.name) causes.push(required(`${at}.name`));
  else {
    check(causes, `${at}.name`, container.name, dnsLabel);
    if (names.has(container.name)) causes.push(duplicate(`${at}.name`, container.name));
    names.add(container.name);
  }
  if (!container.image) causes.push(required(`${at}.image`));
  else if (container.image !== container.image.trim())
    causes.push(invalid(`${at}.image`, container.image, 'must not have leading or trailing whitespace'));
  checkOneOf(causes, `${at}.terminationMessagePolicy`, container.terminationMessagePolicy, [
    'File',
    'FallbackToLogsOnError',
  ]);
  checkOneOf(causes, `${at}.imagePullPolicy`, container.imagePullPolicy, pullPolicies);
  if (container.ports) validatePorts(causes, container.ports, `${at}.ports`);
  if (container.env) validateEnv(causes, container.env, `${at}.env`);
  if (container.envFrom) validateEnvFrom(causes, container.envFrom, `${at}.envFrom`);
  if (container.volumeMounts) validateMounts(causes, container.volumeMounts, volumes, `${at}.volumeMounts`);
  if (container.resources) validateResources(causes, container.resources, `${at}.resources`);
  if (container.securityContext) validateSecurity(causes, container.securityContext, `${at}.securityContext`);
}

/** What only containers that stay have: probes and hooks. */
function validateLive(causes: Causes, container: V1Container, at: string): void {
  const { lifecycle } = container;
  if (lifecycle?.postStart) validateHandler(causes, lifecycle.postStart, `${at}.lifecycle.postStart`);
  if (lifecycle?.preStop) validateHandler(causes, lifecycle.preStop, `${at}.lifecycle.preStop`);
  if (container.livenessProbe) validateProbe(causes, container.livenessProbe, `${at}.livenessProbe`, true);
  if (container.readinessProbe) {
    validateProbe(causes, container.readinessProbe, `${at}.readinessProbe`, false);
    if (container.readinessProbe.terminationGracePeriodSeconds !== undefined)
      causes.push(
        invalid(
          `${at}.readinessProbe.terminationGracePeriodSeconds`,
          container.readinessProbe.terminationGracePeriodSeconds,
          'must not be set for readinessProbes',
        ),
      );
  }
  if (container.startupProbe) validateProbe(causes, container.startupProbe, `${at}.startupProbe`, true);
}

function validatePorts(causes: Causes, ports: readonly V1ContainerPort[], path: string): void {
  const names = new Set<string>();
  for (const [index, port] of ports.entries()) {
    const at = `${path}[${index}]`;
    if (port.name) {
      const wrong = portName(port.name);
      if (wrong) causes.push(invalid(`${at}.name`, port.name, wrong));
      else if (names.has(port.name)) causes.push(duplicate(`${at}.name`, port.name));
      names.add(port.name);
    }
    if (!port.containerPort) causes.push(required(`${at}.containerPort`));
    else checkPort(causes, `${at}.containerPort`, port.containerPort);
    if (port.hostPort) checkPort(causes, `${at}.hostPort`, port.hostPort);
    checkOneOf(causes, `${at}.protocol`, port.protocol, ['TCP', 'UDP', 'SCTP']);
  }
}

/** Two containers of one pod cannot both have a port of the host; on the host's network a port is the host's. */
function validateHostPorts(causes: Causes, spec: V1PodSpec, path: string): void {
  const taken = new Set<string>();
  for (const [index, container] of (spec.containers ?? []).entries())
    for (const [position, port] of (container.ports ?? []).entries()) {
      const at = `${path}.containers[${index}].ports[${position}]`;
      if (spec.hostNetwork && port.hostPort !== undefined && port.hostPort !== port.containerPort)
        causes.push(
          invalid(`${at}.hostPort`, port.hostPort, 'must match `containerPort` when `hostNetwork` is true'),
        );
      if (!port.hostPort) continue;
      const key = `${port.protocol}/${port.hostIP ?? ''}/${port.hostPort}`;
      if (taken.has(key)) causes.push(duplicate(`${at}.hostPort`, key));
      taken.add(key);
    }
}

const envFields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

function validateEnv(causes: Causes, env: readonly V1EnvVar[], path: string): void {
  for (const [index, { name, value, valueFrom }] of env.entries()) {
    const at = `${path}[${index}]`;
    if (!name) causes.push(required(`${at}.name`));
    else check(causes, `${at}.name`, name, envName);
    if (!valueFrom) continue;
    const sources = Object.keys(valueFrom).filter(
      (key) => valueFrom[key as keyof typeof valueFrom] !== undefined,
    );
    if (sources.length === 0)
      causes.push(
        invalid(
          `${at}.valueFrom`,
          '',
          'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`',
        ),
      );
    else if (value)
      causes.push(invalid(`${at}.valueFrom`, '', 'may not be specified when `value` is not empty'));
    else if (sources.length > 1)
      causes.push(invalid(`${at}.valueFrom`, '', 'may not have more than one field specified at a time'));
    if (valueFrom.fieldRef)
      validateFieldPath(
        causes,
        valueFrom.fieldRef.fieldPath,
        `${at}.valueFrom.fieldRef.fieldPath`,
        envFields,
      );
    if (valueFrom.resourceFieldRef)
      validateResourceName(
        causes,
        valueFrom.resourceFieldRef.resource,
        `${at}.valueFrom.resourceFieldRef.resource`,
      );
    for (const member of ['configMapKeyRef', 'secretKeyRef'] as const) {
      const reference = valueFrom[member];
      if (!reference) continue;
      if (!reference.name) causes.push(required(`${at}.valueFrom.${member}.name`));
      if (!reference.key) causes.push(required(`${at}.valueFrom.${member}.key`));
      else check(causes, `${at}.valueFrom.${member}.key`, reference.key, configKey);
    }
  }
}

function validateEnvFrom(causes: Causes, sources: readonly V1EnvFromSource[], path: string): void {
  for (const [index, source] of sources.entries()) {
    const at = `${path}[${index}]`;
    if (source.prefix) check(causes, `${at}.prefix`, source.prefix, envName);
    const { configMapRef, secretRef } = source;
    if (configMapRef && secretRef)
      causes.push(invalid(at, '', 'may not have more than one field specified at a time'));
    if (!configMapRef && !secretRef)
      causes.push(invalid(at, '', 'must specify one of: `configMapRef` or `secretRef`'));
    for (const [member, reference] of [
      ['configMapRef', configMapRef],
      ['secretRef', secretRef],
    ] as const) {
      if (!reference) continue;
      if (!reference.name) causes.push(required(`${at}.${member}.name`));
      else check(causes, `${at}.${member}.name`, reference.name, dnsSubdomain);
    }
  }
}

const standardResources = ['cpu', 'memory', 'ephemeral-storage'];

/** Source: ValidateContainerResourceRequirements. */
export function validateResources(causes: Causes, resources: V1ResourceRequirements, path: string): void {
  const { limits, requests } = resources;
  for (const name in limits) {
    validateContainerResource(causes, name, `${path}.limits`);
    checkQuantity(causes, `${path}.limits.${name}`, limits[name]!);
  }
  for (const name in requests) {
    validateContainerResource(causes, name, `${path}.requests`);
    checkQuantity(causes, `${path}.requests.${name}`, requests[name]!);
    if (!limits || !Object.hasOwn(limits, name) || limits[name] === requests[name]) continue;
    const request = tryParseQuantity(requests[name]!);
    const limit = tryParseQuantity(limits[name]!);
    if (!request || !limit) continue;
    if (isExtended(name) && compareQuantities(request, limit) !== 0)
      causes.push(
        invalid(`${path}.requests`, requests[name], `must be equal to ${name} limit of ${limits[name]}`),
      );
    else if (compareQuantities(request, limit) > 0)
      causes.push(
        invalid(
          `${path}.requests`,
          requests[name],
          `must be less than or equal to ${name} limit of ${limits[name]}`,
        ),
      );
  }
  // What cannot be overcommitted has to have both.
  for (const name in requests)
    if (isExtended(name) && !(limits && Object.hasOwn(limits, name)))
      causes.push(required(`${path}.limits`, 'Limit must be set for non overcommitable resources'));
}

function isExtended(name: string): boolean {
  return (
    name.startsWith('hugepages-') || (name.includes('/') && !name.split('/')[0]!.endsWith('kubernetes.io'))
  );
}

function validateContainerResource(causes: Causes, name: string, field: string): void {
  if (standardResources.includes(name) || name.startsWith('hugepages-')) return;
  const wrong = qualifiedName(name);
  if (wrong) causes.push(invalid(field, name, wrong));
  else if (!name.includes('/'))
    causes.push(invalid(field, name, 'must be a standard resource type or fully qualified'));
}

function validateSecurity(causes: Causes, context: V1SecurityContext, path: string): void {
  checkNonNegative(causes, `${path}.runAsUser`, context.runAsUser);
  checkNonNegative(causes, `${path}.runAsGroup`, context.runAsGroup);
  checkOneOf(causes, `${path}.procMount`, context.procMount, ['Default', 'Unmasked'], true);
  if (context.allowPrivilegeEscalation === false) {
    if (context.privileged)
      causes.push(
        invalid(path, context, 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true'),
      );
    if (
      context.capabilities?.add?.includes('CAP_SYS_ADMIN') ||
      context.capabilities?.add?.includes('SYS_ADMIN')
    )
      causes.push(
        invalid(
          path,
          context,
          'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN',
        ),
      );
  }
  const seccomp = context.seccompProfile;
  if (seccomp) validateSeccomp(causes, seccomp, `${path}.seccompProfile`);
}

export function validateSeccomp(
  causes: Causes,
  profile: { type: string; localhostProfile?: string },
  path: string,
): void {
  checkOneOf(causes, `${path}.type`, profile.type, ['Localhost', 'RuntimeDefault', 'Unconfined']);
  if (profile.type === 'Localhost') {
    if (!profile.localhostProfile)
      causes.push(required(`${path}.localhostProfile`, 'must be set when seccomp type is Localhost'));
  } else if (profile.localhostProfile !== undefined)
    causes.push(
      invalid(
        `${path}.localhostProfile`,
        profile.localhostProfile,
        'can only be set when seccomp type is Localhost',
      ),
    );
}

function validateProbe(causes: Causes, probe: V1Probe, path: string, onceIsEnough: boolean): void {
  validateHandler(causes, probe, path);
  for (const member of [
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
  ] as const)
    checkNonNegative(causes, `${path}.${member}`, probe[member]);
  if (probe.terminationGracePeriodSeconds !== undefined && probe.terminationGracePeriodSeconds <= 0)
    causes.push(
      invalid(
        `${path}.terminationGracePeriodSeconds`,
        probe.terminationGracePeriodSeconds,
        'must be greater than 0',
      ),
    );
  if (onceIsEnough && probe.successThreshold !== undefined && probe.successThreshold !== 1)
    causes.push(invalid(`${path}.successThreshold`, probe.successThreshold, 'must be 1'));
}

function validateHandler(causes: Causes, handler: V1LifecycleHandler & V1Probe, path: string): void {
  let count = 0;
  for (const member of ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const) {
    if (handler[member] === undefined) continue;
    if (count++ > 0) causes.push(forbidden(`${path}.${member}`, 'may not specify more than 1 handler type'));
  }
  if (count === 0) causes.push(required(path, 'must specify a handler type'));
  if (handler.exec && !handler.exec.command?.length) causes.push(required(`${path}.exec.command`));
  if (handler.httpGet) validateHttpGet(causes, handler.httpGet, `${path}.httpGet`);
  if (handler.tcpSocket) checkPortOrName(causes, `${path}.tcpSocket.port`, handler.tcpSocket.port);
  if (handler.grpc) checkPort(causes, `${path}.grpc.port`, handler.grpc.port);
  if (handler.sleep) checkNonNegative(causes, `${path}.sleep.seconds`, handler.sleep.seconds);
}

function validateHttpGet(causes: Causes, http: V1HTTPGetAction, path: string): void {
  if (!http.path) causes.push(required(`${path}.path`));
  checkPortOrName(causes, `${path}.port`, http.port);
  if (http.scheme !== 'HTTP' && http.scheme !== 'HTTPS')
    causes.push(notSupported(`${path}.scheme`, http.scheme, ['HTTP', 'HTTPS']));
  for (const { name } of http.httpHeaders ?? [])
    if (!/^[-A-Za-z0-9]+$/.test(name))
      causes.push(
        invalid(
          `${path}.httpHeaders`,
          name,
          "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')",
        ),
      );
}
