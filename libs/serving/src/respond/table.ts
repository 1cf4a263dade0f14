import type { Column, Kind, KubeObject, Stored } from '@gantry/api';
import type { Entry } from '@gantry/state';

/** `includeObject` of a Table request: what each row carries beside its cells. */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

export interface TableRow {
  cells: (string | number | boolean | null)[];
  object?: unknown;
}

export interface Table {
  kind: 'Table';
  apiVersion: string;
  metadata: Record<string, unknown>;
  columnDefinitions?: unknown[];
  rows: TableRow[];
}

const fallbackColumns: readonly Column<KubeObject>[] = [
  { name: 'Name', type: 'string', format: 'name', value: (object) => object.metadata.name },
];

const columnsOf = (kind: Pick<Kind, 'columns'>): readonly Column<KubeObject>[] =>
  kind.columns.length > 0 ? kind.columns : fallbackColumns;

/** `meta.k8s.io Table` of some objects: what `kubectl get` prints. */
export function tableOf(
  kind: Pick<Kind, 'columns'>,
  entries: readonly Pick<Entry, 'object'>[],
  options: {
    version: 'v1' | 'v1beta1';
    include: IncludeObject;
    nowMs: number;
    metadata: Record<string, unknown>;
    /** Watch events after the first leave the columns out. */
    withoutColumns?: boolean;
  },
): Table {
  const columns = columnsOf(kind);
  return {
    kind: 'Table',
    apiVersion: `meta.k8s.io/${options.version}`,
    metadata: options.metadata,
    ...(options.withoutColumns
      ? {}
      : {
          columnDefinitions: columns.map(({ name, type, format, description, priority }) => ({
            name,
            type,
            format: format ?? '',
            description: description ?? '',
            priority: priority ?? 0,
          })),
        }),
    rows: entries.map(({ object }) => ({
      cells: columns.map((column) => cellOf(column, object, options.nowMs)),
      ...(options.include === 'None'
        ? {}
        : { object: options.include === 'Object' ? object : partialOf(object) }),
    })),
  };
}

/** What somebody else wrote into the store may lack what every valid object has: that must not hide all the others. */
function cellOf(column: Column<KubeObject>, object: Stored, nowMs: number): TableRow['cells'][number] {
  try {
    return column.value(object, nowMs);
  } catch {
    return null;
  }
}

/** An object's metadata alone, as `PartialObjectMetadata`. */
export function partialOf(object: KubeObject, version: 'v1' | 'v1beta1' = 'v1') {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: `meta.k8s.io/${version}`,
    metadata: object.metadata,
  };
}
