import type {
  V1Affinity,
  V1LabelSelector,
  V1NodeSelectorTerm,
  V1Pod,
  V1PodAffinityTerm,
  V1PodResourceClaim,
  V1PodSchedulingGate,
  V1PodSpec,
  V1PodTemplateSpec,
  V1Sysctl,
  V1Toleration,
  V1TopologySpreadConstraint,
} from '../gen/types.ts';
import { duplicate, forbidden, goStruct, invalid, notSupported, required } from '../validation/causes.ts';
import { validateLabelSelector, validateNodeRequirement } from '../validation/label-selector.ts';
import {
  dnsLabel,
  dnsSubdomain,
  ipAddress,
  labelValue,
  qualifiedName,
  searchDomain,
} from '../validation/names.ts';
import { check, checkId, checkOneOf, type Causes } from '../validation/numbers.ts';
import { validateAnnotations, validateLabels } from '../validation/object-meta.ts';
import { validatePodAnnotations, validateProfilesMatch } from './validate-annotations.ts';
import {
  checkImageSpace,
  validateAppArmor,
  validateContainers,
  validateSeccomp,
} from './validate-containers.ts';
import { validatePodResources, validateResources } from './validate-resources.ts';
import { validateVolumes } from './validate-volumes.ts';

/** What is wrong with a pod beside its metadata. Source: `pkg/apis/core/validation/validation.go` validatePodMetadataAndSpec. */
export function validatePod(pod: V1Pod): Causes {
  const causes: Causes = [];
  const { metadata, spec } = pod;
  if (!spec) return [required('spec.containers')];
  if (metadata.annotations)
    validatePodAnnotations(causes, metadata.annotations, spec, 'metadata.annotations');
  validatePodSpec(causes, spec, 'spec', metadata.name ?? '', true);
  if (!spec.serviceAccountName)
    for (const [index, volume] of (spec.volumes ?? []).entries())
      for (const [position, source] of (volume.projected?.sources ?? []).entries())
        if (source.serviceAccountToken)
          causes.push(
            forbidden(
              `spec.volumes[${index}].projected.sources[${position}].serviceAccountToken`,
              'must not be specified when serviceAccountName is not set',
            ),
          );
  for (const list of ['containers', 'initContainers'] as const)
    for (const [index, container] of (spec[list] ?? []).entries())
      checkImageSpace(causes, container, `spec.${list}[${index}]`);
  return causes;
}

/** What only a new pod may not have: ValidatePodCreate. */
export function validatePodCreate({ metadata, spec }: V1Pod): Causes {
  const causes: Causes = [];
  if (spec.ephemeralContainers?.length)
    causes.push(forbidden('spec.ephemeralContainers', 'cannot be set on create'));
  if (spec.nodeName && spec.schedulingGates?.length)
    causes.push(forbidden('spec.nodeName', 'cannot be set until all schedulingGates have been cleared'));
  if (metadata.annotations) validateProfilesMatch(causes, metadata.annotations, spec, 'spec');
  return causes;
}

/** What is wrong with the template of a workload: ValidatePodTemplateSpec. */
export function validatePodTemplate(causes: Causes, template: V1PodTemplateSpec, path: string): void {
  const { labels, annotations } = template.metadata ?? {};
  const { spec } = template;
  if (labels) validateLabels(causes, labels, `${path}.labels`);
  if (annotations) {
    validateAnnotations(causes, annotations, `${path}.annotations`);
    validatePodAnnotations(causes, annotations, spec, `${path}.annotations`);
  }
  if (!spec) return void causes.push(required(`${path}.spec.containers`));
  validatePodSpec(causes, spec, `${path}.spec`, '', false);
  if (annotations) validateProfilesMatch(causes, annotations, spec, `${path}.spec`);
  if (spec.ephemeralContainers?.length)
    causes.push(
      forbidden(`${path}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template'),
    );
}

const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];

/** Source: ValidatePodSpec, in its order. `podName` is '' where there is none. */
function validatePodSpec(
  causes: Causes,
  spec: V1PodSpec,
  path: string,
  podName: string,
  isPod: boolean,
): void {
  if (spec.terminationGracePeriodSeconds === undefined)
    causes.push(required(`${path}.terminationGracePeriodSeconds`));
  const volumes = validateVolumes(causes, spec.volumes ?? [], `${path}.volumes`, podName, isPod);
  if (spec.resourceClaims) validateClaims(causes, spec.resourceClaims, `${path}.resourceClaims`);
  validateContainers(causes, { isPod, spec, volumes }, path);
  if (spec.resources) validatePodResources(causes, spec, `${path}.resources`);
  if (spec.hostNetwork) validateHostNetwork(causes, spec, path, isPod);
  checkOneOf(causes, `${path}.restartPolicy`, spec.restartPolicy, ['Always', 'OnFailure', 'Never']);
  checkOneOf(causes, `${path}.dnsPolicy`, spec.dnsPolicy, dnsPolicies);
  if (spec.nodeSelector) validateLabels(causes, spec.nodeSelector, `${path}.nodeSelector`);
  if (spec.securityContext) validateSecurity(causes, spec, `${path}.securityContext`);
  if (spec.affinity) validateAffinity(causes, spec.affinity, `${path}.affinity`);
  if (spec.dnsConfig || spec.dnsPolicy === 'None') validateDns(causes, spec, `${path}.dnsConfig`);
  for (const [index, gate] of (spec.readinessGates ?? []).entries())
    check(causes, `${path}.readinessGates[${index}].conditionType`, gate.conditionType ?? '', qualifiedName);
  if (spec.schedulingGates) validateGates(causes, spec.schedulingGates, `${path}.schedulingGates`);
  if (spec.topologySpreadConstraints)
    validateSpreading(causes, spec.topologySpreadConstraints, `${path}.topologySpreadConstraints`);
  if (spec.hostUsers === false) {
    const shared = 'when `pod.Spec.HostUsers` is false';
    if (spec.hostNetwork) causes.push(forbidden(`${path}.hostNetwork`, shared));
    if (spec.hostPID) causes.push(forbidden(`${path}.HostPID`, shared));
    if (spec.hostIPC) causes.push(forbidden(`${path}.HostIPC`, shared));
  }
  if (spec.serviceAccountName)
    check(causes, `${path}.serviceAccountName`, spec.serviceAccountName, dnsSubdomain);
  if (spec.nodeName) check(causes, `${path}.nodeName`, spec.nodeName, dnsSubdomain);
  const deadline = spec.activeDeadlineSeconds;
  if (deadline !== undefined && !(deadline >= 1 && deadline <= 2147483647))
    causes.push(
      invalid(`${path}.activeDeadlineSeconds`, deadline, 'must be between 1 and 2147483647, inclusive'),
    );
  if (spec.hostname) check(causes, `${path}.hostname`, spec.hostname, dnsLabel);
  if (spec.subdomain) check(causes, `${path}.subdomain`, spec.subdomain, dnsLabel);
  if (spec.tolerations) validateTolerations(causes, spec.tolerations, `${path}.tolerations`);
  for (const [index, { ip, hostnames }] of (spec.hostAliases ?? []).entries()) {
    check(causes, `${path}.hostAliases[${index}].ip`, ip ?? '', ipAddress);
    for (const [position, name] of (hostnames ?? []).entries())
      check(causes, `${path}.hostAliases[${index}].hostnames[${position}]`, name, dnsSubdomain);
  }
  if (spec.priorityClassName)
    check(causes, `${path}.priorityClassName`, spec.priorityClassName, dnsSubdomain);
  if (spec.runtimeClassName !== undefined)
    check(causes, `${path}.runtimeClassName`, spec.runtimeClassName, dnsSubdomain);
  if (spec.preemptionPolicy !== undefined)
    checkOneOf(causes, `${path}.preemptionPolicy`, spec.preemptionPolicy, ['PreemptLowerPriority', 'Never']);
  if (spec.overhead) validateResources(causes, { limits: spec.overhead }, `${path}.overhead`);
  if (spec.os) {
    if (!spec.os.name) causes.push(required(`${path}.os.name`, 'cannot be empty'));
    else if (spec.os.name === 'linux') validateLinux(causes, spec, path);
    else if (spec.os.name !== 'windows')
      causes.push(notSupported(`${path}.os`, spec.os.name, ['linux', 'windows']));
  }
}

/** On the host's network a port is the host's; templates may leave it for the pod to be given. */
function validateHostNetwork(causes: Causes, spec: V1PodSpec, path: string, isPod: boolean): void {
  for (const [index, container] of (spec.containers ?? []).entries())
    for (const [position, { hostPort = 0, containerPort }] of (container.ports ?? []).entries())
      if ((isPod || hostPort !== 0) && hostPort !== containerPort)
        causes.push(
          invalid(
            `${path}.containers[${index}].ports[${position}].hostPort`,
            hostPort,
            'must match `containerPort` when `hostNetwork` is true',
          ),
        );
}

function validateClaims(causes: Causes, claims: readonly V1PodResourceClaim[], path: string): void {
  const names = new Set<string>();
  for (const [index, claim] of claims.entries()) {
    const at = `${path}[${index}]`;
    const { name, resourceClaimName, resourceClaimTemplateName } = claim;
    const shown = () =>
      goStruct(claim, {
        Name: 'name',
        ResourceClaimName: 'resourceClaimName',
        ResourceClaimTemplateName: 'resourceClaimTemplateName',
      });
    if (!name) causes.push(required(`${at}.name`));
    else if (names.has(name)) causes.push(duplicate(`${at}.name`, name));
    else check(causes, `${at}.name`, name, dnsLabel);
    names.add(name);
    if (resourceClaimName !== undefined && resourceClaimTemplateName !== undefined)
      causes.push(
        invalid(
          at,
          shown(),
          'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified',
        ),
      );
    if (resourceClaimName === undefined && resourceClaimTemplateName === undefined)
      causes.push(
        invalid(at, shown(), 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`'),
      );
    if (resourceClaimName !== undefined)
      check(causes, `${at}.resourceClaimName`, resourceClaimName, dnsSubdomain);
    if (resourceClaimTemplateName !== undefined)
      check(causes, `${at}.resourceClaimTemplateName`, resourceClaimTemplateName, dnsSubdomain);
  }
}

function validateGates(causes: Causes, gates: readonly V1PodSchedulingGate[], path: string): void {
  const names = new Set<string>();
  for (const [index, { name }] of gates.entries()) {
    check(causes, `${path}[${index}]`, name ?? '', qualifiedName);
    if (names.has(name)) causes.push(duplicate(`${path}[${index}]`, name));
    names.add(name);
  }
}

const mostSearches = 32;
/** Resolvers take no more of the line, blanks between included. */
const mostSearchCharacters = 2048;

function validateDns(causes: Causes, spec: V1PodSpec, path: string): void {
  const { dnsConfig } = spec;
  if (!dnsConfig)
    return void causes.push(required(path, 'must provide `dnsConfig` when `dnsPolicy` is None'));
  const { nameservers = [], searches = [], options = [] } = dnsConfig;
  if (spec.dnsPolicy === 'None' && nameservers.length === 0)
    return void causes.push(
      required(`${path}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None'),
    );
  if (nameservers.length > 3)
    causes.push(invalid(`${path}.nameservers`, nameservers, 'must not have more than 3 nameservers'));
  for (const [index, server] of nameservers.entries())
    check(causes, `${path}.nameservers[${index}]`, server, ipAddress);
  if (searches.length > mostSearches)
    causes.push(
      invalid(`${path}.searches`, searches, `must not have more than ${mostSearches} search paths`),
    );
  if (searches.join(' ').length > mostSearchCharacters)
    causes.push(
      invalid(
        `${path}.searches`,
        searches,
        `must not have more than ${mostSearchCharacters} characters (including spaces) in the search list`,
      ),
    );
  for (const [index, search] of searches.entries())
    if (search !== '.') check(causes, `${path}.searches[${index}]`, search.replace(/\.$/, ''), searchDomain);
  for (const [index, option] of options.entries())
    if (!option.name) causes.push(required(`${path}.options[${index}]`, 'must not be empty'));
}

const sysctlPattern = /^(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/;

function validateSecurity(causes: Causes, spec: V1PodSpec, path: string): void {
  const context = spec.securityContext!;
  for (const member of ['fsGroup', 'runAsUser', 'runAsGroup'] as const)
    checkId(causes, `${path}.${member}`, context[member]);
  for (const [index, group] of (context.supplementalGroups ?? []).entries())
    checkId(causes, `${path}.supplementalGroups[${index}]`, group);
  if (spec.shareProcessNamespace && spec.hostPID)
    causes.push(
      invalid(
        `${path}.shareProcessNamespace`,
        true,
        'ShareProcessNamespace and HostPID cannot both be enabled',
      ),
    );
  if (context.sysctls) validateSysctls(causes, context.sysctls, spec, `${path}.sysctls`);
  const choices = [
    ['fsGroupChangePolicy', ['Always', 'OnRootMismatch']],
    ['supplementalGroupsPolicy', ['Merge', 'Strict']],
    ['seLinuxChangePolicy', ['MountOption', 'Recursive']],
  ] as const;
  for (const [member, supported] of choices) {
    const value = context[member];
    if (value !== undefined && !(supported as readonly string[]).includes(value))
      causes.push(notSupported(`${path}.${member}`, value, supported));
  }
  if (context.seccompProfile) validateSeccomp(causes, context.seccompProfile, `${path}.seccompProfile`);
  if (context.appArmorProfile) validateAppArmor(causes, context.appArmorProfile, `${path}.appArmorProfile`);
}

/** What belongs to a namespace that the pod shares with the host is the host's. */
function validateSysctls(causes: Causes, sysctls: readonly V1Sysctl[], spec: V1PodSpec, path: string): void {
  const names = new Set<string>();
  for (const [index, { name }] of sysctls.entries()) {
    const field = `${path}[${index}].name`;
    if (!name) causes.push(required(field));
    else if (!sysctlPattern.test(name) || name.length > 253)
      causes.push(
        invalid(
          field,
          name,
          'must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$',
        ),
      );
    else if (names.has(name)) causes.push(duplicate(field, name));
    const dotted = (name ?? '').replaceAll('/', '.');
    if (spec.hostNetwork && dotted.startsWith('net.'))
      causes.push(invalid(field, name, "may not be specified when 'hostNetwork' is true"));
    else if (spec.hostIPC && /^(?:kernel\.(?:shm|msg|sem)|fs\.mqueue\.)/.test(dotted))
      causes.push(invalid(field, name, "may not be specified when 'hostIPC' is true"));
    names.add(name);
  }
}

function validateLinux(causes: Causes, spec: V1PodSpec, path: string): void {
  const windows = 'windows options cannot be set for a linux pod';
  if (spec.securityContext?.windowsOptions)
    causes.push(forbidden(`${path}.securityContext.windowsOptions`, windows));
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const)
    for (const [index, container] of (spec[list] ?? []).entries())
      if (container.securityContext?.windowsOptions)
        causes.push(forbidden(`${path}.${list}[${index}].securityContext.windowsOptions`, windows));
}

export const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export function validateTolerations(
  causes: Causes,
  tolerations: readonly V1Toleration[],
  path: string,
): void {
  for (const [index, toleration] of tolerations.entries())
    validateToleration(causes, toleration, `${path}[${index}]`);
}

function validateToleration(causes: Causes, toleration: V1Toleration, at: string): void {
  const { key, operator = '', value = '', effect, tolerationSeconds } = toleration;
  if (key) check(causes, `${at}.key`, key, qualifiedName);
  else if (operator !== 'Exists')
    causes.push(
      invalid(
        `${at}.operator`,
        operator,
        'operator must be Exists when `key` is empty, which means "match all values and all keys"',
      ),
    );
  if (tolerationSeconds !== undefined && effect !== 'NoExecute')
    causes.push(
      invalid(`${at}.effect`, effect ?? '', "effect must be 'NoExecute' when `tolerationSeconds` is set"),
    );
  if (operator === 'Exists') {
    if (value !== '')
      causes.push(invalid(`${at}.operator`, value, "value must be empty when `operator` is 'Exists'"));
  } else if (operator === '' || operator === 'Equal') {
    const wrong = labelValue(value);
    if (wrong) causes.push(invalid(`${at}.operator`, value, wrong.join(';')));
  } else if (operator === 'Lt' || operator === 'Gt') {
    if (!/^-?(?:0|[1-9]\d*)$/.test(value))
      causes.push(
        invalid(`${at}.value`, value, `value must be an integer when \`operator\` is '${operator}'`),
      );
  } else causes.push(notSupported(`${at}.operator`, operator, ['Equal', 'Exists']));
  if (effect && !effects.includes(effect)) causes.push(notSupported(`${at}.effect`, effect, effects));
}

function validateSpreading(
  causes: Causes,
  constraints: readonly V1TopologySpreadConstraint[],
  path: string,
): void {
  for (const [index, constraint] of constraints.entries()) {
    const at = `${path}[${index}]`;
    const { maxSkew, topologyKey, whenUnsatisfiable, minDomains, labelSelector } = constraint;
    if (!(maxSkew > 0)) causes.push(invalid(`${at}.maxSkew`, maxSkew ?? 0, 'must be greater than zero'));
    if (!topologyKey) causes.push(required(`${at}.topologyKey`, 'can not be empty'));
    if (whenUnsatisfiable !== 'DoNotSchedule' && whenUnsatisfiable !== 'ScheduleAnyway')
      causes.push(
        notSupported(`${at}.whenUnsatisfiable`, whenUnsatisfiable ?? '', ['DoNotSchedule', 'ScheduleAnyway']),
      );
    // It is the earlier of two that is reported.
    const again = constraints
      .slice(index + 1)
      .some((each) => each.topologyKey === topologyKey && each.whenUnsatisfiable === whenUnsatisfiable);
    if (again)
      causes.push(
        duplicate(`${at}.{topologyKey, whenUnsatisfiable}`, `{${topologyKey}, ${whenUnsatisfiable}}`),
      );
    if (minDomains !== undefined) {
      if (minDomains <= 0) causes.push(invalid(`${at}.minDomains`, minDomains, 'must be greater than zero'));
      if (whenUnsatisfiable !== 'DoNotSchedule')
        causes.push(
          invalid(
            `${at}.minDomains`,
            minDomains,
            `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable ?? ''}`,
          ),
        );
    }
    for (const member of ['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const) {
      const policy = constraint[member];
      if (policy !== undefined && policy !== 'Honor' && policy !== 'Ignore')
        causes.push(notSupported(`${at}.${member}`, policy, ['Honor', 'Ignore']));
    }
    if (constraint.matchLabelKeys?.length)
      validateSpreadKeys(causes, constraint.matchLabelKeys, labelSelector, `${at}.matchLabelKeys`);
    if (labelSelector) validateLabelSelector(causes, labelSelector, `${at}.labelSelector`);
  }
}

/** A key is matched by its own value or by the selector. The keys' own terms have been added to the selector before. */
function validateSpreadKeys(
  causes: Causes,
  keys: readonly string[],
  selector: V1LabelSelector | undefined,
  path: string,
): void {
  if (!selector) causes.push(forbidden(path, 'must not be specified when labelSelector is not set'));
  const twice = selector ? keysNamedTwice(keys, selector) : [];
  for (const [index, key] of keys.entries()) {
    check(causes, `${path}[${index}]`, key, qualifiedName);
    if (twice.includes(key))
      causes.push(invalid(`${path}[${index}]`, key, 'exists in both matchLabelKeys and labelSelector'));
  }
}

/** Those of the keys that the selector names beside the term that the key itself has added to it. */
function keysNamedTwice(keys: readonly string[], selector: V1LabelSelector): string[] {
  const seen = new Set(Object.keys(selector.matchLabels ?? {}));
  const twice: string[] = [];
  for (const { key } of selector.matchExpressions ?? []) {
    if (keys.includes(key) && seen.has(key)) twice.push(key);
    seen.add(key);
  }
  return twice;
}

function validateAffinity(causes: Causes, affinity: V1Affinity, path: string): void {
  const node = affinity.nodeAffinity;
  const hard = node?.requiredDuringSchedulingIgnoredDuringExecution;
  if (hard) {
    const at = `${path}.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms`;
    if (!hard.nodeSelectorTerms?.length)
      causes.push(required(at, 'must have at least one node selector term'));
    for (const [index, term] of (hard.nodeSelectorTerms ?? []).entries())
      validateNodeTerm(causes, term, `${at}[${index}]`, false);
  }
  for (const [index, { weight, preference }] of (
    node?.preferredDuringSchedulingIgnoredDuringExecution ?? []
  ).entries()) {
    const at = `${path}.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[${index}]`;
    validateWeight(causes, weight, at);
    if (preference) validateNodeTerm(causes, preference, `${at}.preference`, true);
  }
  for (const member of ['podAffinity', 'podAntiAffinity'] as const) {
    const pods = affinity[member];
    for (const [index, term] of (pods?.requiredDuringSchedulingIgnoredDuringExecution ?? []).entries())
      validatePodTerm(
        causes,
        term,
        `${path}.${member}.requiredDuringSchedulingIgnoredDuringExecution[${index}]`,
      );
    for (const [index, { weight, podAffinityTerm }] of (
      pods?.preferredDuringSchedulingIgnoredDuringExecution ?? []
    ).entries()) {
      const at = `${path}.${member}.preferredDuringSchedulingIgnoredDuringExecution[${index}]`;
      validateWeight(causes, weight, at);
      validatePodTerm(causes, podAffinityTerm ?? { topologyKey: '' }, `${at}.podAffinityTerm`);
    }
  }
}

function validateWeight(causes: Causes, weight: number, at: string): void {
  if (!(weight >= 1 && weight <= 100))
    causes.push(invalid(`${at}.weight`, weight, 'must be in the range 1-100'));
}

function validateNodeTerm(causes: Causes, term: V1NodeSelectorTerm, path: string, preferred: boolean): void {
  for (const [index, requirement] of (term.matchExpressions ?? []).entries())
    validateNodeRequirement(causes, requirement, `${path}.matchExpressions[${index}]`, preferred);
  for (const [index, { key, operator, values = [] }] of (term.matchFields ?? []).entries()) {
    const at = `${path}.matchFields[${index}]`;
    if (operator !== 'In' && operator !== 'NotIn')
      causes.push(invalid(`${at}.operator`, operator ?? '', 'not a valid selector operator'));
    else if (values.length !== 1)
      causes.push(
        required(
          `${at}.values`,
          "must be only one value when `operator` is 'In' or 'NotIn' for node field selector",
        ),
      );
    if (key !== 'metadata.name')
      causes.push(invalid(`${at}.key`, key ?? '', 'not a valid field selector key'));
    else
      for (const [position, value] of values.entries())
        check(causes, `${at}.values[${position}]`, value, dnsSubdomain);
  }
}

function validatePodTerm(causes: Causes, term: V1PodAffinityTerm, path: string): void {
  const { labelSelector, namespaceSelector, matchLabelKeys, mismatchLabelKeys } = term;
  if (labelSelector) validateLabelSelector(causes, labelSelector, `${path}.labelSelector`);
  if (namespaceSelector) validateLabelSelector(causes, namespaceSelector, `${path}.namespaceSelector`);
  for (const name of term.namespaces ?? []) check(causes, `${path}.namespace`, name, dnsLabel);
  if (matchLabelKeys?.length || mismatchLabelKeys?.length) validateAffinityKeys(causes, term, path);
  if (!term.topologyKey) causes.push(required(`${path}.topologyKey`, 'can not be empty'));
  check(causes, `${path}.topologyKey`, term.topologyKey ?? '', qualifiedName);
}

/** Source: validateMatchLabelKeysAndMismatchLabelKeys (KEP-3633). */
function validateAffinityKeys(causes: Causes, term: V1PodAffinityTerm, path: string): void {
  const { labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] } = term;
  for (const [member, keys] of [
    ['matchLabelKeys', matchLabelKeys],
    ['mismatchLabelKeys', mismatchLabelKeys],
  ] as const) {
    if (!keys.length) continue;
    if (!labelSelector)
      causes.push(forbidden(`${path}.${member}`, 'must not be specified when labelSelector is not set'));
    else
      for (const [index, key] of keys.entries())
        check(causes, `${path}.${member}[${index}]`, key, qualifiedName);
  }
  if (labelSelector)
    for (const key of keysNamedTwice(matchLabelKeys, labelSelector))
      causes.push(
        invalid(
          `${path}[${matchLabelKeys.lastIndexOf(key)}]`,
          key,
          'exists in both matchLabelKeys and labelSelector',
        ),
      );
  for (const [index, key] of matchLabelKeys.entries())
    if (mismatchLabelKeys.includes(key))
      causes.push(
        invalid(
          `${path}.matchLabelKeys[${index}]`,
          key,
          'exists in both matchLabelKeys and mismatchLabelKeys',
        ),
      );
}
