/** What the server prints for `get`: `meta.k8s.io/v1` Table. */
export interface ServerTable {
  kind: 'Table';
  metadata?: { resourceVersion?: string; continue?: string };
  columnDefinitions: { name: string; type: string; format?: string; priority: number }[];
  rows: {
    cells: unknown[];
    object: { metadata: { name: string; namespace?: string; labels?: Record<string, string> } };
  }[];
}

export interface TableOptions {
  wide?: boolean;
  headers?: boolean;
  /** A first column with each object's namespace. */
  namespaces?: boolean;
  /** `kind/` before each name: when several kinds are printed. */
  prefix?: string;
  showLabels?: boolean;
  /** `-L`: a column for each of these labels. */
  labelColumns?: readonly string[];
}

/** Columns padded with three blanks between, as kubectl prints them. Rows of equal length. */
export class TablePrinter {
  readonly #options: TableOptions;
  #widths: number[] | undefined;

  constructor(options: TableOptions = {}) {
    this.#options = options;
  }

  /** The lines for these rows; the header comes once, and later calls (of a watch) keep its widths. */
  lines(table: ServerTable): string[] {
    const { wide, headers = true, namespaces, prefix = '', showLabels, labelColumns = [] } = this.#options;
    const shown = table.columnDefinitions.flatMap((column, i) => (wide || column.priority === 0 ? [i] : []));
    const header = [
      ...(namespaces ? ['NAMESPACE'] : []),
      ...shown.map((i) => table.columnDefinitions[i]!.name.toUpperCase()),
      ...labelColumns.map((label) => label.slice(label.lastIndexOf('/') + 1).toUpperCase()),
      ...(showLabels ? ['LABELS'] : []),
    ];
    const rows = table.rows.map(({ cells, object: { metadata } }) => [
      ...(namespaces ? [metadata.namespace ?? ''] : []),
      ...shown.map((i) => {
        const cell = printCell(cells[i]);
        return prefix && table.columnDefinitions[i]!.name === 'Name' ? prefix + cell : cell;
      }),
      ...labelColumns.map((label) => metadata.labels?.[label] ?? ''),
      ...(showLabels ? [formatLabels(metadata.labels)] : []),
    ]);
    const first = this.#widths === undefined;
    const printed = first && headers ? [header, ...rows] : rows;
    const widths = header.map((_, i) =>
      Math.max(this.#widths?.[i] ?? 0, ...printed.map((row) => row[i]!.length)),
    );
    this.#widths = widths;
    return printed.map((row) => padded(row, widths));
  }
}

/** Lines of cells as columns. */
export function columns(rows: readonly (readonly string[])[], gap = 3): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  return rows.map((row) => padded(row, widths, gap));
}

const padded = (row: readonly string[], widths: readonly number[], gap = 3) =>
  row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i]! + gap))).join('');

/** The first line of a cell, with a sign where there are more (`cli-runtime/pkg/printers/tableprinter.go`). */
function printCell(cell: unknown): string {
  const text = cell === null || cell === undefined ? '' : String(cell as string | number | boolean);
  const end = text.search(/[\n\f\r]/);
  return printable(end < 0 ? text : `${text.slice(0, end)}...`);
}

/** What comes from the cluster must not steer the terminal. */
export const printable = (text: string) => text.replace(/\n/g, ' ').replace(/\p{Cc}/gu, '?');

export const formatLabels = (labels: Record<string, string> | undefined) =>
  Object.entries(labels ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`)
    .join(',') || '<none>';
