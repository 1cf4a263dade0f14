import { isStatus, systemClock } from '@gantry/base';
import { humanDuration, type KubeObject, type Stored } from '@gantry/api';
import { UsageError, type Target } from '../arguments.ts';
import type { Connection } from '../connection.ts';
import { objectLabel, pathOf, type ApiResource } from '../discovery.ts';
import { getObject, listObjects, query, watchEvents } from '../lines.ts';
import { createObjectPrinter, printObject, type OutputFormat } from '../output/objects.ts';
import { TablePrinter, type ServerTable } from '../output/table.ts';
import { parseJsonPath } from '../output/json-path.ts';

export interface GetOptions {
  /** Absent: all namespaces. */
  namespace: string | undefined;
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
  output: OutputFormat;
  watch?: boolean;
  /** With `watch`: do not print what is there already. */
  watchOnly?: boolean;
  outputWatchEvents?: boolean;
  headers?: boolean;
  showLabels?: boolean;
  /** `pod/web`, also where only one kind is shown. */
  showKind?: boolean;
  labelColumns?: readonly string[];
  ignoreNotFound?: boolean;
  showManagedFields?: boolean;
  sortBy?: string | undefined;
  /** How many objects to ask for at once; 0: all. Default 500. */
  chunkSize?: number;
  /** `status` or `scale`, in place of the object. */
  subresource?: string | undefined;
}

/** Takes one line after the other; `end` in place of a line's end. */
type Write = (line: string, end?: string) => void;

const tableType = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

/** `get`: writes what was asked for; `warn` takes what is said beside it ("No resources found"). */
export async function getVerb(
  connection: Connection,
  targets: readonly Target[],
  options: GetOptions,
  write: Write,
  warn: (line: string) => void,
): Promise<void> {
  if (options.watch || options.watchOnly) {
    if (targets.length !== 1 || (targets[0]!.names?.length ?? 0) > 1)
      throw new UsageError('error: you may only specify a single resource type, or one object, to watch');
    return watchTarget(connection, targets[0]!, options, write);
  }
  const fetcher = new Fetcher(targets, options);
  if (options.output.kind === 'table') await printTables(connection, fetcher, options, write, warn);
  else await printObjects(connection, fetcher, options, write);
  fetcher.throwFailures();
}

/**
 * What the targets name, whole collections and single objects. What is not there, or not for this user, does not keep the rest from being
 * shown: it is told afterwards, unless its absence is no error.
 */
class Fetcher {
  readonly targets: readonly Target[];
  readonly #options: GetOptions;
  readonly #failures: unknown[] = [];

  constructor(targets: readonly Target[], options: GetOptions) {
    this.targets = targets;
    this.#options = options;
  }

  async fetch<T>(
    all: (resource: ApiResource, namespace: string | undefined) => Promise<T>,
    one: (resource: ApiResource, namespace: string | undefined, name: string) => Promise<T>,
  ): Promise<{ resource: ApiResource; answer: T }[]> {
    const fetched: { resource: ApiResource; answer: T }[] = [];
    for (const { resource, names, namespace: own } of this.targets) {
      const namespace = resource.namespaced ? (own ?? this.#options.namespace) : undefined;
      for (const name of names ?? [undefined])
        try {
          const answer =
            name === undefined
              ? await all(resource, namespace).catch(this.#enhance(resource))
              : await one(resource, namespace, name);
          fetched.push({ resource, answer });
        } catch (error) {
          if (!isStatus(error, 'NotFound', 'Forbidden')) throw error;
          if (!(name !== undefined && this.#options.ignoreNotFound && isStatus(error, 'NotFound')))
            this.#failures.push(error);
        }
    }
    if (fetched.length === 0) this.throwFailures();
    return fetched;
  }

  /** What a bad request for a list is told (`resource/helper.go`, `EnhanceListError`). */
  #enhance(resource: ApiResource) {
    return (error: unknown): never => {
      const { labelSelector = '', fieldSelector = '' } = this.#options;
      if (isStatus(error, 'BadRequest'))
        error.message = `Unable to find "${resource.group}/${resource.version}, Resource=${resource.name}" that match label selector ${JSON.stringify(labelSelector)}, field selector ${JSON.stringify(fieldSelector)}: ${error.message}`;
      throw error;
    };
  }

  throwFailures(): void {
    if (this.#failures.length > 1) throw new AggregateError(this.#failures);
    if (this.#failures.length > 0) throw this.#failures[0];
  }
}

async function printTables(
  connection: Connection,
  fetcher: Fetcher,
  options: GetOptions,
  write: Write,
  warn: (line: string) => void,
): Promise<void> {
  const { targets } = fetcher;
  const tables: { resource: ApiResource; table: ServerTable }[] = [];
  const fetched = await fetcher.fetch(
    (resource, namespace) => fetchPages(connection, pathOf(resource, namespace), options),
    (resource, namespace, name) =>
      fetchTable(connection, pathOf(resource, namespace, name, options.subresource)),
  );
  for (const { resource, answer } of fetched) {
    const last = tables.at(-1);
    // Objects named one by one make one table.
    if (last?.resource === resource) last.table.rows.push(...answer.rows);
    else tables.push({ resource, table: answer });
  }
  const filled = tables.filter(({ table }) => table.rows.length > 0);
  if (filled.length === 0) {
    if (!options.ignoreNotFound)
      warn(
        options.namespace === undefined || !targets.some(({ resource }) => resource.namespaced)
          ? 'No resources found'
          : `No resources found in ${options.namespace} namespace.`,
      );
    return;
  }
  filled.forEach(({ resource, table }, i) => {
    if (options.sortBy) sortRows(table, options.sortBy);
    const printer = new TablePrinter({
      ...tableOptions(options, resource),
      ...(new Set(targets.map((each) => each.resource)).size > 1 || options.showKind
        ? { prefix: objectLabel(resource, '') }
        : {}),
    });
    if (i > 0) write('');
    printer.lines(table).forEach((line) => write(line));
  });
}

const tableOptions = (options: GetOptions, resource: ApiResource) => ({
  wide: options.output.kind === 'table' && options.output.wide,
  headers: options.headers ?? true,
  namespaces: options.namespace === undefined && resource.namespaced,
  showLabels: options.showLabels ?? false,
  labelColumns: options.labelColumns ?? [],
});

/** A whole collection, asked for in pieces. */
async function fetchPages(connection: Connection, path: string, options: GetOptions): Promise<ServerTable> {
  const limit = options.chunkSize ?? 500;
  const table = await fetchTable(connection, path + selectors(options, { limit }));
  while (table.metadata?.continue) {
    const more = { limit, continue: table.metadata.continue };
    const page = await fetchTable(connection, path + selectors(options, more));
    // One by one: a call takes only so many arguments.
    for (const row of page.rows) table.rows.push(row);
    table.metadata = page.metadata ?? {};
  }
  return table;
}

async function fetchTable(connection: Connection, path: string): Promise<ServerTable> {
  const separator = path.includes('?') ? '&' : '?';
  const { body } = await connection.request({
    path: `${path}${separator}includeObject=Object`,
    accept: tableType,
  });
  const answer = JSON.parse(body.toString()) as ServerTable | Stored;
  return 'columnDefinitions' in answer ? answer : plainTable(answer as Stored);
}

/** For what the server has no columns of, such as `scale`. */
function plainTable({ metadata }: Stored): ServerTable {
  const ageMs = systemClock.now() - Date.parse(metadata.creationTimestamp ?? '');
  return {
    kind: 'Table',
    columnDefinitions: ['Name', 'Age'].map((name) => ({ name, type: 'string', priority: 0 })),
    rows: [
      {
        cells: [metadata.name, Number.isNaN(ageMs) ? '<unknown>' : humanDuration(ageMs)],
        object: { metadata },
      },
    ],
  };
}

const selectors = (
  { labelSelector, fieldSelector }: GetOptions,
  more: Record<string, string | number | undefined> = {},
) => query({ labelSelector, fieldSelector, ...more });

function sortRows(table: ServerTable, path: string): void {
  const template = parseJsonPath(path);
  const keyed = table.rows.map((row) => ({ row, key: template.values(row.object)[0] }));
  keyed.sort((a, b) => compareValues(a.key, b.key));
  table.rows = keyed.map(({ row }) => row);
}

function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a ?? '') < String(b ?? '') ? -1 : String(a ?? '') > String(b ?? '') ? 1 : 0;
}

async function printObjects(
  connection: Connection,
  fetcher: Fetcher,
  options: GetOptions,
  write: Write,
): Promise<void> {
  const { targets } = fetcher;
  const fetched = await fetcher.fetch(
    async (resource, namespace) => (await listObjects(connection, resource, namespace, options)).items,
    async (resource, namespace, name) => [
      await getObject(connection, resource, namespace, name, options.subresource),
    ],
  );
  const found = fetched.flatMap(({ resource, answer }) => answer.map((object) => ({ resource, object })));
  if (!options.showManagedFields) for (const { object } of found) delete object.metadata.managedFields;
  if (options.sortBy) {
    const template = parseJsonPath(options.sortBy);
    found.sort((a, b) => compareValues(template.values(a.object)[0], template.values(b.object)[0]));
  }
  const printer = createObjectPrinter(
    options.output.kind === 'custom-columns'
      ? { ...options.output, headers: options.headers ?? true }
      : options.output,
  );
  const single = targets.length === 1 && targets[0]!.names?.length === 1;
  if (single && found.length === 0) return;
  if (printer.each) {
    for (const { resource, object } of found) write(printer.each(resource, object), '');
    return;
  }
  const whole: KubeObject | object = single
    ? found[0]!.object
    : {
        apiVersion: 'v1',
        kind: 'List',
        metadata: { resourceVersion: '' },
        items: found.map(({ object }) => object),
      };
  write(printer.whole!(whole), '');
}

async function watchTarget(
  connection: Connection,
  { resource, names }: Target,
  options: GetOptions,
  write: Write,
) {
  const namespace = resource.namespaced ? options.namespace : undefined;
  const fieldSelector = names
    ? [`metadata.name=${names[0]}`, options.fieldSelector].filter(Boolean).join(',')
    : options.fieldSelector;
  const chosen = { ...options, fieldSelector };
  const isTable = options.output.kind === 'table';
  const table = await fetchTable(connection, pathOf(resource, namespace) + selectors(chosen));
  const tables = new TablePrinter(tableOptions(options, resource));
  const printer = isTable ? undefined : createObjectPrinter(options.output);
  const show = (type: string, row: ServerTable, object: () => Stored) => {
    if (printer)
      write(`${options.outputWatchEvents ? `${type} ` : ''}${printObject(printer, resource, object())}`, '');
    else if (!options.outputWatchEvents) tables.lines(row).forEach((line) => write(line));
    else {
      const withEvent: ServerTable = {
        ...row,
        columnDefinitions: [{ name: 'Event', type: 'string', priority: 0 }, ...row.columnDefinitions],
        rows: row.rows.map((each) => ({ ...each, cells: [type, ...each.cells] })),
      };
      tables.lines(withEvent).forEach((line) => write(line));
    }
  };
  if (!options.watchOnly) {
    if (isTable && table.rows.length > 0) show('ADDED', table, () => table.rows[0]!.object as Stored);
    else if (!isTable) for (const row of table.rows) show('ADDED', table, () => row.object as Stored);
  }
  let definitions = table.columnDefinitions;
  const path =
    pathOf(resource, namespace) +
    selectors(chosen, { watch: 1, resourceVersion: table.metadata?.resourceVersion });
  const events = watchEvents<ServerTable>(connection, {
    path: `${path}&includeObject=Object`,
    accept: tableType,
  });
  for await (const { type, object } of events) {
    if (type === 'BOOKMARK') continue;
    // Only the first event's table brings the columns along.
    if (object.columnDefinitions?.length > 0) definitions = object.columnDefinitions;
    show(type, { ...object, columnDefinitions: definitions }, () => object.rows[0]!.object as Stored);
  }
}
