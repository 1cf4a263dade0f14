import { columns, printable } from '../output/table.ts';

/** Lays out a description: labels on the left, values in a column, blocks indented below their title. */
export class DescriptionWriter {
  readonly #rows: { indent: number; cells: string[] }[] = [];

  /** `Label:  value`; several values go below one another. Nothing shows as `<none>`. */
  field(label: string, value: unknown, indent = 0): void {
    const values = Array.isArray(value)
      ? value.map(String)
      : value === undefined || value === null || value === ''
        ? []
        : [String(value)];
    const [first = '<none>', ...rest] = values.map(printable);
    this.#rows.push({ indent, cells: [`${label}:`, first] });
    for (const each of rest) this.#rows.push({ indent, cells: ['', each] });
  }

  /** A title on a line of its own. */
  title(text: string, indent = 0): void {
    this.#rows.push({ indent, cells: [`${text}:`] });
  }

  /** A line of text. */
  line(text: string, indent = 0): void {
    this.#rows.push({ indent, cells: [printable(text)] });
  }

  /** A small table with its header underlined, as kubectl shows events and conditions. */
  table(header: readonly string[], rows: readonly (readonly string[])[], indent = 2): void {
    const shown = rows.map((row) => row.map(printable));
    for (const text of columns([header, header.map((each) => '-'.repeat(each.length)), ...shown], 2))
      this.#rows.push({ indent, cells: [text] });
  }

  /** A map as `key=value` lines. */
  map(label: string, map: Readonly<Record<string, string>> | undefined, separator = '=', indent = 0): void {
    const entries = Object.entries(map ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
    this.field(
      label,
      entries.map(([key, value]) => `${key}${separator}${value}`),
      indent,
    );
  }

  toString(): string {
    // Values line up within each depth of indentation.
    const widths = new Map<number, number>();
    for (const { indent, cells } of this.#rows)
      if (cells.length > 1) widths.set(indent, Math.max(widths.get(indent) ?? 0, cells[0]!.length));
    return this.#rows
      .map(
        ({ indent, cells: [label = '', value] }) =>
          ' '.repeat(indent) +
          (value === undefined ? label : label.padEnd((widths.get(indent) ?? 0) + 2) + value),
      )
      .map((line) => line.trimEnd())
      .join('\n');
  }
}
