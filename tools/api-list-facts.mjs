// What the models of @kubernetes/client-node leave out: how lists and maps are merged. One line per member:
//   list:  'map <keys>' | 'set' | 'atomic'   (x-kubernetes-list-type, -list-map-keys: server-side apply)
//   patch: 'merge <key>' | 'merge' | 'retainKeys' | 'merge,retainKeys <key>'   (strategic merge patch)
// Lists that are not named are atomic for server-side apply and replaced by a strategic merge patch.
// Source: the +listType, +listMapKey, +mapType, +structType, patchStrategy and patchMergeKey marks of k8s.io/api and
// k8s.io/apimachinery, release 1.36.
const byType = { list: 'map type', patch: 'merge type' };
const byName = { list: 'map name', patch: 'merge name' };

export const lists = {
  'V1ObjectMeta.finalizers': { list: 'set', patch: 'merge' },
  'V1ObjectMeta.ownerReferences': { list: 'map uid', patch: 'merge uid' },

  'V1PodSpec.containers': byName,
  'V1PodSpec.initContainers': byName,
  'V1PodSpec.ephemeralContainers': byName,
  'V1PodSpec.volumes': { list: 'map name', patch: 'merge,retainKeys name' },
  'V1PodSpec.imagePullSecrets': byName,
  'V1PodSpec.hostAliases': { list: 'map ip', patch: 'merge ip' },
  'V1PodSpec.schedulingGates': byName,
  'V1PodSpec.resourceClaims': { list: 'map name', patch: 'merge,retainKeys name' },
  'V1PodSpec.topologySpreadConstraints': {
    list: 'map topologyKey whenUnsatisfiable',
    patch: 'merge topologyKey',
  },
  'V1PodStatus.conditions': byType,
  'V1PodStatus.podIPs': { list: 'map ip', patch: 'merge ip' },
  'V1PodStatus.hostIPs': { list: 'atomic', patch: 'merge ip' },
  'V1PodStatus.resourceClaimStatuses': { list: 'map name', patch: 'merge,retainKeys name' },
  'V1ContainerStatus.volumeMounts': { list: 'map mountPath', patch: 'merge mountPath' },
  'V1ContainerStatus.allocatedResourcesStatus': byName,
  'V1ResourceStatus.resources': { list: 'map resourceID' },
  'V1ResourceRequirements.claims': { list: 'map name' },
  'V1PodDisruptionBudgetStatus.conditions': byType,

  'V1ServiceSpec.ports': { list: 'map port protocol', patch: 'merge port' },
  'V1ServiceStatus.conditions': byType,
  'V1ServiceAccount.secrets': byName,
  'V1Endpoint.addresses': { list: 'set' },

  'V1NodeSpec.podCIDRs': { list: 'set', patch: 'merge' },
  'V1NodeStatus.conditions': byType,
  'V1NodeStatus.addresses': byType,
  'V1NamespaceStatus.conditions': byType,
  'V1ComponentStatus.conditions': byType,
  'V1PersistentVolumeClaimStatus.conditions': byType,
  'V1ReplicationControllerStatus.conditions': byType,

  'V1DeploymentSpec.strategy': { patch: 'retainKeys' },
  'V1DeploymentStatus.conditions': byType,
  'V1ReplicaSetStatus.conditions': byType,
  'V1StatefulSetStatus.conditions': byType,
  'V1DaemonSetStatus.conditions': byType,
  'V1JobStatus.conditions': { list: 'atomic', patch: 'merge type' },
  'V1UncountedTerminatedPods.succeeded': { list: 'set' },
  'V1UncountedTerminatedPods.failed': { list: 'set' },
  'V1PodFailurePolicyOnExitCodesRequirement.values': { list: 'set' },

  'V2HorizontalPodAutoscalerStatus.conditions': byType,
  'V1CertificateSigningRequestStatus.conditions': { list: 'map type' },
  'V1CustomResourceDefinitionStatus.conditions': { list: 'map type' },
  'V1APIServiceStatus.conditions': byType,
  'V1FlowSchemaStatus.conditions': byType,
  'V1PriorityLevelConfigurationStatus.conditions': byType,
  'V1MutatingWebhookConfiguration.webhooks': byName,
  'V1MutatingWebhook.matchConditions': byName,
  'V1ValidatingWebhookConfiguration.webhooks': byName,
  'V1ValidatingWebhook.matchConditions': byName,
  'V1ValidatingAdmissionPolicySpec.matchConditions': byName,
  'V1ValidatingAdmissionPolicySpec.variables': byName,
  'V1ValidatingAdmissionPolicyStatus.conditions': { list: 'map type' },
};
for (const container of ['V1Container', 'V1EphemeralContainer'])
  Object.assign(lists, {
    [`${container}.env`]: byName,
    [`${container}.ports`]: { list: 'map containerPort protocol', patch: 'merge containerPort' },
    [`${container}.volumeMounts`]: { list: 'map mountPath', patch: 'merge mountPath' },
    [`${container}.volumeDevices`]: { list: 'map devicePath', patch: 'merge devicePath' },
  });

/** Maps, and types wherever they are used, that have one owner as a whole. */
export const atomicMaps = ['V1PodSpec.nodeSelector', 'V1ServiceSpec.selector'];
export const atomicTypes = [
  'V1LabelSelector',
  'V1LocalObjectReference',
  'V1ObjectReference',
  'V1OwnerReference',
  'V1NodeSelector',
  'V1NodeSelectorTerm',
  'V1SecretKeySelector',
  'V1ConfigMapKeySelector',
  'V1ObjectFieldSelector',
  'V1ResourceFieldSelector',
  'V1SecretReference',
  'V1TypedLocalObjectReference',
  'V1ScopeSelector',
  'V1TopologySelectorTerm',
];

/** Values that are keys of a list and may be left out. */
export const defaults = { 'V1ContainerPort.protocol': 'TCP', 'V1ServicePort.protocol': 'TCP' };

/** Members (or, for maps, their values) that are quantities: a number may stand for them, and they are written canonically. */
export const quantities = [
  'V1ResourceRequirements.limits',
  'V1ResourceRequirements.requests',
  'V1VolumeResourceRequirements.limits',
  'V1VolumeResourceRequirements.requests',
  'V1PodSpec.overhead',
  'V1PodStatus.allocatedResources',
  'V1ContainerStatus.allocatedResources',
  'V1NodeStatus.capacity',
  'V1NodeStatus.allocatable',
  'V1EmptyDirVolumeSource.sizeLimit',
  'V1ResourceFieldSelector.divisor',
  'V1PersistentVolumeSpec.capacity',
  'V1PersistentVolumeClaimStatus.capacity',
  'V1PersistentVolumeClaimStatus.allocatedResources',
  'V1ResourceQuotaSpec.hard',
  'V1ResourceQuotaStatus.hard',
  'V1ResourceQuotaStatus.used',
  'V1LimitRangeItem.default',
  'V1LimitRangeItem.defaultRequest',
  'V1LimitRangeItem.max',
  'V1LimitRangeItem.min',
  'V1LimitRangeItem.maxLimitRequestRatio',
  'V1Overhead.podFixed',
  'V1CSIStorageCapacity.capacity',
  'V1CSIStorageCapacity.maximumVolumeSize',
  'V2MetricTarget.averageValue',
  'V2MetricTarget.value',
  'V2MetricValueStatus.averageValue',
  'V2MetricValueStatus.value',
];
