import {
  humanDuration,
  type CoreV1Event,
  type KubeObject,
  type Stored,
  type V1EndpointSlice,
  type V1Lease,
  type V1Pod,
  type V1ReplicaSet,
} from '@gantry/api';
import type { DescriptionWriter } from './writer.ts';

/** What a description tells besides the object itself. */
export interface Surroundings {
  /** Absent: they are not told. */
  events: readonly CoreV1Event[] | undefined;
  /** For a node its pods, for a controller those it selects. */
  pods?: readonly Stored<V1Pod>[] | undefined;
  endpointSlices?: readonly Stored<V1EndpointSlice>[];
  replicaSets?: readonly Stored<V1ReplicaSet>[];
  /** A node's. */
  lease?: V1Lease | undefined;
  nowMs: number;
}

/** An annotation with its key is told on one line as long as that has no more letters. */
const longestAnnotation = 140;

export function nameAndNamespace(out: DescriptionWriter, { metadata }: KubeObject): void {
  out.row(0, 'Name:', metadata.name);
  if (metadata.namespace) out.row(0, 'Namespace:', metadata.namespace);
}

export function labelsOf(out: DescriptionWriter, { metadata }: KubeObject): void {
  out.map(0, 'Labels', metadata.labels);
  annotationsOf(out, 0, metadata.annotations);
}

/** Annotations, long ones below their key; what `apply` remembers is left out. */
export function annotationsOf(
  out: DescriptionWriter,
  level: number,
  annotations: Readonly<Record<string, string>> = {},
): void {
  const keys = Object.keys(annotations)
    .filter((key) => key !== 'kubectl.kubernetes.io/last-applied-configuration')
    .sort();
  const rows = keys.flatMap((key) => {
    const value = annotations[key]!.replace(/\n$/, '');
    if (value.length + key.length + 2 <= longestAnnotation && !value.includes('\n'))
      return [`${key}: ${value}`];
    return [`${key}:`, ...value.split('\n').map((line) => `  ${shorten(line, longestAnnotation - 2)}`)];
  });
  out.list(level, 'Annotations', rows);
}

const shorten = (text: string, most: number) => (text.length > most ? `${text.slice(0, most)}...` : text);

/** `ReplicaSet/web-1`, or undefined. */
export function controllerOf({ metadata }: KubeObject): string | undefined {
  const owner = metadata.ownerReferences?.find((each) => each.controller);
  return owner && `${owner.kind}/${owner.name}`;
}

/** A time as people write it (RFC 1123), in UTC; what is none is the beginning of Go's time. */
export const longTime = (text: string | undefined) =>
  text ? new Date(text).toUTCString().replace('GMT', '+0000') : 'Mon, 01 Jan 0001 00:00:00 +0000';

export function conditionsOf(
  out: DescriptionWriter,
  conditions: readonly { type: string; status: string; reason?: string }[] = [],
): void {
  if (conditions.length === 0) return;
  out.row(0, 'Conditions:');
  out.table(
    1,
    ['Type', 'Status', 'Reason'],
    conditions.map(({ type, status, reason }) => [`${type} `, status, reason]),
  );
}

/** The last part of most descriptions: what happened, the oldest first. */
export function eventsOf(out: DescriptionWriter, { events, nowMs }: Surroundings): void {
  if (!events) return;
  if (events.length === 0) return out.row(0, 'Events:', '<none>');
  const since = (time: string | undefined) => (time ? humanDuration(nowMs - Date.parse(time)) : '<unknown>');
  const last = (event: CoreV1Event) => Date.parse(event.lastTimestamp ?? event.eventTime ?? '') || 0;
  const interval = ({ series, count = 1, eventTime, firstTimestamp, lastTimestamp }: CoreV1Event) => {
    const first = since(eventTime ?? firstTimestamp);
    if (series) return `${since(series.lastObservedTime)} (x${series.count} over ${first})`;
    return count > 1 ? `${since(lastTimestamp)} (x${count} over ${first})` : first;
  };
  out.flush();
  out.row(0, 'Events:');
  // The underline of Age is kubectl's, who has it a letter too long.
  out.row(1, 'Type', 'Reason', 'Age', 'From', 'Message');
  out.row(1, '----', '------', '----', '----', '-------');
  for (const event of [...events].sort((a, b) => last(a) - last(b)))
    out.row(
      1,
      event.type,
      event.reason,
      interval(event),
      event.source?.component || event.reportingComponent,
      event.message?.trim(),
    );
}
