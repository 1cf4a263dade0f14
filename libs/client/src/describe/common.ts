import type { CoreV1Event, KubeObject, Stored, V1EndpointSlice, V1Pod, V1ReplicaSet } from '@gantry/api';
import type { DescriptionWriter } from './writer.ts';

/** What a description tells besides the object itself. */
export interface Surroundings {
  /** Absent: they are not told. */
  events: readonly CoreV1Event[] | undefined;
  /** For a node its pods, for a controller those it owns. */
  pods?: readonly Stored<V1Pod>[];
  endpointSlices?: readonly Stored<V1EndpointSlice>[];
  replicaSets?: readonly Stored<V1ReplicaSet>[];
  nowMs: number;
}

/** Labels and annotations; what `apply` remembers is left out. */
export function labelsOf(out: DescriptionWriter, { metadata }: KubeObject): void {
  const annotations = { ...metadata.annotations };
  delete annotations['kubectl.kubernetes.io/last-applied-configuration'];
  out.map('Labels', metadata.labels);
  out.map('Annotations', annotations, ': ');
}

/** A time as people write it, in UTC. */
export const longTime = (text: string) => new Date(text).toUTCString().replace('GMT', '+0000');
