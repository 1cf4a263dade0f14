/**
 * The simple part of Go's text/template, for `-o go-template=…`: `{{.a.b}}`, `{{.}}`, `{{range .items}}…{{else}}…{{end}}`,
 * `{{if .a}}…{{else}}…{{end}}`, `{{with .a}}…{{end}}`, `{{"text\n"}}`, `{{index .a "key" 0}}`, `{{.a | base64decode}}`, `{{- -}}`. Variables,
 * parentheses and functions beyond those below are refused.
 */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

type Node =
  | { kind: 'text'; text: string }
  | { kind: 'value'; words: readonly string[] }
  | {
      kind: 'block';
      word: 'range' | 'if' | 'with';
      words: readonly string[];
      body: readonly Node[];
      other: readonly Node[];
    };

/** Reads a template; the result renders data with it. */
export function parseGoTemplate(template: string): (data: unknown) => string {
  const tokens = tokensOf(template);
  let at = 0;
  const nodes = (depth: number): { list: Node[]; end: 'end' | 'else' | 'eof' } => {
    const list: Node[] = [];
    while (at < tokens.length) {
      const token = tokens[at++]!;
      if (typeof token === 'string') {
        if (token) list.push({ kind: 'text', text: token });
        continue;
      }
      const [word = '', ...rest] = token;
      if (word === 'end' || word === 'else') {
        if (depth === 0) throw new TemplateError(`error parsing template: unexpected {{${word}}}`);
        return { list, end: word };
      }
      if (word === 'range' || word === 'if' || word === 'with') {
        const body = nodes(depth + 1);
        const other = body.end === 'else' ? nodes(depth + 1) : undefined;
        list.push({ kind: 'block', word, words: rest, body: body.list, other: other?.list ?? [] });
      } else list.push({ kind: 'value', words: token });
    }
    if (depth > 0) throw new TemplateError('error parsing template: unexpected EOF: {{end}} is missing');
    return { list, end: 'eof' };
  };
  const parsed = nodes(0).list;
  return (data) => render(parsed, data, data);
}

/** Text as it is, actions as their words. `{{-` and `-}}` take the white space beside them away. */
function tokensOf(template: string): (string | string[])[] {
  const tokens: (string | string[])[] = [];
  const action = /\{\{(- )?\s*((?:"(?:\\.|[^"\\])*"|`[^`]*`|(?!\}\}| -\}\}).)*?)\s*( -)?\}\}/gs;
  let start = 0;
  let trimNext = false;
  const text = (piece: string, trimEnd: boolean) => {
    const left = trimNext ? piece.trimStart() : piece;
    tokens.push(trimEnd ? left.trimEnd() : left);
  };
  for (const match of template.matchAll(action)) {
    text(template.slice(start, match.index), match[1] !== undefined);
    trimNext = match[3] !== undefined;
    start = match.index + match[0].length;
    const words = match[2]!.match(/"(?:\\.|[^"\\])*"|`[^`]*`|\||[^\s"`|]+/g) ?? [];
    if (words[0]?.startsWith('/*')) continue;
    if (words.length === 0) throw new TemplateError('error parsing template: missing value for command');
    tokens.push([...words]);
  }
  text(template.slice(start), false);
  if (template.slice(start).includes('{{'))
    throw new TemplateError('error parsing template: unclosed action');
  return tokens;
}

function render(nodes: readonly Node[], dot: unknown, root: unknown): string {
  return nodes
    .map((node) => {
      if (node.kind === 'text') return node.text;
      const value = evaluate(node.words, dot, root);
      if (node.kind === 'value') return printGo(value);
      if (node.word === 'if') return render(truth(value) ? node.body : node.other, dot, root);
      if (!truth(value)) return render(node.other, dot, root);
      if (node.word === 'with') return render(node.body, value, root);
      const items = Array.isArray(value) ? value : sortedValues(value as object);
      return items.map((item) => render(node.body, item, root)).join('');
    })
    .join('');
}

const sortedValues = (map: object): unknown[] =>
  Object.entries(map)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => value as unknown);

/** A pipeline: each command gets what the one before it gives as its last argument. */
function evaluate(words: readonly string[], dot: unknown, root: unknown): unknown {
  const pipe = words.lastIndexOf('|');
  const [first = '', ...rest] = words.slice(pipe + 1);
  const call = Object.hasOwn(functions, first) ? functions[first] : undefined;
  const before = pipe < 0 ? [] : [evaluate(words.slice(0, pipe), dot, root)];
  if (call) return call(...rest.map((word) => operand(word, dot, root)), ...before);
  if (rest.length + before.length > 0)
    throw new TemplateError(`error parsing template: "${first}" takes no arguments or is not known here`);
  return operand(first, dot, root);
}

const same = (value: unknown, others: unknown[]) => others.some((other) => other === value);
const inOrder = (a: unknown, b: unknown) => (a as number | string) < (b as number | string);

/** Go's functions as far as they are of use here, and kubectl's `base64decode`. */
const functions: Record<string, (...args: unknown[]) => unknown> = {
  len: (value) => lengthOf(value),
  index: (value, ...keys) => keys.reduce(member, value),
  not: (value) => !truth(value),
  and: (...values) => values.find((value) => !truth(value)) ?? values.at(-1),
  or: (...values) => values.find(truth) ?? values.at(-1),
  eq: (value, ...others) => same(value, others),
  ne: (value, other) => value !== other,
  lt: (a, b) => inOrder(a, b),
  le: (a, b) => !inOrder(b, a),
  gt: (a, b) => inOrder(b, a),
  ge: (a, b) => !inOrder(a, b),
  print: (...values) => values.map(printGo).join(''),
  println: (...values) => `${values.map(printGo).join(' ')}\n`,
  printf: (format, ...values) => formatted(printGo(format), values),
  base64decode: (value) => Buffer.from(printGo(value), 'base64').toString('utf8'),
};

/** `%s %v %d` as the value is, `%q` in quotes; `%%`; a width with or without `-`. */
function formatted(format: string, values: unknown[]): string {
  let next = 0;
  return format.replace(/%(-?\d*)([svdq%])/g, (_, width: string, verb: string) => {
    if (verb === '%') return '%';
    const text = verb === 'q' ? JSON.stringify(printGo(values[next++])) : printGo(values[next++]);
    const columns = Math.abs(Number(width));
    return width.startsWith('-') ? text.padEnd(columns) : text.padStart(columns);
  });
}

function operand(first: string, dot: unknown, root: unknown): unknown {
  if (first.startsWith('"')) return JSON.parse(first) as string;
  if (first.startsWith('`')) return first.slice(1, -1);
  if (/^-?\d+$/.test(first)) return Number(first);
  if (first === 'true' || first === 'false') return first === 'true';
  const path = /^(\$?)((?:\.[\w-]+)+|\.)?$/.exec(first);
  if (!path || !first) throw new TemplateError(`error parsing template: "${first}" is not known here`);
  const names = (path[2] ?? '').split('.').filter(Boolean);
  return names.reduce(member, path[1] ? root : dot);
}

function member(value: unknown, key: unknown): unknown {
  if (Array.isArray(value)) return value[Number(key)] as unknown;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, String(key))) return undefined;
  return (value as Record<string, unknown>)[String(key)];
}

const lengthOf = (value: unknown) =>
  typeof value === 'string' || Array.isArray(value) ? value.length : Object.keys(Object(value)).length;

/** Go's truth: empty is false. */
const truth = (value: unknown) =>
  !(
    value === undefined ||
    value === null ||
    value === false ||
    value === 0 ||
    value === '' ||
    (typeof value === 'object' && lengthOf(value) === 0)
  );

/** As Go's `%v` has it. */
export function printGo(value: unknown): string {
  if (value === undefined || value === null) return '<no value>';
  if (Array.isArray(value)) return `[${value.map(printGo).join(' ')}]`;
  if (typeof value !== 'object') return String(value as string | number | boolean);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[${members.map(([key, each]) => `${key}:${printGo(each)}`).join(' ')}]`;
}
