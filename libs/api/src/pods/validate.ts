import type {
  V1Affinity,
  V1NodeSelectorTerm,
  V1Pod,
  V1PodAffinityTerm,
  V1PodSpec,
  V1PodTemplateSpec,
  V1Toleration,
  V1TopologySpreadConstraint,
} from '../gen/types.ts';
import { duplicate, forbidden, invalid, notSupported, required } from '../validation/causes.ts';
import { validateLabelSelector, validateNodeRequirement } from '../validation/label-selector.ts';
import { dnsLabel, dnsSubdomain, ipAddress, qualifiedName } from '../validation/names.ts';
import { check, checkNonNegative, checkOneOf, checkQuantity, type Causes } from '../validation/numbers.ts';
import { validateAnnotations, validateFinalizers, validateLabels } from '../validation/object-meta.ts';
import { validateContainers, validateResources, validateSeccomp } from './validate-containers.ts';
import { validateVolumes } from './validate-volumes.ts';

/** What is wrong with a pod beside its metadata. Source: `pkg/apis/core/validation/validation.go` ValidatePodCreate. */
export function validatePod(pod: V1Pod): Causes {
  const causes: Causes = [];
  if (pod.spec) validatePodSpec(causes, pod.spec, 'spec');
  else causes.push(required('spec.containers'));
  return causes;
}

/** What is wrong with the template of a workload. */
export function validatePodTemplate(causes: Causes, template: V1PodTemplateSpec, path: string): void {
  const { labels, annotations, finalizers } = template.metadata ?? {};
  if (labels) validateLabels(causes, labels, `${path}.metadata.labels`);
  if (annotations) validateAnnotations(causes, annotations, `${path}.metadata.annotations`);
  if (finalizers) validateFinalizers(causes, finalizers, `${path}.metadata.finalizers`);
  if (!template.spec) return void causes.push(required(`${path}.spec.containers`));
  validatePodSpec(causes, template.spec, `${path}.spec`);
  if (template.spec.ephemeralContainers?.length)
    causes.push(
      forbidden(`${path}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template'),
    );
}

const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];

export function validatePodSpec(causes: Causes, spec: V1PodSpec, path: string): void {
  const volumes = validateVolumes(causes, spec.volumes ?? [], `${path}.volumes`);
  validateContainers(causes, spec, volumes, path);
  checkOneOf(causes, `${path}.restartPolicy`, spec.restartPolicy, ['Always', 'OnFailure', 'Never']);
  checkOneOf(causes, `${path}.dnsPolicy`, spec.dnsPolicy, dnsPolicies);
  validateDns(causes, spec, path);
  if (spec.nodeSelector) validateLabels(causes, spec.nodeSelector, `${path}.nodeSelector`);
  if (spec.securityContext) validateSecurity(causes, spec, `${path}.securityContext`);
  if (spec.affinity) validateAffinity(causes, spec.affinity, `${path}.affinity`);
  for (const [index, { ip, hostnames }] of (spec.hostAliases ?? []).entries()) {
    check(causes, `${path}.hostAliases[${index}].ip`, ip ?? '', ipAddress);
    for (const [position, name] of (hostnames ?? []).entries())
      check(causes, `${path}.hostAliases[${index}].hostnames[${position}]`, name, dnsSubdomain);
  }
  checkNonNegative(causes, `${path}.terminationGracePeriodSeconds`, spec.terminationGracePeriodSeconds);
  const named = [
    ['serviceAccountName', dnsSubdomain],
    ['nodeName', dnsSubdomain],
    ['schedulerName', dnsSubdomain],
    ['priorityClassName', dnsSubdomain],
    ['runtimeClassName', dnsSubdomain],
    ['hostname', dnsLabel],
    ['subdomain', dnsLabel],
  ] as const;
  for (const [member, rule] of named) {
    const value = spec[member];
    if (value) check(causes, `${path}.${member}`, value, rule);
  }
  const deadline = spec.activeDeadlineSeconds;
  if (deadline !== undefined && !(deadline >= 1 && deadline <= 2147483647))
    causes.push(
      invalid(`${path}.activeDeadlineSeconds`, deadline, 'must be between 1 and 2147483647, inclusive'),
    );
  for (const [index, toleration] of (spec.tolerations ?? []).entries())
    validateToleration(causes, toleration, `${path}.tolerations[${index}]`);
  if (spec.topologySpreadConstraints)
    validateSpreading(causes, spec.topologySpreadConstraints, `${path}.topologySpreadConstraints`);
  for (const [index, gate] of (spec.readinessGates ?? []).entries())
    check(causes, `${path}.readinessGates[${index}].conditionType`, gate.conditionType ?? '', qualifiedName);
  const gates = new Set<string>();
  for (const [index, { name }] of (spec.schedulingGates ?? []).entries()) {
    check(causes, `${path}.schedulingGates[${index}]`, name ?? '', qualifiedName);
    if (gates.has(name)) causes.push(duplicate(`${path}.schedulingGates[${index}]`, name));
    gates.add(name);
  }
  if (gates.size && spec.nodeName)
    causes.push(forbidden(`${path}.nodeName`, 'cannot be set until all schedulingGates have been cleared'));
  for (const name in spec.overhead) checkQuantity(causes, `${path}.overhead.${name}`, spec.overhead[name]!);
  if (spec.resources) validateResources(causes, spec.resources, `${path}.resources`);
  if (spec.preemptionPolicy !== undefined)
    checkOneOf(causes, `${path}.preemptionPolicy`, spec.preemptionPolicy, ['Never', 'PreemptLowerPriority']);
  if (spec.os) checkOneOf(causes, `${path}.os.name`, spec.os.name, ['linux', 'windows']);
}

function validateDns(causes: Causes, spec: V1PodSpec, path: string): void {
  const nameservers = spec.dnsConfig?.nameservers ?? [];
  if (spec.dnsPolicy === 'None' && nameservers.length === 0)
    causes.push(
      required(
        `${path}.dnsConfig.nameservers`,
        'must provide at least one DNS nameserver when `dnsPolicy` is None',
      ),
    );
  if (nameservers.length > 3)
    causes.push(
      invalid(`${path}.dnsConfig.nameservers`, nameservers, 'must not have more than 3 nameservers'),
    );
  for (const [index, server] of nameservers.entries())
    check(causes, `${path}.dnsConfig.nameservers[${index}]`, server, ipAddress);
  for (const [index, search] of (spec.dnsConfig?.searches ?? []).entries())
    if (search !== '.')
      check(
        causes,
        `${path}.dnsConfig.searches[${index}]`,
        search.replace(/\.$/, '').replace(/_/g, '-'),
        dnsSubdomain,
      );
  for (const [index, option] of (spec.dnsConfig?.options ?? []).entries())
    if (!option.name) causes.push(required(`${path}.dnsConfig.options[${index}]`, 'must not be empty'));
}

function validateSecurity(causes: Causes, spec: V1PodSpec, path: string): void {
  const context = spec.securityContext!;
  for (const member of ['runAsUser', 'runAsGroup', 'fsGroup'] as const)
    checkNonNegative(causes, `${path}.${member}`, context[member]);
  for (const [index, group] of (context.supplementalGroups ?? []).entries())
    checkNonNegative(causes, `${path}.supplementalGroups[${index}]`, group);
  const sysctls = new Set<string>();
  for (const [index, { name }] of (context.sysctls ?? []).entries()) {
    const field = `${path}.sysctls[${index}].name`;
    if (!name) causes.push(required(field));
    else if (
      !/^(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/.test(name) ||
      name.length > 253
    )
      causes.push(
        invalid(
          field,
          name,
          'must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$',
        ),
      );
    else if (sysctls.has(name)) causes.push(duplicate(field, name));
    sysctls.add(name);
  }
  if (context.seccompProfile) validateSeccomp(causes, context.seccompProfile, `${path}.seccompProfile`);
  checkOneOf(
    causes,
    `${path}.fsGroupChangePolicy`,
    context.fsGroupChangePolicy,
    ['Always', 'OnRootMismatch'],
    true,
  );
  if (spec.shareProcessNamespace && spec.hostPID)
    causes.push(
      invalid(
        path.replace(/securityContext$/, 'shareProcessNamespace'),
        true,
        'ShareProcessNamespace and HostPID cannot both be enabled',
      ),
    );
}

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

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
    const wrong: Causes = [];
    validateLabels(wrong, { a: value }, `${at}.operator`);
    causes.push(...wrong);
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
  const pairs = new Set<string>();
  for (const [index, constraint] of constraints.entries()) {
    const at = `${path}[${index}]`;
    if (!(constraint.maxSkew > 0))
      causes.push(invalid(`${at}.maxSkew`, constraint.maxSkew, 'must be greater than zero'));
    if (!constraint.topologyKey) causes.push(required(`${at}.topologyKey`, 'can not be empty'));
    else check(causes, `${at}.topologyKey`, constraint.topologyKey, qualifiedName);
    const { whenUnsatisfiable, minDomains } = constraint;
    if (whenUnsatisfiable !== 'DoNotSchedule' && whenUnsatisfiable !== 'ScheduleAnyway')
      causes.push(
        notSupported(`${at}.whenUnsatisfiable`, whenUnsatisfiable ?? '', ['DoNotSchedule', 'ScheduleAnyway']),
      );
    const pair = `{${constraint.topologyKey}, ${whenUnsatisfiable}}`;
    if (pairs.has(pair)) causes.push(duplicate(`${at}.{topologyKey, whenUnsatisfiable}`, pair));
    pairs.add(pair);
    if (minDomains !== undefined) {
      if (minDomains <= 0) causes.push(invalid(`${at}.minDomains`, minDomains, 'must be greater than zero'));
      if (whenUnsatisfiable === 'ScheduleAnyway')
        causes.push(
          invalid(
            `${at}.minDomains`,
            minDomains,
            'can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway',
          ),
        );
    }
    for (const member of ['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const)
      checkOneOf(causes, `${at}.${member}`, constraint[member], ['Honor', 'Ignore'], true);
    if (constraint.labelSelector)
      validateLabelSelector(causes, constraint.labelSelector, `${at}.labelSelector`);
  }
}

function validateAffinity(causes: Causes, affinity: V1Affinity, path: string): void {
  const node = affinity.nodeAffinity;
  const hard = node?.requiredDuringSchedulingIgnoredDuringExecution;
  if (hard) {
    const at = `${path}.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms`;
    if (!hard.nodeSelectorTerms?.length)
      causes.push(required(at, 'must have at least one node selector term'));
    for (const [index, term] of (hard.nodeSelectorTerms ?? []).entries())
      validateNodeTerm(causes, term, `${at}[${index}]`);
  }
  for (const [index, { weight, preference }] of (
    node?.preferredDuringSchedulingIgnoredDuringExecution ?? []
  ).entries()) {
    const at = `${path}.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[${index}]`;
    validateWeight(causes, weight, at);
    if (preference) validateNodeTerm(causes, preference, `${at}.preference`);
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

function validateNodeTerm(causes: Causes, term: V1NodeSelectorTerm, path: string): void {
  for (const [index, requirement] of (term.matchExpressions ?? []).entries())
    validateNodeRequirement(causes, requirement, `${path}.matchExpressions[${index}]`);
  for (const [index, { key, operator, values }] of (term.matchFields ?? []).entries()) {
    const at = `${path}.matchFields[${index}]`;
    if (operator !== 'In' && operator !== 'NotIn')
      causes.push(notSupported(`${at}.operator`, operator, ['In', 'NotIn']));
    else if (values?.length !== 1)
      causes.push(
        required(
          `${at}.values`,
          "must be only one value when `operator` is 'In' or 'NotIn' for node field selector",
        ),
      );
    if (key !== 'metadata.name') causes.push(invalid(`${at}.key`, key, 'not a valid field selector key'));
  }
}

function validatePodTerm(causes: Causes, term: V1PodAffinityTerm, path: string): void {
  if (term.labelSelector) validateLabelSelector(causes, term.labelSelector, `${path}.labelSelector`);
  if (term.namespaceSelector)
    validateLabelSelector(causes, term.namespaceSelector, `${path}.namespaceSelector`);
  for (const name of term.namespaces ?? []) check(causes, `${path}.namespaces`, name, dnsLabel);
  if (!term.topologyKey) causes.push(required(`${path}.topologyKey`, 'can not be empty'));
  else check(causes, `${path}.topologyKey`, term.topologyKey, qualifiedName);
}
