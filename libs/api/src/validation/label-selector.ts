import type { V1LabelSelector } from '../gen/types.ts';
import { forbidden, invalid, required } from './causes.ts';
import { labelValue, qualifiedName } from './names.ts';
import { check, type Causes } from './numbers.ts';
import { validateLabels } from './object-meta.ts';

/** Source: `pkg/apis/meta/v1/validation/validation.go` of k8s.io/apimachinery. */
export function validateLabelSelector(causes: Causes, selector: V1LabelSelector, path: string): void {
  if (selector.matchLabels) validateLabels(causes, selector.matchLabels, `${path}.matchLabels`);
  for (const [index, { key, operator, values = [] }] of (selector.matchExpressions ?? []).entries()) {
    const at = `${path}.matchExpressions[${index}]`;
    if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0)
        causes.push(required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0)
        causes.push(
          forbidden(`${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
        );
    } else causes.push(invalid(`${at}.operator`, operator ?? '', 'not a valid selector operator'));
    check(causes, `${at}.key`, key ?? '', qualifiedName);
    for (const [position, value] of values.entries())
      check(causes, `${at}.values[${position}]`, value, labelValue);
  }
}

/**
 * One term's requirement of a node selector (`pkg/apis/core/validation` ValidateNodeSelectorRequirement). What is only
 * preferred may name values that no label can have.
 */
export function validateNodeRequirement(
  causes: Causes,
  { key, operator, values = [] }: { key: string; operator: string; values?: string[] },
  path: string,
  preferred: boolean,
): void {
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0)
      causes.push(required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0)
      causes.push(
        forbidden(`${path}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
      );
  } else if (operator === 'Gt' || operator === 'Lt') {
    if (values.length !== 1)
      causes.push(
        required(`${path}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'"),
      );
  } else causes.push(invalid(`${path}.operator`, operator ?? '', 'not a valid selector operator'));
  check(causes, `${path}.key`, key ?? '', qualifiedName);
  if (preferred) return;
  for (const [position, value] of values.entries())
    check(causes, `${path}.values[${position}]`, value, labelValue);
}
