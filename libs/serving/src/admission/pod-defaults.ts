import { StatusError } from '@gantry/base';
import { kinds, type KubeObject, type V1Pod, type V1Toleration } from '@gantry/api';
import type { AdmissionAttributes, AdmissionPlugin } from '@gantry/state';

/** The pod that is being created, or undefined. */
function newPod({ kind, operation, subresource, object }: AdmissionAttributes): V1Pod | undefined {
  return (kind as unknown) === kinds.pod && operation === 'CREATE' && !subresource
    ? (object as KubeObject as V1Pod)
    : undefined;
}

/** Every pod runs as a service account; `default` where it names none (upstream `plugin/pkg/admission/serviceaccount`). */
export const serviceAccountAdmission: AdmissionPlugin = {
  name: 'ServiceAccount',
  admit(attributes) {
    const pod = newPod(attributes);
    if (!pod) return;
    pod.spec.serviceAccountName ||= pod.spec.serviceAccount || 'default';
    // The old name of the field is kept equal to the new one.
    pod.spec.serviceAccount = pod.spec.serviceAccountName;
  },
};

const tolerationSeconds = 300;

/** Pods stay five minutes on a node that is not ready or cannot be reached (upstream `defaulttolerationseconds`). */
export const defaultTolerationSeconds: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',
  admit(attributes) {
    const pod = newPod(attributes);
    if (!pod) return;
    for (const key of ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']) {
      const tolerations = (pod.spec.tolerations ??= []);
      if (!tolerations.some((each) => tolerates(each, key)))
        tolerations.push({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds });
    }
  },
};

const tolerates = ({ key, effect }: V1Toleration, taint: string): boolean =>
  (key === taint || !key) && (effect === 'NoExecute' || !effect);

/** The two classes that exist in every cluster (scheduling.k8s.io). */
const systemClasses: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

/** A pod's priority is its class's; without one, 0 (upstream `plugin/pkg/admission/priority`). */
export const priorityAdmission: AdmissionPlugin = {
  name: 'Priority',
  admit(attributes) {
    const pod = newPod(attributes);
    if (!pod) return;
    const { priorityClassName } = pod.spec;
    const priority = !priorityClassName
      ? 0
      : Object.hasOwn(systemClasses, priorityClassName)
        ? systemClasses[priorityClassName]
        : undefined;
    // A generated name is not there yet (upstream `admission.NewForbidden`).
    const name = attributes.name.name || pod.metadata.generateName || 'Unknown';
    const refuse = (why: string) =>
      new StatusError('Forbidden', `pods ${JSON.stringify(name)} is forbidden: ${why}`, {
        details: { name, kind: 'pods' },
      });
    if (priority === undefined) throw refuse(`no PriorityClass with name ${priorityClassName} was found`);
    if (pod.spec.priority !== undefined && pod.spec.priority !== priority)
      throw refuse(
        `the integer value of priority (${pod.spec.priority}) must not be provided in pod spec; priority admission controller computed ${priority} from the given PriorityClass name`,
      );
    pod.spec.priority = priority;
    pod.spec.preemptionPolicy ??= 'PreemptLowerPriority';
  },
};
