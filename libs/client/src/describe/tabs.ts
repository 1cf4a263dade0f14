/** Blanks between columns. */
const gap = 2;

/**
 * Lines up columns as Go's `text/tabwriter` does for kubectl's descriptions: a tab ends a cell, a column is as wide as the widest of
 * the cells that stand below one another without a line between that has none there; what follows a line's last tab belongs to none.
 */
export function alignTabs(text: string): string {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const widths = lines.map((): number[] => []);
  align(lines, widths, 0, 0, lines.length);
  return lines.map((cells, i) => cells.map((cell, j) => cell.padEnd(widths[i]![j] ?? 0)).join('')).join('\n');
}

function align(
  lines: readonly (readonly string[])[],
  widths: readonly number[][],
  column: number,
  from: number,
  to: number,
): void {
  for (let start = from; start < to; start++) {
    let end = start;
    while (end < to && lines[end]!.length - 1 > column) end++;
    if (end === start) continue;
    const block = lines.slice(start, end);
    const width = Math.max(...block.map((cells) => [...cells[column]!].length)) + gap;
    for (let line = start; line < end; line++) widths[line]!.push(width);
    align(lines, widths, column + 1, start, end);
    start = end;
  }
}
