import type { V1LabelSelector, V1PodTemplateSpec } from '../gen/types.ts';
import { labelSelectorMatches } from '../label-selector.ts';
import { validatePodTemplate } from '../pods/validate.ts';
import { forbidden, invalid, notSupported, required } from '../validation/causes.ts';
import { validateLabelSelector } from '../validation/label-selector.ts';
import { percent } from '../validation/names.ts';
import { check, checkNonNegative, type Causes } from '../validation/numbers.ts';

interface WorkloadSpec {
  selector: V1LabelSelector;
  template?: V1PodTemplateSpec;
}

/** What all that keep so many pods of a template running ask of their selector and template. Source: `pkg/apis/apps/validation`. */
export function validateSelectorAndTemplate(causes: Causes, { selector, template }: WorkloadSpec): void {
  if (!selector) causes.push(required('spec.selector'));
  else {
    const before = causes.length;
    validateLabelSelector(causes, selector, 'spec.selector');
    const valid = causes.length === before;
    if (!Object.keys(selector.matchLabels ?? {}).length && !selector.matchExpressions?.length)
      // Those are upstream's words for ReplicaSets, too.
      causes.push(invalid('spec.selector', selector, 'empty selector is invalid for deployment'));
    if (!valid) return void causes.push(invalid('spec.selector', selector, 'invalid label selector'));
  }
  const { metadata = {}, spec } = template ?? {};
  // No selector selects nothing, an empty one everything.
  if (!selector || !labelSelectorMatches(selector, metadata.labels ?? {}))
    causes.push(
      invalid(
        'spec.template.metadata.labels',
        metadata.labels,
        '`selector` does not match template `labels`',
      ),
    );
  validatePodTemplate(causes, template ?? {}, 'spec.template');
  if (!spec) return;
  if (spec.restartPolicy !== 'Always')
    causes.push(notSupported('spec.template.spec.restartPolicy', spec.restartPolicy ?? '', ['Always']));
  if (spec.activeDeadlineSeconds !== undefined)
    causes.push(
      forbidden(
        'spec.template.spec.activeDeadlineSeconds',
        'activeDeadlineSeconds in ReplicaSet is not Supported',
      ),
    );
}

const counts = [
  'replicas',
  'updatedReplicas',
  'fullyLabeledReplicas',
  'readyReplicas',
  'availableReplicas',
  'unavailableReplicas',
  'terminatingReplicas',
] as const;
type Counts = Partial<Record<(typeof counts)[number] | 'observedGeneration' | 'collisionCount', number>>;

/** What a status counts must add up. Source: ValidateDeploymentStatus, ValidateReplicaSetStatus. */
export function validateCounts(causes: Causes, status: Counts = {}): void {
  for (const member of counts) checkNonNegative(causes, `status.${member}`, status[member]);
  checkNonNegative(causes, 'status.observedGeneration', status.observedGeneration);
  checkNonNegative(causes, 'status.collisionCount', status.collisionCount);
  const { replicas = 0, readyReplicas = 0, availableReplicas = 0 } = status;
  for (const member of [
    'updatedReplicas',
    'fullyLabeledReplicas',
    'readyReplicas',
    'availableReplicas',
  ] as const)
    if ((status[member] ?? 0) > replicas)
      causes.push(invalid(`status.${member}`, status[member], 'cannot be greater than status.replicas'));
  if (availableReplicas > readyReplicas)
    causes.push(
      invalid('status.availableReplicas', availableReplicas, 'cannot be greater than readyReplicas'),
    );
}

/** A count or a share of the replicas; returns its number, of pods or per cent. */
export function checkCountOrShare(causes: Causes, field: string, value: number | string): number {
  if (typeof value === 'number') {
    checkNonNegative(causes, field, value);
    return value;
  }
  check(causes, field, value, percent);
  return /^\d+%?$/.test(value) ? Number.parseInt(value, 10) : 0;
}
