import { humanDuration, type CoreV1Event, type Stored } from '@gantry/api';
import { systemClock } from '@gantry/base';
import {
  columns,
  createObjectPrinter,
  listObjects,
  parseOutput,
  pathOf,
  printable,
  query,
  readTargets,
  watchEvents,
} from '@gantry/client';
import { warn, write, type KubeContext } from './context.ts';

interface EventOptions {
  /** Absent: all namespaces. */
  namespace: string | undefined;
  /** `pod/web`. */
  object?: string | undefined;
  types?: readonly string[];
  watch?: boolean;
  headers: boolean;
  output?: string;
}

type StoredEvent = Stored<CoreV1Event>;

/** When an event was last seen, in milliseconds since the epoch. */
export const lastSeen = (event: CoreV1Event) =>
  Date.parse(
    event.series?.lastObservedTime ??
      event.lastTimestamp ??
      event.eventTime ??
      event.metadata.creationTimestamp ??
      '',
  );

/** `events`: the oldest first, and what comes after with `watch`. */
export async function showEvents(
  { connection, discovery }: KubeContext,
  options: EventOptions,
): Promise<void> {
  const resource = await discovery.find('events');
  let fieldSelector: string | undefined;
  if (options.object !== undefined) {
    const [target] = await readTargets(discovery, [options.object]);
    fieldSelector = `involvedObject.kind=${target!.resource.kind},involvedObject.name=${target!.names?.[0] ?? ''}`;
  }
  const wanted = ({ type }: CoreV1Event) =>
    options.types === undefined || options.types.some((each) => each.toLowerCase() === type?.toLowerCase());
  const list = await listObjects<StoredEvent>(connection, resource, options.namespace, { fieldSelector });
  const found = list.items.filter(wanted).sort((a, b) => lastSeen(a) - lastSeen(b));
  const format = parseOutput(options.output);
  if (format.kind !== 'table') {
    const printer = createObjectPrinter(format);
    if (printer.each) for (const event of found) write(printer.each(resource, event), '');
    else write(printer.whole!({ apiVersion: 'v1', kind: 'List', metadata: {}, items: found }), '');
    return;
  }
  const everywhere = options.namespace === undefined;
  const header = [...(everywhere ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];
  const rows = found.map((event) => row(event, everywhere));
  if (rows.length === 0 && !options.watch)
    return warn(everywhere ? 'No events found.' : `No events found in ${options.namespace} namespace.`);
  columns(options.headers ? [header, ...rows] : rows).forEach((line) => write(line));
  if (!options.watch) return;
  const path =
    pathOf(resource, options.namespace) +
    query({ watch: 1, fieldSelector, resourceVersion: list.metadata.resourceVersion });
  for await (const { type, object } of watchEvents<StoredEvent>(connection, { path }))
    if ((type === 'ADDED' || type === 'MODIFIED') && wanted(object))
      write(row(object, everywhere).join('   '));
}

function row(event: CoreV1Event, everywhere: boolean): string[] {
  const { kind, name, namespace } = event.involvedObject;
  const first = Date.parse(event.firstTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? '');
  const now = systemClock.now();
  const age = humanDuration(now - lastSeen(event));
  const count = event.series?.count ?? event.count ?? 1;
  return [
    ...(everywhere ? [namespace ?? ''] : []),
    count > 1 ? `${age} (x${count} over ${humanDuration(now - first)})` : age,
    event.type ?? '',
    event.reason ?? '',
    `${kind}/${name}`,
    event.message?.trim() ?? '',
  ].map(printable);
}
