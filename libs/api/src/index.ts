export type * from './gen/types.ts';
export {
  keyOf,
  nameOf,
  parseKey,
  type KubeObject,
  type ObjectName,
  type Stored,
  type StoredMeta,
} from './object.ts';
export {
  apiVersionOf,
  type Column,
  type FieldReader,
  type Kind,
  type ScaleDefinition,
  type Verb,
} from './kind.ts';
export { defineKind, type KindDefinition } from './define-kind.ts';
export { findKind, findKindOf, kindList, kinds } from './kinds/index.ts';
export { age, ageColumn, nameColumn } from './columns.ts';
export { humanDuration } from './human-duration.ts';
export {
  formatLabelRequirements,
  formatLabelSelector,
  labelRequirements,
  labelSelectorMatches,
  matchesLabels,
  parseLabelSelector,
  type LabelRequirement,
} from './label-selector.ts';
export { matchesFields, parseFieldSelector, type FieldRequirement } from './field-selector.ts';
export {
  addQuantities,
  bytesOf,
  canonicalQuantity,
  compareQuantities,
  formatBytes,
  formatMilli,
  formatQuantity,
  milliOf,
  parseQuantity,
  tryParseQuantity,
  type Quantity,
} from './quantity.ts';
export { podLimits, podRequests, qosClass, type PodResources, type QosClass } from './pod-resources.ts';
export {
  hostPortsTaken,
  hostPortTaken,
  lastingContainers,
  podHostPorts,
  type HeldPorts,
} from './placement/host-ports.ts';
export {
  admitsNode,
  matchesNodeTerm,
  nodeAffinityMismatch,
  nodeDemand,
  type NodeDemand,
  type NodeIdentity,
} from './placement/node-affinity.ts';
export {
  nodeResources,
  resourceShortages,
  type NodeResources,
  type Shortage,
} from './placement/node-resources.ts';
export { tolerates } from './placement/taints.ts';
export { decode, typeErrors, unknownFields, type Decoded } from './decode.ts';
export { shapeOf, type Shape } from './shape.ts';
export { loadSchemas, type Schema } from './schemas.ts';
export { applyJsonPatch } from './patch/json-patch.ts';
export { applyMergePatch } from './patch/merge-patch.ts';
export { applyStrategicMergePatch } from './patch/strategic-merge-patch.ts';
export {
  duplicate,
  forbidden,
  immutable,
  invalid,
  invalidObject,
  notFound,
  notSupported,
  required,
  tooLong,
  tooMany,
} from './validation/causes.ts';
export {
  dns1035Label,
  dnsLabel,
  dnsSubdomain,
  labelValue,
  pathSegment,
  qualifiedName,
  type Check,
} from './validation/names.ts';
export {
  validateObjectMeta,
  validateObjectMetaUpdate,
  type ObjectMetaRules,
} from './validation/object-meta.ts';
export { podSpecDefaults } from './pods/defaults.ts';
export { podSummary, type PodSummary } from './pods/summary.ts';
export {
  applyConflict,
  serverSideApply,
  trackUpdate,
  type ApplyConflict,
  type ApplyOptions,
  type TrackOptions,
} from './apply/server-side-apply.ts';
export { kustomizeYamlOptions, yamlOptions, yamlStyle } from './yaml.ts';
export { needsHealthCheck } from './services/defaults.ts';
