import { ageColumn, nameColumn, workloadColumns } from '../columns.ts';
import { defineKind } from '../define-kind.ts';
import type { V1Deployment, V1DeploymentSpec } from '../gen/types.ts';
import { equal } from '../json.ts';
import { podSpecDefaults } from '../pods/defaults.ts';
import { forbidden, goStruct, immutable, invalid, notSupported } from '../validation/causes.ts';
import { checkNonNegative, type Causes } from '../validation/numbers.ts';
import {
  checkCountOrShare,
  validateCounts,
  validateSelectorAndTemplate,
} from '../workloads/validate-workload.ts';
import { workloadWarnings } from '../workloads/warnings.ts';

export const deployment = defineKind<V1Deployment>({
  group: 'apps',
  kind: 'Deployment',
  plural: 'deployments',
  shortNames: ['deploy'],
  categories: ['all'],
  subresources: {
    status: true,
    scale: { replicas: 'spec.replicas', statusReplicas: 'status.replicas', selector: 'spec.selector' },
  },
  tracksGeneration: true,
  defaults({ spec }) {
    if (!spec) return;
    spec.replicas ??= 1;
    spec.revisionHistoryLimit ??= 10;
    spec.progressDeadlineSeconds ??= 600;
    const strategy = (spec.strategy ??= {});
    strategy.type ||= 'RollingUpdate';
    if (strategy.type === 'RollingUpdate') {
      const rolling = (strategy.rollingUpdate ??= {});
      rolling.maxUnavailable ??= '25%';
      rolling.maxSurge ??= '25%';
    }
    if (spec.template?.spec) podSpecDefaults(spec.template.spec);
  },
  validate(deployment) {
    const causes: Causes = [];
    const { spec = {} as V1DeploymentSpec } = deployment;
    checkNonNegative(causes, 'spec.replicas', spec.replicas);
    validateSelectorAndTemplate(causes, spec);
    validateStrategy(causes, spec);
    checkNonNegative(causes, 'spec.minReadySeconds', spec.minReadySeconds);
    checkNonNegative(causes, 'spec.revisionHistoryLimit', spec.revisionHistoryLimit);
    const deadline = spec.progressDeadlineSeconds;
    checkNonNegative(causes, 'spec.progressDeadlineSeconds', deadline);
    if (deadline !== undefined && deadline <= (spec.minReadySeconds ?? 0))
      causes.push(invalid('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds'));
    return causes;
  },
  prepareForUpdate(deployment, old, subresource) {
    if (subresource !== 'status') return;
    if (old.metadata.labels) deployment.metadata.labels = old.metadata.labels;
    else delete deployment.metadata.labels;
  },
  // They are copied to the ReplicaSets.
  generationCounts: ({ metadata }) => metadata.annotations,
  validateUpdate(deployment, old, subresource) {
    const causes: Causes = [];
    if (subresource === 'status') {
      validateCounts(causes, deployment.status);
      const collisions = deployment.status?.collisionCount;
      const before = old.status?.collisionCount;
      if (before !== undefined && (collisions === undefined || collisions < before))
        causes.push(invalid('status.collisionCount', collisions ?? 0, 'cannot be decremented'));
    } else if (!equal(deployment.spec.selector, old.spec.selector))
      causes.push(immutable('spec.selector', deployment.spec.selector));
    return causes;
  },
  warnings: workloadWarnings,
  columns: [
    nameColumn,
    {
      name: 'Ready',
      type: 'string',
      value: ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
    },
    { name: 'Up-to-date', type: 'string', value: ({ status }) => status?.updatedReplicas ?? 0 },
    { name: 'Available', type: 'string', value: ({ status }) => status?.availableReplicas ?? 0 },
    ageColumn,
    ...workloadColumns<V1Deployment>(
      ({ spec }) => spec.template,
      ({ spec }) => spec.selector,
    ),
  ],
});

function validateStrategy(causes: Causes, { strategy = {} }: V1DeploymentSpec): void {
  const at = 'spec.strategy';
  if (strategy.type === 'Recreate') {
    if (strategy.rollingUpdate)
      causes.push(
        forbidden(`${at}.rollingUpdate`, "may not be specified when strategy `type` is 'Recreate'"),
      );
    return;
  }
  if (strategy.type !== 'RollingUpdate') {
    causes.push(
      notSupported(at, goStruct(strategy, { Type: 'type', RollingUpdate: 'rollingUpdate' }), [
        'Recreate',
        'RollingUpdate',
      ]),
    );
    return;
  }
  const { maxUnavailable = 0, maxSurge = 0 } = strategy.rollingUpdate ?? {};
  const unavailable = checkCountOrShare(causes, `${at}.rollingUpdate.maxUnavailable`, maxUnavailable);
  const surge = checkCountOrShare(causes, `${at}.rollingUpdate.maxSurge`, maxSurge);
  if (unavailable === 0 && surge === 0)
    causes.push(
      invalid(`${at}.rollingUpdate.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0'),
    );
  if (typeof maxUnavailable === 'string' && maxUnavailable.endsWith('%') && unavailable > 100)
    causes.push(
      invalid(`${at}.rollingUpdate.maxUnavailable`, maxUnavailable, 'must not be greater than 100%'),
    );
}
