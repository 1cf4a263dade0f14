import { stringify } from 'yaml';
import type { Stored } from '@gantry/api';
import { UsageError } from '../arguments.ts';
import { objectLabel, type ApiResource } from '../discovery.ts';
import { parseGoTemplate } from './go-template.ts';
import { parseJsonPath } from './json-path.ts';
import { columns } from './table.ts';

/** `-o`. */
export type OutputFormat =
  | { kind: 'table'; wide: boolean }
  | { kind: 'json' | 'yaml' | 'name' }
  | { kind: 'jsonpath' | 'go-template'; template: string }
  | { kind: 'custom-columns'; columns: readonly { name: string; path: string }[] };

/** Reads `-o`'s value; absent is the plain table. */
export function parseOutput(text: string | undefined): OutputFormat {
  switch (text) {
    case undefined:
    case '':
      return { kind: 'table', wide: false };
    case 'wide':
      return { kind: 'table', wide: true };
    case 'json':
    case 'yaml':
    case 'name':
      return { kind: text };
  }
  const [format, ...rest] = text.split('=');
  const value = rest.join('=');
  if ((format === 'jsonpath' || format === 'go-template') && value) return { kind: format, template: value };
  if (format === 'template' && value) return { kind: 'go-template', template: value };
  if (format === 'jsonpath' || format === 'go-template' || format === 'custom-columns') {
    if (!value) throw new UsageError(`error: template format specified but no template given`);
  }
  if (format === 'custom-columns' && value) {
    const columns = value.split(',').map((each) => {
      const colon = each.indexOf(':');
      if (colon <= 0)
        throw new UsageError(
          `error: unexpected custom-columns spec: ${each}, expected <header>:<json-path-expr>`,
        );
      return { name: each.slice(0, colon), path: each.slice(colon + 1) };
    });
    return { kind: 'custom-columns', columns };
  }
  throw new UsageError(
    `error: unable to match a printer suitable for the output format "${text}", allowed formats are: custom-columns,go-template,json,jsonpath,name,wide,yaml`,
  );
}

/** As kubectl writes it; text that readers of YAML 1.1 would take for something else is quoted. */
const yamlStyle = {
  lineWidth: 0,
  aliasDuplicateObjects: false,
  indentSeq: false,
  compat: 'yaml-1.1',
} as const;

/** Prints objects one by one, or all as one value; exactly one of the two is there. */
export interface ObjectPrinter {
  each?: (resource: ApiResource, object: Stored) => string;
  whole?: (value: object) => string;
}

export function createObjectPrinter(format: OutputFormat): ObjectPrinter {
  switch (format.kind) {
    case 'json':
      return { whole: (value) => JSON.stringify(sorted(value), undefined, 4) };
    case 'yaml':
      return {
        whole: (value) => stringify(sorted(value), yamlStyle).trimEnd(),
      };
    case 'name':
      return { each: (resource, object) => objectLabel(resource, object.metadata.name) };
    case 'jsonpath': {
      const template = parseJsonPath(format.template);
      return { whole: (value) => template.render(value) };
    }
    case 'go-template':
      return { whole: parseGoTemplate(format.template) };
    case 'custom-columns': {
      const templates = format.columns.map(({ name, path }) => ({ name, template: parseJsonPath(path) }));
      return {
        whole(value) {
          const items = (value as { items?: object[] }).items ?? [value];
          const rows = [
            templates.map(({ name }) => name),
            ...items.map((item) =>
              templates.map(({ template }) => template.values(item).map(printValue).join(',') || '<none>'),
            ),
          ];
          return columns(rows).join('\n');
        },
      };
    }
    case 'table':
      throw new Error('tables are printed by TablePrinter');
  }
}

const printValue = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** Members in the order of their names, as kubectl prints them. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([key, each]) => [key, sorted(each)]));
}
