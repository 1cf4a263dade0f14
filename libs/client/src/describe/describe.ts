import type { KubeObject, Stored, V1Namespace, V1PodTemplateSpec } from '@gantry/api';
import { labelsOf, longTime, nameAndNamespace, type Surroundings } from './common.ts';
import { describeDeployment, describeReplicaSet } from './controllers.ts';
import { describeConfigMap, describeSecret, describeServiceAccount } from './data.ts';
import { describeNode } from './node.ts';
import { describeOutline } from './outline.ts';
import { describePod } from './pod.ts';
import { describePodTemplate } from './pod-spec.ts';
import { describeEndpoints, describeEndpointSlice, describeService } from './service.ts';
import { DescriptionWriter } from './writer.ts';

type Describe = (out: DescriptionWriter, object: never, around: Surroundings) => void;

/** By group and kind; all others get their members as an outline. */
const descriptions: Readonly<Record<string, Describe>> = {
  Pod: describePod,
  Node: describeNode,
  Namespace: describeNamespace,
  Service: describeService,
  Endpoints: describeEndpoints,
  ConfigMap: describeConfigMap,
  Secret: describeSecret,
  ServiceAccount: describeServiceAccount,
  'discovery.k8s.io/EndpointSlice': describeEndpointSlice,
  'apps/Deployment': describeDeployment,
  'apps/ReplicaSet': describeReplicaSet,
};

/** A long text about one object for people to read, laid out as kubectl has it (`kubectl/pkg/describe`), with the end of its last line. */
export function describe(object: Stored<KubeObject>, around: Surroundings): string {
  const out = new DescriptionWriter();
  const [group = '', version] = (object.apiVersion ?? 'v1').split('/');
  const name = version === undefined ? `${object.kind}` : `${group}/${object.kind}`;
  const described = Object.hasOwn(descriptions, name) ? descriptions[name] : undefined;
  if (described) described(out, object as never, around);
  else describeOutline(out, object, around);
  return out.toString();
}

/** What a pod template says, as `rollout history --revision` shows it. */
export function describeTemplate(template: V1PodTemplateSpec): string {
  const out = new DescriptionWriter();
  describePodTemplate(out, template);
  return out.toString();
}

function describeNamespace(out: DescriptionWriter, namespace: Stored<V1Namespace>): void {
  const { status } = namespace;
  nameAndNamespace(out, namespace);
  labelsOf(out, namespace);
  out.row(0, 'Status:', status?.phase);
  if (!status?.conditions?.length) return;
  out.row(0, 'Conditions:');
  out.table(
    1,
    ['Type', 'Status', 'LastTransitionTime', 'Reason', 'Message'],
    status.conditions.map((each) => [
      each.type,
      each.status,
      longTime(each.lastTransitionTime),
      each.reason,
      each.message,
    ]),
  );
}
