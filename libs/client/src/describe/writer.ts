import { alignTabs } from './tabs.ts';

/** Lays out a description as kubectl does: rows of cells, indented by level, whose columns line up over neighbouring rows. */
export class DescriptionWriter {
  #done = '';
  #text = '';

  /** A row. Cells may have several lines; a cell that is absent or empty leaves its column blank. */
  row(level: number, ...cells: readonly unknown[]): void {
    this.#text += `${'  '.repeat(level)}${cells.map(clean).join('\t')}\n`;
  }

  /** `Label:` and one value after the other, each on a row of its own; `<none>` where there is no value. */
  list(level: number, label: string, values: readonly string[]): void {
    if (values.length === 0) return this.row(level, `${label}:`, '<none>');
    values.forEach((value, i) => this.row(i === 0 ? level : 0, i === 0 ? `${label}:` : '', value));
  }

  /** A map as `key=value` rows, in the order of the keys. */
  map(level: number, label: string, map: Readonly<Record<string, string>> | undefined): void {
    const keys = Object.keys(map ?? {}).sort();
    this.list(
      level,
      label,
      keys.map((key) => `${key}=${map![key]}`),
    );
  }

  /** A header, underlined, and its rows. */
  table(level: number, header: readonly string[], rows: readonly (readonly unknown[])[]): void {
    this.row(level, ...header);
    this.row(level, ...header.map((each) => '-'.repeat(each.length)));
    for (const row of rows) this.row(level, ...row);
  }

  /** What follows lines up by itself. */
  flush(): void {
    this.#done += alignTabs(this.#text);
    this.#text = '';
  }

  toString(): string {
    this.flush();
    return this.#done;
  }
}

/** What comes from the cluster must neither steer the terminal nor make columns of its own. */
const clean = (cell: unknown) =>
  cell === undefined || cell === null
    ? ''
    : String(cell as string | number | boolean)
        .replaceAll('\t', ' ')
        .replace(/(?!\n)\p{Cc}/gu, '?');
