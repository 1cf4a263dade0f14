import type { KubeObject, Stored } from '@gantry/api';
import { readTargets, UsageError, type Target } from '../arguments.ts';
import type { Connection } from '../connection.ts';
import { objectLabel, pathOf, type ApiResource, type Discovery } from '../discovery.ts';
import { getObject, listObjects, query, watchEvents } from '../lines.ts';
import { createObjectPrinter, type OutputFormat } from '../output/objects.ts';
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
  labelColumns?: readonly string[];
  ignoreNotFound?: boolean;
  showManagedFields?: boolean;
  sortBy?: string | undefined;
  /** How many objects to ask for at once; 0: all. Default 500. */
  chunkSize?: number;
  /** `status` or `scale`, in place of the object. */
  subresource?: string | undefined;
  signal?: AbortSignal;
}

const tableType = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

/** `get`: writes what was asked for; `warn` takes what is said beside it ("No resources found"). */
export async function getVerb(
  connection: Connection,
  discovery: Discovery,
  args: readonly string[],
  options: GetOptions,
  write: (line: string) => void,
  warn: (line: string) => void,
): Promise<void> {
  if (args.length === 0)
    throw new UsageError(
      'You must specify the type of resource to get. Use "gantry api-resources" for a complete list of supported resources.\n\nerror: Required resource not specified.',
    );
  const targets = await readTargets(discovery, args);
  if (options.watch || options.watchOnly) {
    if (targets.length !== 1 || (targets[0]!.names?.length ?? 0) > 1)
      throw new UsageError('error: you may only specify a single resource type, or one object, to watch');
    return watchTarget(connection, targets[0]!, options, write);
  }
  if (options.output.kind === 'table') return printTables(connection, targets, options, write, warn);
  await printObjects(connection, targets, options, write, warn);
}

/** What the targets name, whole collections and single objects; what is not there is left out where that is no error. */
async function fetchTargets<T>(
  targets: readonly Target[],
  options: GetOptions,
  all: (resource: ApiResource, namespace: string | undefined) => Promise<T>,
  one: (resource: ApiResource, namespace: string | undefined, name: string) => Promise<T>,
): Promise<{ resource: ApiResource; answer: T }[]> {
  const fetched: { resource: ApiResource; answer: T }[] = [];
  for (const { resource, names } of targets) {
    const namespace = resource.namespaced ? options.namespace : undefined;
    if (!names) fetched.push({ resource, answer: await all(resource, namespace) });
    for (const name of names ?? []) {
      const answer = await one(resource, namespace, name).catch(notFoundAs(options.ignoreNotFound));
      if (answer !== undefined) fetched.push({ resource, answer });
    }
  }
  return fetched;
}

async function printTables(
  connection: Connection,
  targets: readonly Target[],
  options: GetOptions,
  write: (line: string) => void,
  warn: (line: string) => void,
): Promise<void> {
  const tables: { resource: ApiResource; table: ServerTable }[] = [];
  const fetched = await fetchTargets(
    targets,
    options,
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
      ...(targets.length > 1 ? { prefix: objectLabel(resource, '') } : {}),
    });
    if (i > 0) write('');
    printer.lines(table).forEach(write);
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
  return JSON.parse(body.toString()) as ServerTable;
}

const selectors = (
  { labelSelector, fieldSelector }: GetOptions,
  more: Record<string, string | number | undefined> = {},
) => query({ labelSelector, fieldSelector, ...more });

const notFoundAs = (ignore: boolean | undefined) => (error: unknown) => {
  if (ignore && (error as { reason?: string }).reason === 'NotFound') return undefined;
  throw error;
};

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
  targets: readonly Target[],
  options: GetOptions,
  write: (line: string) => void,
  warn: (line: string) => void,
): Promise<void> {
  const fetched = await fetchTargets(
    targets,
    options,
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
  const printer = createObjectPrinter(options.output);
  const single = targets.length === 1 && targets[0]!.names?.length === 1;
  if (single && found.length === 0) return;
  if (printer.each) {
    if (found.length === 0 && options.output.kind === 'name')
      warn(
        `No resources found${options.namespace === undefined ? '' : ` in ${options.namespace} namespace.`}`,
      );
    for (const { resource, object } of found) write(printer.each(resource, object));
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
  const text = printer.whole!(whole);
  if (text) write(text);
}

async function watchTarget(
  connection: Connection,
  { resource, names }: Target,
  options: GetOptions,
  write: (line: string) => void,
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
      write(
        `${options.outputWatchEvents ? `${type} ` : ''}${printer.each ? printer.each(resource, object()) : printer.whole!(object())}`,
      );
    else if (!options.outputWatchEvents) tables.lines(row).forEach(write);
    else {
      const withEvent: ServerTable = {
        ...row,
        columnDefinitions: [{ name: 'Event', type: 'string', priority: 0 }, ...row.columnDefinitions],
        rows: row.rows.map((each) => ({ ...each, cells: [type, ...each.cells] })),
      };
      tables.lines(withEvent).forEach(write);
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
    ...(options.signal ? { signal: options.signal } : {}),
  });
  for await (const { type, object } of events) {
    if (type === 'BOOKMARK') continue;
    // Only the first event's table brings the columns along.
    if (object.columnDefinitions?.length > 0) definitions = object.columnDefinitions;
    show(type, { ...object, columnDefinitions: definitions }, () => object.rows[0]!.object as Stored);
  }
}
