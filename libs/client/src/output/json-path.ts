/**
 * The JSONPath templates of `kubectl -o jsonpath=…` (kubernetes.io, "JSONPath Support"): text with expressions in braces,
 * `{range …}{end}`, quoted text, `[*]`, slices, unions, `..name`, filters `[?(@.a.b=="c")]`, `\.` in names.
 */

import { goJson } from './json.ts';

/** What is wrong with a template, and where. */
export class JsonPathError extends Error {
  override readonly name = 'JsonPathError';
}

type Part =
  | { kind: 'text'; text: string }
  | { kind: 'path'; steps: readonly Step[] }
  | { kind: 'range'; steps: readonly Step[]; body: readonly Part[] };

type Step =
  | { kind: 'field'; name: string }
  | { kind: 'wildcard' }
  | { kind: 'descend' }
  | { kind: 'root' }
  | { kind: 'slice'; start?: number; end?: number; step: number }
  | { kind: 'index'; index: number }
  | { kind: 'union'; names: readonly string[] }
  | { kind: 'filter'; left: readonly Step[]; operator: string; right: Operand };

/** What may be missing: nothing, fields, or also members of lists. */
type Missing = boolean | 'all';

type Operand = { kind: 'value'; value: unknown } | { kind: 'path'; steps: readonly Step[] } | undefined;

/** A template read once, to be applied to many objects. */
export interface JsonPath {
  /**
   * The text it gives for the data. Throws JsonPathError for an index that a list does not have, and for a missing field unless
   * `allowMissing` (the default, as kubectl's).
   */
  render(data: unknown, options?: { allowMissing?: boolean }): string;
  /** The values of its first expression, for `wait --for=jsonpath=…` and sorting. */
  values(data: unknown): unknown[];
}

/** Reads a template; a bare `.a.b` or `a.b` is taken for `{.a.b}`, as kubectl does. */
export function parseJsonPath(template: string): JsonPath {
  const relaxed = template.includes('{')
    ? template
    : `{${template.startsWith('.') || template.startsWith('$') ? '' : '.'}${template}}`;
  const reader = new TemplateReader(relaxed);
  const parts = reader.parts(false);
  return {
    render: (data, { allowMissing = true } = {}) => renderParts(parts, data, data, allowMissing),
    values(data) {
      const first = parts.find((part) => part.kind !== 'text');
      return first ? evaluate(first.steps, [data], data, 'all') : [];
    },
  };
}

class TemplateReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parts(inRange: boolean): Part[] {
    const parts: Part[] = [];
    while (this.#at < this.#text.length) {
      const open = this.#text.indexOf('{', this.#at);
      const text = this.#text.slice(this.#at, open < 0 ? undefined : open);
      if (text) parts.push({ kind: 'text', text });
      if (open < 0) {
        this.#at = this.#text.length;
        break;
      }
      this.#at = open + 1;
      const expression = this.#expression().trim();
      if (expression === 'end') {
        if (!inRange) throw new JsonPathError('{end} without {range}');
        return parts;
      }
      if (/^range\s/.test(expression)) {
        const steps = new PathReader(expression.slice(6).trim()).path();
        parts.push({ kind: 'range', steps, body: this.parts(true) });
        continue;
      }
      const quoted = /^"(.*)"$|^'(.*)'$/s.exec(expression);
      if (quoted) parts.push({ kind: 'text', text: unquote(quoted[1] ?? quoted[2] ?? '') });
      else if (/^(-?\d+(\.\d+)?|true|false)$/.test(expression))
        parts.push({ kind: 'text', text: expression });
      else parts.push({ kind: 'path', steps: new PathReader(expression).path() });
    }
    return parts;
  }

  /** Up to the brace that closes, leaving quotes alone. */
  #expression(): string {
    const start = this.#at;
    let quote = '';
    for (; this.#at < this.#text.length; this.#at++) {
      const letter = this.#text[this.#at]!;
      if (quote) {
        if (letter === '\\') this.#at++;
        else if (letter === quote) quote = '';
      } else if (letter === '"' || letter === "'") quote = letter;
      else if (letter === '}') return this.#text.slice(start, this.#at++);
    }
    throw new JsonPathError('unclosed action');
  }
}

const unquote = (text: string) =>
  text.replace(/\\(.)/g, (_, letter: string) => ({ n: '\n', t: '\t', r: '\r' })[letter] ?? letter);

class PathReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  path(): Step[] {
    const steps = this.steps();
    if (this.#at < this.#text.length)
      throw new JsonPathError(`unexpected "${this.#text.slice(this.#at)}" in jsonpath "${this.#text}"`);
    return steps;
  }

  steps(): Step[] {
    const steps: Step[] = [];
    while (this.#at < this.#text.length) {
      const letter = this.#text[this.#at]!;
      if (letter === '$') {
        this.#at++;
        steps.push({ kind: 'root' });
      } else if (letter === '@' || letter === ' ') this.#at++;
      else if (this.#text.startsWith('..', this.#at)) {
        this.#at += 2;
        steps.push({ kind: 'descend' });
        this.#name(steps);
      } else if (letter === '.') {
        this.#at++;
        this.#name(steps);
      } else if (letter === '[') {
        this.#at++;
        steps.push(this.#bracket());
      } else if (steps.length === 0 && /[A-Za-z_]/.test(letter)) this.#name(steps);
      else break;
    }
    return steps;
  }

  #name(steps: Step[]): void {
    if (this.#text[this.#at] === '*') {
      this.#at++;
      steps.push({ kind: 'wildcard' });
      return;
    }
    let name = '';
    while (this.#at < this.#text.length && !/[.[\]\s=<>!&|()$@,]/.test(this.#text[this.#at]!)) {
      if (this.#text[this.#at] === '\\') this.#at++;
      name += this.#text[this.#at++] ?? '';
    }
    if (name) steps.push({ kind: 'field', name });
  }

  #bracket(): Step {
    const end = this.#closing();
    const inside = this.#text.slice(this.#at, end).trim();
    this.#at = end + 1;
    if (inside === '*') return { kind: 'wildcard' };
    const filter = /^\?\s*\((.*)\)$/s.exec(inside);
    if (filter) return parseFilter(filter[1]!);
    const slice = /^(-?\d*):(-?\d*)(?::(-?\d+))?$/.exec(inside);
    if (slice) {
      const [, start, stop, step] = slice;
      return {
        kind: 'slice',
        ...(start ? { start: Number(start) } : {}),
        ...(stop ? { end: Number(stop) } : {}),
        step: step ? Number(step) : 1,
      };
    }
    if (/^-?\d+$/.test(inside)) return { kind: 'index', index: Number(inside) };
    const names = inside.split(',').map((each) => each.trim());
    if (names.every((each) => /^(-?\d+)$/.test(each))) return { kind: 'union', names };
    const unquoted = names.map((each) => /^(['"])(.*)\1$/s.exec(each)?.[2]?.replace(/\\(.)/g, '$1'));
    if (unquoted.every((each) => each !== undefined)) return { kind: 'union', names: unquoted as string[] };
    throw new JsonPathError(`invalid array index ${inside}`);
  }

  /** The bracket that closes the one just opened. */
  #closing(): number {
    let depth = 1;
    let quote = '';
    for (let i = this.#at; i < this.#text.length; i++) {
      const letter = this.#text[i]!;
      if (quote) {
        if (letter === quote) quote = '';
      } else if (letter === '"' || letter === "'") quote = letter;
      else if (letter === '[') depth++;
      else if (letter === ']' && --depth === 0) return i;
    }
    throw new JsonPathError(`unterminated array in jsonpath "${this.#text}"`);
  }
}

function parseFilter(text: string): Step {
  const match = /^(.*?)\s*(==|!=|<=|>=|<|>)\s*(.*)$/s.exec(text);
  if (!match)
    return { kind: 'filter', left: new PathReader(text.trim()).path(), operator: 'exists', right: undefined };
  const [, left, operator, right] = match as unknown as [string, string, string, string];
  return {
    kind: 'filter',
    left: new PathReader(left.trim()).path(),
    operator,
    right: parseOperand(right.trim()),
  };
}

function parseOperand(text: string): Operand {
  const quoted = /^(['"])(.*)\1$/s.exec(text);
  if (quoted) return { kind: 'value', value: unquote(quoted[2]!) };
  if (text === 'true' || text === 'false') return { kind: 'value', value: text === 'true' };
  if (/^-?\d+(\.\d+)?$/.test(text)) return { kind: 'value', value: Number(text) };
  return { kind: 'path', steps: new PathReader(text).path() };
}

function renderParts(parts: readonly Part[], data: unknown, root: unknown, allowMissing: Missing): string {
  return parts
    .map((part) => {
      if (part.kind === 'text') return part.text;
      const values = evaluate(part.steps, [data], root, allowMissing);
      if (part.kind === 'path') return values.map(print).join(' ');
      return values.map((each) => renderParts(part.body, each, root, allowMissing)).join('');
    })
    .join('');
}

/** Strings as they are, everything else as JSON. */
function print(value: unknown): string {
  return typeof value === 'string' ? value : value === null || value === undefined ? '' : goJson(value);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const children = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];

function evaluate(
  steps: readonly Step[],
  from: readonly unknown[],
  root: unknown,
  allowMissing: Missing,
): unknown[] {
  let current = [...from];
  for (const step of steps) {
    if (step.kind === 'root') current = [root];
    else current = current.flatMap((value) => advance(step, value, root, allowMissing));
  }
  return current;
}

function advance(
  step: Exclude<Step, { kind: 'root' }>,
  value: unknown,
  root: unknown,
  allowMissing: Missing,
): unknown[] {
  switch (step.kind) {
    case 'field':
      if (isObject(value) && Object.hasOwn(value, step.name)) return [value[step.name]];
      if (!allowMissing) throw new JsonPathError(`${step.name} is not found`);
      return [];
    case 'wildcard':
      return children(value);
    case 'descend': {
      const found: unknown[] = [];
      const visit = (each: unknown) => {
        found.push(each);
        children(each).forEach(visit);
      };
      visit(value);
      return found;
    }
    case 'index':
      if (!Array.isArray(value)) return [];
      if (value.at(step.index) === undefined) {
        if (allowMissing === 'all') return [];
        throw new JsonPathError(`array index out of bounds: index ${step.index}, length ${value.length}`);
      }
      return [value.at(step.index)];
    case 'slice':
      return Array.isArray(value)
        ? value.slice(step.start, step.end).filter((_, i) => i % step.step === 0)
        : [];
    case 'union':
      return step.names.flatMap((name) =>
        Array.isArray(value)
          ? (value.at(Number(name)) ?? [])
          : isObject(value) && Object.hasOwn(value, name)
            ? [value[name]]
            : [],
      );
    case 'filter':
      return children(value).filter((each) => passes(step, each, root));
  }
}

function passes(step: Extract<Step, { kind: 'filter' }>, value: unknown, root: unknown): boolean {
  const left = evaluate(step.left, [value], root, 'all');
  if (step.operator === 'exists') return left.length > 0;
  const right =
    step.right?.kind === 'path' ? evaluate(step.right.steps, [value], root, 'all')[0] : step.right?.value;
  const [first] = left;
  if (first === undefined) return false;
  switch (step.operator) {
    case '==':
      return first === right || String(first) === String(right);
    case '!=':
      return String(first) !== String(right);
    default:
      return compare(first, right, step.operator);
  }
}

function compare(a: unknown, b: unknown, operator: string): boolean {
  const [x, y] = typeof a === 'number' && typeof b === 'number' ? [a, b] : [String(a), String(b)];
  return operator === '<' ? x < y : operator === '>' ? x > y : operator === '<=' ? x <= y : x >= y;
}
