export { UsageError, readTargets, type Target } from './arguments.ts';
export type { Answer, Connection, RequestOptions } from './connection.ts';
export {
  Discovery,
  objectLabel,
  pathOf,
  qualifiedName,
  UnknownKind,
  UnknownResource,
  type ApiResource,
} from './discovery.ts';
export { exitCodeOf, runStreams, type ExecStreams } from './exec.ts';
export { forwardConnection } from './port-forward.ts';
export {
  getObject,
  listObjects,
  query,
  untilObject,
  watchEvents,
  type ObjectList,
  type WireEvent,
} from './lines.ts';
export { kustomize, kustomizedManifests } from './kustomize/kustomize.ts';
export { ManifestError, parseManifests, readManifests, type Manifest } from './manifests.ts';
export { parseGoTemplate, TemplateError } from './output/go-template.ts';
export { goJson } from './output/json.ts';
export { JsonPathError, parseJsonPath, type JsonPath } from './output/json-path.ts';
export {
  createObjectPrinter,
  parseOutput,
  printObject,
  type ObjectPrinter,
  type OutputFormat,
} from './output/objects.ts';
export { formatYaml } from './output/yaml.ts';
export {
  columns,
  formatLabels,
  printable,
  TablePrinter,
  type ServerTable,
  type TableOptions,
} from './output/table.ts';
export { threeWayPatch } from './three-way-patch.ts';
export {
  appliedLine,
  applyManifest,
  inOrder,
  lastAppliedAnnotation,
  locate,
  threeWayPatchFor,
  whenDoing,
  type Applied,
  type ApplyOptions,
} from './verbs/apply.ts';
export {
  deleteObject,
  selectedNames,
  timedOut,
  untilGone,
  type ObjectAddress,
  type DeleteVerbOptions,
} from './verbs/delete.ts';
export { getVerb, type GetOptions } from './verbs/get.ts';
export { deploymentRollout } from './verbs/rollout.ts';
export { parseDuration, parseWaitFor, type WaitCondition } from './verbs/wait.ts';
export { describe, describeTemplate } from './describe/describe.ts';
export type { Surroundings } from './describe/common.ts';
export { openConnection, type ConnectionOptions } from './open-connection.ts';
export { parseYaml } from './yaml.ts';
