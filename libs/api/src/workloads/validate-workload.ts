import type { V1LabelSelector, V1PodTemplateSpec } from '../gen/types.ts';
import { labelSelectorMatches } from '../label-selector.ts';
import { validatePodTemplate } from '../pods/validate.ts';
import { forbidden, invalid, notSupported, required } from '../validation/causes.ts';
import { validateLabelSelector } from '../validation/label-selector.ts';
import { percent } from '../validation/names.ts';
import { check, checkNonNegative, type Causes } from '../validation/numbers.ts';

interface WorkloadSpec {
  replicas?: number;
  minReadySeconds?: number;
  selector: V1LabelSelector;
  template?: V1PodTemplateSpec;
}

/** What all that keep so many pods of a template running have in common. Source: `pkg/apis/apps/validation`. */
export function validateWorkload(
  causes: Causes,
  spec: WorkloadSpec,
  kind: 'deployment' | 'replicaset',
): void {
  checkNonNegative(causes, 'spec.replicas', spec.replicas);
  checkNonNegative(causes, 'spec.minReadySeconds', spec.minReadySeconds);
  const { selector, template } = spec;
  if (!selector) causes.push(required('spec.selector'));
  else {
    validateLabelSelector(causes, selector, 'spec.selector');
    if (!Object.keys(selector.matchLabels ?? {}).length && !selector.matchExpressions?.length)
      causes.push(invalid('spec.selector', selector, `empty selector is invalid for ${kind}`));
  }
  if (!template) return void causes.push(required('spec.template'));
  const labels = template.metadata?.labels ?? {};
  if (selector && !labelSelectorMatches(selector, labels))
    causes.push(
      invalid('spec.template.metadata.labels', labels, '`selector` does not match template `labels`'),
    );
  validatePodTemplate(causes, template, 'spec.template');
  if (!template.spec) return;
  if (template.spec.restartPolicy !== 'Always')
    causes.push(notSupported('spec.template.spec.restartPolicy', template.spec.restartPolicy, ['Always']));
  if (template.spec.activeDeadlineSeconds !== undefined)
    causes.push(
      forbidden(
        'spec.template.spec.activeDeadlineSeconds',
        'activeDeadlineSeconds in ReplicaSet is not Supported',
      ),
    );
}

/** A count or a share of the replicas; returns its number, of pods or per cent. */
export function checkCountOrShare(causes: Causes, field: string, value: number | string): number {
  if (typeof value === 'number') {
    checkNonNegative(causes, field, value);
    return value;
  }
  check(causes, field, value, percent);
  return Number.parseInt(value, 10) || 0;
}
