import { StatusError } from '@gantry/base';
import type { Kind } from './kind.ts';
import type { KubeObject } from './object.ts';

/** One term of a field selector; all terms must hold. Source: k8s.io/apimachinery `pkg/fields/selector.go`. */
export interface FieldRequirement<T extends KubeObject = KubeObject> {
  readonly field: string;
  readonly operator: '=' | '!=';
  readonly value: string;
  /** The field's value in an object; '' where it has none. */
  read(object: T): string;
}

/**
 * Reads `metadata.name=x,status.phase!=Running` for a kind. `\,`, `\=` and `\\` stand for those characters in values.
 * @throws StatusError BadRequest for a text that is no selector or a field that this kind cannot be selected by.
 */
export function parseFieldSelector<T extends KubeObject>(kind: Kind<T>, text: string): FieldRequirement<T>[] {
  if (text === '') return [];
  const requirements: FieldRequirement<T>[] = [];
  for (const term of splitTerms(text)) {
    if (term === '') continue;
    const match = /^([^=!\\]*)(==|!=|=)([\s\S]*)$/.exec(term);
    if (!match) throw StatusError.badRequest(`invalid selector: '${text}'; can't understand '${term}'`);
    const field = match[1]!;
    const read = readerOf(kind, field);
    if (!read) throw StatusError.badRequest(whyNot(kind, field));
    requirements.push({
      field,
      operator: match[2] === '!=' ? '!=' : '=',
      value: unescape(match[3]!, text),
      read,
    });
  }
  return requirements;
}

/** Kinds with fields of their own say it otherwise than those that have none (`DefaultMetaV1FieldSelectorConversion`). */
function whyNot({ selectableFields }: Pick<Kind, 'selectableFields'>, field: string): string {
  return Object.keys(selectableFields).length > 0
    ? `field label not supported: ${field}`
    : `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`;
}

function readerOf<T extends KubeObject>(kind: Kind<T>, field: string): ((object: T) => string) | undefined {
  if (field === 'metadata.name') return (object) => object.metadata.name ?? '';
  if (field === 'metadata.namespace' && kind.namespaced) return (object) => object.metadata.namespace ?? '';
  return Object.hasOwn(kind.selectableFields, field) ? kind.selectableFields[field] : undefined;
}

function splitTerms(text: string): string[] {
  const terms: string[] = [];
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === ',') {
      terms.push(text.slice(start, index));
      start = index + 1;
    }
  }
  terms.push(text.slice(start));
  return terms;
}

function unescape(value: string, text: string): string {
  if (/(?<!\\)(?:\\\\)*(?:=|\\(?![\\,=]))/.test(value))
    throw StatusError.badRequest(
      `invalid field selector: ${JSON.stringify(text)}; bad value ${JSON.stringify(value)}`,
    );
  return value.replace(/\\([\\,=])/g, '$1');
}

/** Whether all terms hold for the object. */
export function matchesFields<T extends KubeObject>(
  requirements: readonly FieldRequirement<T>[],
  object: T,
): boolean {
  for (const requirement of requirements)
    if ((requirement.read(object) === requirement.value) !== (requirement.operator === '=')) return false;
  return true;
}
