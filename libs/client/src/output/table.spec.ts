import { describe, expect, it } from 'vitest';
import { columns, TablePrinter, type ServerTable } from './table.ts';

const table = (rows: [string, unknown, unknown][]): ServerTable => ({
  kind: 'Table',
  columnDefinitions: [
    { name: 'Name', type: 'string', priority: 0 },
    { name: 'Ready', type: 'string', priority: 0 },
    { name: 'IP', type: 'string', priority: 1 },
  ],
  rows: rows.map(([name, ready, ip]) => ({
    cells: [name, ready, ip],
    object: { metadata: { name, namespace: 'a', labels: { app: name, 'x.io/tier': 'front' } } },
  })),
});

describe('TablePrinter', () => {
  it('lines columns up and leaves wide ones out', () => {
    expect(
      new TablePrinter().lines(
        table([
          ['web', '1/1', 'x'],
          ['database', null, 'y'],
        ]),
      ),
    ).toEqual(['NAME       READY', 'web        1/1', 'database   ']);
  });

  it('has namespaces, labels, prefixes and wide columns when told', () => {
    const printer = new TablePrinter({
      wide: true,
      namespaces: true,
      prefix: 'pod/',
      labelColumns: ['x.io/tier'],
      showLabels: true,
    });
    expect(printer.lines(table([['web', '1/1', '10.0.0.1']]))).toEqual([
      'NAMESPACE   NAME      READY   IP         TIER    LABELS',
      'a           pod/web   1/1     10.0.0.1   front   app=web,x.io/tier=front',
    ]);
  });

  it('prints the header once and keeps its widths', () => {
    const printer = new TablePrinter();
    printer.lines(table([['database', '1/1', '']]));
    expect(printer.lines(table([['web', '0/1', '']]))).toEqual(['web        0/1']);
  });

  it('does not let a name steer the terminal', () => {
    const [, line] = new TablePrinter().lines(table([['a\u001b[2J\u0007', 'b\nc', '']]));
    expect(line).toBe('a?[2J?   b...');
  });
});

describe('columns', () => {
  it('takes rows of different lengths', () => {
    expect(columns([['a', 'b'], ['long']], 2)).toEqual(['a     b', 'long']);
  });
});
