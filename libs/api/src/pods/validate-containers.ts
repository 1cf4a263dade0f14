import type {
  V1Container,
  V1ContainerPort,
  V1ContainerResizePolicy,
  V1EnvFromSource,
  V1EnvVar,
  V1EphemeralContainer,
  V1HTTPGetAction,
  V1LifecycleHandler,
  V1PodSpec,
  V1Probe,
  V1SecurityContext,
  V1Volume,
} from '../gen/types.ts';
import {
  duplicate,
  forbidden,
  goStruct,
  invalid,
  notFound,
  notSupported,
  required,
  tooLong,
  tooMany,
} from '../validation/causes.ts';
import { configKey, dnsLabel, dnsSubdomain, envName, portName } from '../validation/names.ts';
import {
  check,
  checkDescendingPath,
  checkId,
  checkNonNegative,
  checkOneOf,
  checkPort,
  checkPortOrName,
  type Causes,
} from '../validation/numbers.ts';
import { validateResources } from './validate-resources.ts';
import {
  validateDevices,
  validateFieldRef,
  validateMounts,
  validateResourceFieldRef,
} from './validate-volumes.ts';

/** What the checks of a container need to know of its pod. */
export interface PodContext {
  /** True for a pod, false for a template, of which upstream asks less. */
  isPod: boolean;
  spec: V1PodSpec;
  /** Those that are valid, by name. */
  volumes: ReadonlyMap<string, V1Volume>;
}

type AnyContainer = V1Container | V1EphemeralContainer;

const pullPolicies = ['Always', 'IfNotPresent', 'Never'];
const onlySidecars = 'may not be set for init containers without restartPolicy=Always';
const notEphemeral = 'cannot be set for an Ephemeral Container';

/** Source: `pkg/apis/core/validation/validation.go` validateContainers, validateInitContainers, validateEphemeralContainers. */
export function validateContainers(causes: Causes, context: PodContext, path: string): void {
  const { spec } = context;
  if (!spec.containers?.length) causes.push(required(`${path}.containers`));
  const names = new Set<string>();
  for (const [index, container] of (spec.containers ?? []).entries()) {
    const at = `${path}.containers[${index}]`;
    validateContainer(causes, container, context, at);
    takeName(causes, names, container.name, at);
    validateLive(causes, container, at, spec);
    validateRestarts(causes, container, at);
  }
  hostPortsOnce(causes, spec.containers ?? [], `${path}.containers`);
  if (spec.initContainers) validateInitContainers(causes, context, names, `${path}.initContainers`);
  if (spec.ephemeralContainers?.length)
    validateEphemeral(causes, context, names, `${path}.ephemeralContainers`);
}

function validateInitContainers(causes: Causes, context: PodContext, names: Set<string>, path: string): void {
  for (const [index, container] of context.spec.initContainers!.entries()) {
    const at = `${path}[${index}]`;
    validateContainer(causes, container, context, at);
    validateRestarts(causes, container, at);
    takeName(causes, names, container.name, at);
    // They run one by one, so that each has the ports of the host for itself.
    hostPortsOnce(causes, [container], path);
    if (container.restartPolicy === 'Always') validateLive(causes, container, at, context.spec);
    else
      for (const member of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const)
        if (container[member]) causes.push(forbidden(`${at}.${member}`, onlySidecars));
  }
}

function validateEphemeral(causes: Causes, context: PodContext, names: Set<string>, path: string): void {
  const lasting = new Set(names);
  for (const [index, container] of context.spec.ephemeralContainers!.entries()) {
    const at = `${path}[${index}]`;
    validateContainer(causes, container, context, at);
    checkImageSpace(causes, container, at);
    takeName(causes, names, container.name, at);
    const target = container.targetContainerName;
    if (target && !lasting.has(target)) causes.push(notFound(`${at}.targetContainerName`, target));
    const { ports, resources } = container;
    if (ports !== undefined) causes.push(forbidden(`${at}.ports`, notEphemeral));
    if (resources?.limits || resources?.requests || resources?.claims)
      causes.push(forbidden(`${at}.resources`, notEphemeral));
    for (const member of [
      'resizePolicy',
      'restartPolicy',
      'restartPolicyRules',
      'livenessProbe',
      'readinessProbe',
      'startupProbe',
      'lifecycle',
    ] as const)
      if (container[member] !== undefined) causes.push(forbidden(`${at}.${member}`, notEphemeral));
    for (const [position, mount] of (container.volumeMounts ?? []).entries())
      for (const member of ['subPath', 'subPathExpr'] as const)
        if (mount[member]) causes.push(forbidden(`${at}.volumeMounts[${position}].${member}`, notEphemeral));
  }
}

/** Names are one's own among all containers of a pod. */
function takeName(causes: Causes, names: Set<string>, name: string, at: string): void {
  if (names.has(name)) causes.push(duplicate(`${at}.name`, name));
  if (name) names.add(name);
}

/** What pods ask beyond templates. */
export function checkImageSpace(causes: Causes, { image = '' }: AnyContainer, at: string): void {
  if (image !== image.trim())
    causes.push(invalid(`${at}.image`, image, 'must not have leading or trailing whitespace'));
}

/** What all containers have in common: validateContainerCommon. */
function validateContainer(causes: Causes, container: AnyContainer, context: PodContext, at: string): void {
  if (!container.name) causes.push(required(`${at}.name`));
  else check(causes, `${at}.name`, container.name, dnsLabel);
  if (!container.image) causes.push(required(`${at}.image`));
  checkOneOf(causes, `${at}.terminationMessagePolicy`, container.terminationMessagePolicy, [
    'File',
    'FallbackToLogsOnError',
  ]);
  if (container.ports) validatePorts(causes, container.ports, `${at}.ports`);
  if (container.env) validateEnv(causes, container.env, `${at}.env`);
  if (container.envFrom) validateEnvFrom(causes, container.envFrom, `${at}.envFrom`);
  if (container.volumeMounts) validateMounts(causes, container, context.volumes, `${at}.volumeMounts`);
  if (container.volumeDevices) validateDevices(causes, container, context.volumes, `${at}.volumeDevices`);
  checkOneOf(causes, `${at}.imagePullPolicy`, container.imagePullPolicy, pullPolicies);
  if (container.resources)
    validateResources(causes, container.resources, `${at}.resources`, context.spec.resourceClaims);
  if (container.resizePolicy)
    validateResizePolicy(causes, container.resizePolicy, `${at}.resizePolicy`, context.spec);
  if (container.securityContext)
    validateSecurity(causes, container.securityContext, `${at}.securityContext`, context.spec);
}

const restartPolicies = ['Always', 'Never', 'OnFailure'];

/** A container's own restart policy and its rules (KEP-5307): validateContainerRestartPolicy. */
function validateRestarts(causes: Causes, container: V1Container, at: string): void {
  const { restartPolicy, restartPolicyRules: rules = [] } = container;
  if (restartPolicy === undefined) {
    if (rules.length)
      causes.push(required(`${at}.restartPolicy`, 'must specify restartPolicy when restart rules are used'));
    return;
  }
  if (!restartPolicies.includes(restartPolicy))
    causes.push(notSupported(`${at}.restartPolicy`, restartPolicy, restartPolicies));
  if (rules.length > 20) causes.push(tooMany(`${at}.restartPolicyRules`, rules.length, 20));
  for (const [index, { action, exitCodes }] of rules.entries()) {
    const field = `${at}.restartPolicyRules[${index}]`;
    if (action !== 'Restart' && action !== 'RestartAllContainers')
      causes.push(notSupported(`${field}.action`, action ?? '', ['Restart', 'RestartAllContainers']));
    if (!exitCodes) {
      causes.push(required(`${field}.exitCodes`, 'must be specified'));
      continue;
    }
    const { operator, values = [] } = exitCodes;
    if (operator !== 'In' && operator !== 'NotIn')
      causes.push(notSupported(`${field}.exitCodes.operator`, operator ?? '', ['In', 'NotIn']));
    if (values.length > 255) causes.push(tooMany(`${field}.exitCodes.values`, values.length, 255));
  }
}

/** What only containers that stay have: probes and hooks. */
function validateLive(causes: Causes, container: V1Container, at: string, spec: V1PodSpec): void {
  const { lifecycle, livenessProbe, readinessProbe, startupProbe } = container;
  const graceSeconds = spec.terminationGracePeriodSeconds;
  if (lifecycle?.postStart)
    validateHandler(causes, lifecycle.postStart, `${at}.lifecycle.postStart`, graceSeconds);
  if (lifecycle?.preStop) validateHandler(causes, lifecycle.preStop, `${at}.lifecycle.preStop`, graceSeconds);
  if (livenessProbe) validateProbe(causes, livenessProbe, `${at}.livenessProbe`, true);
  if (readinessProbe) {
    validateProbe(causes, readinessProbe, `${at}.readinessProbe`, false);
    const seconds = readinessProbe.terminationGracePeriodSeconds;
    if (seconds !== undefined)
      causes.push(
        invalid(
          `${at}.readinessProbe.terminationGracePeriodSeconds`,
          seconds,
          'must not be set for readinessProbes',
        ),
      );
  }
  if (startupProbe) validateProbe(causes, startupProbe, `${at}.startupProbe`, true);
}

function validatePorts(causes: Causes, ports: readonly V1ContainerPort[], path: string): void {
  const names = new Set<string>();
  for (const [index, port] of ports.entries()) {
    const at = `${path}[${index}]`;
    if (port.name) {
      const before = causes.length;
      check(causes, `${at}.name`, port.name, portName);
      if (causes.length === before) {
        if (names.has(port.name)) causes.push(duplicate(`${at}.name`, port.name));
        names.add(port.name);
      }
    }
    if (!port.containerPort) causes.push(required(`${at}.containerPort`));
    else checkPort(causes, `${at}.containerPort`, port.containerPort);
    if (port.hostPort) checkPort(causes, `${at}.hostPort`, port.hostPort);
    checkOneOf(causes, `${at}.protocol`, port.protocol, ['SCTP', 'TCP', 'UDP']);
  }
}

/** Two containers of one pod cannot both have a port of the host. */
function hostPortsOnce(causes: Causes, containers: readonly V1Container[], path: string): void {
  let taken: Set<string> | undefined;
  for (const [index, container] of containers.entries())
    for (const [position, { hostPort, hostIP = '', protocol }] of (container.ports ?? []).entries()) {
      if (!hostPort) continue;
      const key = `${protocol}/${hostIP}/${hostPort}`;
      taken ??= new Set();
      if (taken.has(key)) causes.push(duplicate(`${path}[${index}].ports[${position}].hostPort`, key));
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
    const from = `${at}.valueFrom`;
    const { fieldRef, resourceFieldRef } = valueFrom;
    let sources = valueFrom.fileKeyRef ? 1 : 0;
    if (fieldRef) {
      sources++;
      validateFieldRef(causes, fieldRef, `${from}.fieldRef`, envFields);
    }
    if (resourceFieldRef) {
      sources++;
      validateResourceFieldRef(causes, resourceFieldRef, `${from}.resourceFieldRef`, false);
    }
    for (const member of ['configMapKeyRef', 'secretKeyRef'] as const) {
      const reference = valueFrom[member];
      if (!reference) continue;
      sources++;
      check(causes, `${from}.${member}.name`, reference.name ?? '', dnsSubdomain);
      if (!reference.key) causes.push(required(`${from}.${member}.key`));
      else check(causes, `${from}.${member}.key`, reference.key, configKey);
    }
    if (sources === 0)
      causes.push(
        invalid(
          from,
          '',
          'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`',
        ),
      );
    else if (value) causes.push(invalid(from, '', 'may not be specified when `value` is not empty'));
    else if (sources > 1)
      causes.push(invalid(from, '', 'may not have more than one field specified at a time'));
  }
}

/** Upstream says of the whole list what is wrong with the number of an element's sources. */
function validateEnvFrom(causes: Causes, list: readonly V1EnvFromSource[], path: string): void {
  for (const [index, source] of list.entries()) {
    const at = `${path}[${index}]`;
    if (source.prefix) check(causes, `${at}.prefix`, source.prefix, envName);
    let sources = 0;
    for (const member of ['configMapRef', 'secretRef'] as const) {
      const reference = source[member];
      if (!reference) continue;
      sources++;
      if (!reference.name) causes.push(required(`${at}.${member}.name`));
      else check(causes, `${at}.${member}.name`, reference.name.replace(/.-$/, 'a'), dnsSubdomain);
    }
    if (sources === 0) causes.push(invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`'));
    else if (sources > 1)
      causes.push(invalid(path, '', 'may not have more than one field specified at a time'));
  }
}

const resizable = ['cpu', 'memory'];
const resizePolicies = ['NotRequired', 'RestartContainer'];

function validateResizePolicy(
  causes: Causes,
  policies: readonly V1ContainerResizePolicy[],
  path: string,
  spec: V1PodSpec,
): void {
  const seen = new Set<string>();
  for (const [index, { resourceName, restartPolicy }] of policies.entries()) {
    if (seen.has(resourceName)) causes.push(duplicate(`${path}[${index}]`, resourceName));
    seen.add(resourceName);
    checkOneOf(causes, path, resourceName, resizable);
    checkOneOf(causes, path, restartPolicy, resizePolicies);
    if (spec.restartPolicy === 'Never' && restartPolicy !== 'NotRequired')
      causes.push(
        invalid(path, restartPolicy ?? '', "must be 'NotRequired' when `restartPolicy` is 'Never'"),
      );
  }
}

/** The members of `core.SecurityContext`, in its order. */
const goSecurityContext = {
  Capabilities: 'capabilities',
  Privileged: 'privileged',
  SELinuxOptions: 'seLinuxOptions',
  WindowsOptions: 'windowsOptions',
  RunAsUser: 'runAsUser',
  RunAsGroup: 'runAsGroup',
  RunAsNonRoot: 'runAsNonRoot',
  ReadOnlyRootFilesystem: 'readOnlyRootFilesystem',
  AllowPrivilegeEscalation: 'allowPrivilegeEscalation',
  ProcMount: 'procMount',
  SeccompProfile: 'seccompProfile',
  AppArmorProfile: 'appArmorProfile',
};

function shownSecurity(context: V1SecurityContext): object {
  const { capabilities, seccompProfile, ...rest } = context;
  return goStruct(
    {
      ...rest,
      capabilities: capabilities && goStruct(capabilities, { Add: 'add', Drop: 'drop' }),
      seccompProfile: seccompProfile && goStruct(seccompProfile, goProfile),
    },
    goSecurityContext,
  );
}

function validateSecurity(causes: Causes, context: V1SecurityContext, path: string, spec: V1PodSpec): void {
  checkId(causes, `${path}.runAsUser`, context.runAsUser);
  checkId(causes, `${path}.runAsGroup`, context.runAsGroup);
  const { procMount } = context;
  if (procMount !== undefined) {
    if (procMount !== 'Default' && procMount !== 'Unmasked')
      causes.push(notSupported(`${path}.procMount`, procMount, ['Default', 'Unmasked']));
    if (procMount === 'Unmasked' && spec.hostUsers !== false)
      causes.push(invalid(`${path}.procMount`, procMount, '`hostUsers` must be false to use `Unmasked`'));
  }
  if (context.seccompProfile) validateSeccomp(causes, context.seccompProfile, `${path}.seccompProfile`);
  if (context.allowPrivilegeEscalation === false) {
    if (context.privileged)
      causes.push(
        invalid(
          path,
          shownSecurity(context),
          'cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
        ),
      );
    for (const capability of context.capabilities?.add ?? [])
      if (capability === 'CAP_SYS_ADMIN')
        causes.push(
          invalid(
            path,
            shownSecurity(context),
            'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN',
          ),
        );
  }
  if (context.appArmorProfile) validateAppArmor(causes, context.appArmorProfile, `${path}.appArmorProfile`);
}

interface Profile {
  type: string;
  localhostProfile?: string;
}

const goProfile = { Type: 'type', LocalhostProfile: 'localhostProfile' };
const profileTypes = ['Localhost', 'RuntimeDefault', 'Unconfined'];

export function validateSeccomp(causes: Causes, profile: Profile, path: string): void {
  if (!profile.type) causes.push(required(`${path}.type`, 'type is required when seccompProfile is set'));
  else if (!profileTypes.includes(profile.type))
    causes.push(notSupported(`${path}.type`, profile.type, profileTypes));
  const file = profile.localhostProfile;
  if (profile.type === 'Localhost') {
    if (file === undefined)
      causes.push(required(`${path}.localhostProfile`, 'must be set when seccomp type is Localhost'));
    else checkDescendingPath(causes, `${path}.localhostProfile`, file);
  } else if (file !== undefined)
    causes.push(
      invalid(
        `${path}.localhostProfile`,
        goStruct(profile, goProfile),
        'can only be set when seccomp type is Localhost',
      ),
    );
}

/** PATH_MAX - 1 */
const mostPath = 4095;

export function validateAppArmor(causes: Causes, profile: Profile, path: string): void {
  const file = profile.localhostProfile;
  const field = `${path}.localhostProfile`;
  if (!profile.type) causes.push(required(`${path}.type`, 'type is required when appArmorProfile is set'));
  else if (!profileTypes.includes(profile.type))
    causes.push(notSupported(`${path}.type`, profile.type, profileTypes));
  else if (profile.type !== 'Localhost') {
    if (file !== undefined)
      causes.push(invalid(field, file, 'can only be set when AppArmor type is Localhost'));
  } else if (file === undefined || file === '')
    causes.push(required(field, 'must be set when AppArmor type is Localhost'));
  else {
    if (file !== file.trim()) causes.push(invalid(field, file, 'must not be padded with whitespace'));
    if (Buffer.byteLength(file) > mostPath) causes.push(tooLong(field, mostPath));
  }
}

function validateProbe(causes: Causes, probe: V1Probe, path: string, onceIsEnough: boolean): void {
  validateHandler(causes, probe, path, undefined);
  for (const member of [
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
  ] as const)
    if (probe[member]! < 0) checkNonNegative(causes, `${path}.${member}`, probe[member]);
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

/** Of several handlers, only the first is looked into. */
function validateHandler(
  causes: Causes,
  handler: V1LifecycleHandler & V1Probe,
  path: string,
  graceSeconds: number | undefined,
): void {
  let found = false;
  for (const member of ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const) {
    if (handler[member] === undefined) continue;
    if (found) {
      causes.push(forbidden(`${path}.${member}`, 'may not specify more than 1 handler type'));
      continue;
    }
    found = true;
    if (member === 'exec') {
      if (!handler.exec!.command?.length) causes.push(required(`${path}.exec.command`));
    } else if (member === 'httpGet') validateHttpGet(causes, handler.httpGet!, `${path}.httpGet`);
    else if (member === 'tcpSocket')
      checkPortOrName(causes, `${path}.tcpSocket.port`, handler.tcpSocket!.port);
    else if (member === 'grpc') checkPort(causes, `${path}.grpc.port`, handler.grpc!.port);
    else {
      const { seconds } = handler.sleep!;
      if (graceSeconds !== undefined && !(seconds >= 0 && seconds <= graceSeconds))
        causes.push(
          invalid(
            `${path}.sleep`,
            seconds,
            `must be non-negative and less than terminationGracePeriodSeconds (${graceSeconds})`,
          ),
        );
    }
  }
  if (!found) causes.push(required(path, 'must specify a handler type'));
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
