import { readFileSync } from 'node:fs';
import { messageOf } from '@gantry/base';
import { stringify } from 'yaml';
import { yamlStyle, type Stored } from '@gantry/api';
import { UsageError } from '../arguments.ts';
import { objectLabel, type ApiResource } from '../discovery.ts';
import { parseGoTemplate, printGo } from './go-template.ts';
import { parseJsonPath } from './json-path.ts';
import { columns, printable } from './table.ts';

/** `-o`. */
export type OutputFormat =
  | { kind: 'table'; wide: boolean }
  | { kind: 'json' | 'yaml' | 'name' }
  | { kind: 'jsonpath' | 'jsonpath-as-json' | 'go-template'; template: string }
  | { kind: 'custom-columns'; columns: readonly { name: string; path: string }[]; headers?: boolean };

/** Reads `-o`'s value; absent is the plain table. `template`: what `--template` says, for formats that come without one. */
export function parseOutput(text: string | undefined, template?: string): OutputFormat {
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
  const given = value || template;
  switch (format) {
    case 'jsonpath':
    case 'jsonpath-as-json':
    case 'go-template':
    case 'template':
      if (!given) throw new UsageError('error: template format specified but no template given');
      return { kind: format === 'template' ? 'go-template' : format, template: given };
    case 'jsonpath-file':
    case 'go-template-file':
    case 'templatefile':
      if (!given) throw new UsageError('error: template format specified but no template given');
      return { kind: format === 'jsonpath-file' ? 'jsonpath' : 'go-template', template: contentOf(given) };
    case 'custom-columns-file': {
      const [names = '', paths = ''] = contentOf(given ?? '')
        .trim()
        .split('\n');
      const path = paths.trim().split(/\s+/);
      return {
        kind: 'custom-columns',
        columns: names
          .trim()
          .split(/\s+/)
          .map((name, i) => ({ name, path: path[i] ?? '' })),
      };
    }
    case 'custom-columns':
      if (!value) throw new UsageError('error: custom-columns format specified but no custom columns given');
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
    `error: unable to match a printer suitable for the output format "${text}", allowed formats are: custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,wide,yaml`,
  );
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`error: error reading --template ${file}, ${messageOf(error)}`);
  }
}

/** Prints objects one by one, or all as one value; exactly one of the two is there. */
export interface ObjectPrinter {
  each?: (resource: ApiResource, object: Stored) => string;
  whole?: (value: object) => string;
  /** What comes after each: a line's end where absent. Templates say themselves where lines end. */
  end?: '';
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
      return { whole: (value) => template.render(value), end: '' };
    }
    case 'jsonpath-as-json': {
      const template = parseJsonPath(format.template);
      return { whole: (value) => JSON.stringify(sorted(template.values(value)), undefined, 4) };
    }
    case 'go-template':
      return { whole: parseGoTemplate(format.template), end: '' };
    case 'custom-columns': {
      const templates = format.columns.map(({ name, path }) => ({ name, template: parseJsonPath(path) }));
      return {
        whole(value) {
          const items = (value as { items?: object[] }).items ?? [value];
          const rows = [
            ...(format.headers === false ? [] : [templates.map(({ name }) => name)]),
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

/** Control characters must not reach the terminal; lists and maps are written as Go's `%v` does. */
const printValue = (value: unknown) =>
  value === null || value === undefined ? '<none>' : printable(printGo(value));

/** Members in the order of their names, as kubectl prints them. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([key, each]) => [key, sorted(each)]));
}
