import { age, nameColumn } from '../columns.ts';
import { defineKind } from '../define-kind.ts';
import type { CoreV1Event, V1ObjectReference } from '../gen/types.ts';
import { invalid, required } from '../validation/causes.ts';
import { dnsSubdomain, pathSegment, qualifiedName } from '../validation/names.ts';
import { check, type Causes } from '../validation/numbers.ts';

const firstSeen = (event: CoreV1Event) => event.firstTimestamp || event.eventTime;
const lastSeen = (event: CoreV1Event) =>
  event.series?.lastObservedTime || event.lastTimestamp || firstSeen(event);

export const event = defineKind<CoreV1Event>({
  kind: 'Event',
  plural: 'events',
  createdByUpdate: true,
  shortNames: ['ev'],
  schema: 'CoreV1Event',
  name: pathSegment,
  defaults(event) {
    // In Go it cannot be absent, and whoever looks for events relies on it.
    (event as { involvedObject?: V1ObjectReference }).involvedObject ??= {};
  },
  validate: validateEvent,
  selectableFields: {
    'involvedObject.kind': (event) => event.involvedObject.kind ?? '',
    'involvedObject.namespace': (event) => event.involvedObject.namespace ?? '',
    'involvedObject.name': (event) => event.involvedObject.name ?? '',
    'involvedObject.uid': (event) => event.involvedObject.uid ?? '',
    'involvedObject.apiVersion': (event) => event.involvedObject.apiVersion ?? '',
    'involvedObject.resourceVersion': (event) => event.involvedObject.resourceVersion ?? '',
    'involvedObject.fieldPath': (event) => event.involvedObject.fieldPath ?? '',
    reason: (event) => event.reason ?? '',
    reportingComponent: (event) => event.reportingComponent ?? '',
    source: (event) => event.source?.component || event.reportingComponent || '',
    type: (event) => event.type ?? '',
  },
  columns: [
    { name: 'Last Seen', type: 'string', value: (event, nowMs) => age(lastSeen(event), nowMs) },
    { name: 'Type', type: 'string', value: (event) => event.type ?? '' },
    { name: 'Reason', type: 'string', value: (event) => event.reason ?? '' },
    {
      name: 'Object',
      type: 'string',
      value({ involvedObject: { kind = '', name } }) {
        return name ? `${kind.toLowerCase()}/${name}` : kind.toLowerCase();
      },
    },
    {
      name: 'Subobject',
      type: 'string',
      priority: 1,
      value: (event) => event.involvedObject.fieldPath ?? '',
    },
    {
      name: 'Source',
      type: 'string',
      priority: 1,
      value({ source = {}, reportingComponent = '', reportingInstance = '' }) {
        const from =
          source.component || source.host
            ? [source.component, source.host]
            : [reportingComponent, reportingInstance];
        return from.filter(Boolean).join(', ');
      },
    },
    { name: 'Message', type: 'string', value: (event) => (event.message ?? '').trim() },
    {
      name: 'First Seen',
      type: 'string',
      priority: 1,
      value: (event, nowMs) => age(firstSeen(event), nowMs),
    },
    {
      name: 'Count',
      type: 'string',
      priority: 1,
      value: (event) => event.series?.count || event.count || 1,
    },
    { ...nameColumn, priority: 1 },
  ],
});

/** No more of each than so many bytes. */
const mostBytes = { reportingInstance: 128, action: 128, reason: 128, message: 1024 } as const;

/**
 * Events with an `eventTime` are of the newer kind, of which more is asked (`pkg/apis/core/validation/events.go`
 * legacyValidateEvent). Events of what lives outside of namespaces are kept in `default`.
 */
function validateEvent(event: CoreV1Event): Causes {
  const causes: Causes = [];
  const of = event.involvedObject?.namespace ?? '';
  const here = event.metadata.namespace ?? '';
  const stray = () => causes.push(invalid('involvedObject.namespace', of, 'does not match event.namespace'));
  if (!event.eventTime) {
    if (of === '' ? here !== '' && here !== 'default' : here !== of) stray();
  } else {
    if (of === '' && here !== 'default' && here !== 'kube-system') stray();
    if (!event.reportingComponent) causes.push(required('reportingComponent'));
    check(causes, 'reportingComponent', event.reportingComponent ?? '', qualifiedName);
    for (const member of ['reportingInstance', 'action', 'reason', 'message'] as const) {
      const text = event[member] ?? '';
      if (text === '' && member !== 'message') causes.push(required(member));
      if (Buffer.byteLength(text) > mostBytes[member])
        causes.push(invalid(member, '', `can have at most ${mostBytes[member]} characters`));
    }
  }
  check(causes, 'namespace', here, dnsSubdomain);
  return causes;
}
