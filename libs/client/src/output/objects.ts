import { readFileSync } from 'node:fs';
import { messageOf } from '@gantry/base';
import type { Stored } from '@gantry/api';
import { UsageError } from '../arguments.ts';
import { objectLabel, type ApiResource } from '../discovery.ts';
import { parseGoTemplate, printGo } from './go-template.ts';
import { goJson } from './json.ts';
import { parseJsonPath, type JsonPath } from './json-path.ts';
import { columns, printable } from './table.ts';
import { formatYaml } from './yaml.ts';

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

function readJsonPath(template: string): JsonPath {
  try {
    return parseJsonPath(template);
  } catch (error) {
    throw new UsageError(`error: error parsing jsonpath ${template}, ${messageOf(error)}`);
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`error: error reading --template ${file}, ${messageOf(error)}`);
  }
}

/**
 * Prints objects one by one, or all as one value; exactly one of the two is there. The text brings the end of its last line along: only
 * templates may leave it out.
 */
export interface ObjectPrinter {
  each?: (resource: ApiResource, object: Stored) => string;
  whole?: (value: object) => string;
}

/** One object, however the printer takes it. */
export const printObject = (printer: ObjectPrinter, resource: ApiResource, object: Stored) =>
  printer.each ? printer.each(resource, object) : printer.whole!(object);

export function createObjectPrinter(format: OutputFormat): ObjectPrinter {
  switch (format.kind) {
    case 'json':
      return { whole: (value) => `${goJson(value, 4)}\n` };
    case 'yaml':
      return { whole: formatYaml };
    case 'name':
      return { each: (resource, object) => `${objectLabel(resource, object.metadata.name)}\n` };
    case 'jsonpath': {
      const template = readJsonPath(format.template);
      return {
        whole(value) {
          try {
            return template.render(value);
          } catch (error) {
            throw new UsageError(
              `error: error executing jsonpath ${JSON.stringify(format.template)}: Error executing template: ${messageOf(error)}`,
            );
          }
        },
      };
    }
    case 'jsonpath-as-json': {
      const template = readJsonPath(format.template);
      return { whole: (value) => `${goJson(template.values(value), 4)}\n` };
    }
    case 'go-template':
      return { whole: parseGoTemplate(format.template) };
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
          return columns(rows)
            .map((line) => `${line}\n`)
            .join('');
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
