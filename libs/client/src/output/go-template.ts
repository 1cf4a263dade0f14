/**
 * Go's text/template as far as `-o go-template=…` needs it: `{{.a.b}}`, `{{range $i, $e := .items}}…{{else}}…{{end}}`, `if`, `else if`, `with`,
 * `break`, `continue`, variables, parentheses, pipes, `{{- -}}`, comments, the functions below. No `define`, `template` and `block`.
 */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** A command's word: what it is is known when the template is read. */
type Operand =
  | { kind: 'value'; value: unknown }
  | { kind: 'path'; from: string | Pipeline; names: readonly string[] }
  | { kind: 'call'; name: string };
type Pipeline = readonly (readonly Operand[])[];

type Node =
  | { kind: 'text'; text: string }
  | { kind: 'value'; pipeline: Pipeline; variable?: string; declares?: boolean }
  | { kind: 'jump'; word: 'break' | 'continue' }
  | {
      kind: 'block';
      word: 'range' | 'if' | 'with';
      variables: readonly string[];
      pipeline: Pipeline;
      body: readonly Node[];
      other: readonly Node[];
    };

/** Variables by name; `$` is the whole data and `.` the present value. */
type Scope = Map<string, unknown>;

/** Reads a template; the result renders data with it. */
export function parseGoTemplate(template: string): (data: unknown) => string {
  const nodes = new TemplateReader(template).whole();
  return (data) => {
    const out: string[] = [];
    run(
      nodes,
      new Map([
        ['$', data],
        ['.', data],
      ]),
      out,
    );
    return out.join('');
  };
}

const wrong = (template: string, what: string) =>
  new TemplateError(`error parsing template ${template}, template: output:1: ${what}`);

class TemplateReader {
  readonly #template: string;
  /** Text as it is, actions as their words. */
  readonly #tokens: (string | string[])[];
  #at = 0;

  constructor(template: string) {
    this.#template = template;
    this.#tokens = this.#split();
  }

  whole(): Node[] {
    const { list, end } = this.#nodes();
    if (end[0] !== undefined) throw this.#wrong(`unexpected {{${end[0]}}}`);
    return list;
  }

  #wrong(what: string): TemplateError {
    return wrong(this.#template, what);
  }

  /** `{{-` and `-}}` take the white space beside them away. */
  #split(): (string | string[])[] {
    const tokens: (string | string[])[] = [];
    const action =
      /\{\{(- )?\s*((?:\/\*.*?\*\/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|(?!\}\}| -\}\}).)*?)\s*( -)?\}\}/gs;
    let start = 0;
    let trimNext = false;
    const text = (piece: string, trimEnd: boolean) => {
      const left = trimNext ? piece.trimStart() : piece;
      tokens.push(trimEnd ? left.trimEnd() : left);
    };
    for (const match of this.#template.matchAll(action)) {
      text(this.#template.slice(start, match.index), match[1] !== undefined);
      trimNext = match[3] !== undefined;
      start = match.index + match[0].length;
      if (match[2]!.startsWith('/*')) continue;
      const words =
        match[2]!.match(
          /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|:=|=|,|\||\(|\)(?:\.[\w-]+)*|[^\s"'`|(),:=]+/g,
        ) ?? [];
      if (words.length === 0) throw this.#wrong('missing value for command');
      tokens.push([...words]);
    }
    text(this.#template.slice(start), false);
    if (this.#template.slice(start).includes('{{')) throw this.#wrong('unclosed action');
    return tokens;
  }

  /** Up to the action that ends the list: `end`, `else` with what follows it, or nothing at the end of the text. */
  #nodes(): { list: Node[]; end: readonly string[] } {
    const list: Node[] = [];
    while (this.#at < this.#tokens.length) {
      const token = this.#tokens[this.#at++]!;
      if (typeof token === 'string') {
        if (token) list.push({ kind: 'text', text: token });
        continue;
      }
      const [word = ''] = token;
      if (word === 'end' || word === 'else') return { list, end: token };
      list.push(word === 'break' || word === 'continue' ? { kind: 'jump', word } : this.#action(token));
    }
    return { list, end: [] };
  }

  #action(words: readonly string[]): Node {
    const [word, ...rest] = words;
    if (word === 'range' || word === 'if' || word === 'with') return this.#block(word, rest);
    const { variables, declares, pipeline } = this.#declaration(words);
    const [variable] = variables;
    return { kind: 'value', pipeline, ...(variable === undefined ? {} : { variable, declares }) };
  }

  #block(word: 'range' | 'if' | 'with', words: readonly string[]): Node {
    const { variables, pipeline } = this.#declaration(words);
    const body = this.#nodes();
    let other: Node[] = [];
    if (body.end[0] === 'else') {
      const [, next, ...rest] = body.end;
      // `else if` is a block of its own that shares its end.
      if (next === 'if' || next === 'with') other = [this.#block(next, rest)];
      else {
        const rest = this.#nodes();
        if (rest.end[0] !== 'end') throw this.#wrong('unexpected EOF');
        other = rest.list;
      }
    } else if (body.end[0] !== 'end') throw this.#wrong('unexpected EOF');
    return { kind: 'block', word, variables, pipeline, body: body.list, other };
  }

  /** `$i, $e := pipeline`, `$x = pipeline`, `pipeline`. */
  #declaration(words: readonly string[]) {
    const sign = words.findIndex((each) => each === ':=' || each === '=');
    const variables = sign < 0 ? [] : words.slice(0, sign).filter((each) => each !== ',');
    if (variables.some((each) => !/^\$\w+$/.test(each))) throw this.#wrong('unexpected ":=" in command');
    return { variables, declares: words[sign] === ':=', pipeline: this.#pipeline(words.slice(sign + 1)) };
  }

  #pipeline(words: readonly string[]): Pipeline {
    const commands: Operand[][] = [[]];
    for (let i = 0; i < words.length; i++) {
      const word = words[i]!;
      if (word === '|') commands.push([]);
      else if (word === '(') {
        let depth = 1;
        let end = i + 1;
        for (; end < words.length; end++) {
          if (words[end] === '(') depth++;
          else if (words[end]!.startsWith(')') && --depth === 0) break;
        }
        if (end === words.length) throw this.#wrong('unclosed left paren');
        const from = this.#pipeline(words.slice(i + 1, end));
        commands.at(-1)!.push({ kind: 'path', from, names: words[end]!.slice(1).split('.').filter(Boolean) });
        i = end;
      } else commands.at(-1)!.push(this.#operand(word));
    }
    if (commands.some((each) => each.length === 0)) throw this.#wrong('missing value for command');
    return commands;
  }

  #operand(word: string): Operand {
    if (word.startsWith('"')) return { kind: 'value', value: this.#unquoted(word) };
    if (word.startsWith('`')) return { kind: 'value', value: word.slice(1, -1) };
    if (word.startsWith("'")) return { kind: 'value', value: word.slice(1, -1).codePointAt(0) };
    if (/^-?\d+(\.\d+)?$/.test(word)) return { kind: 'value', value: Number(word) };
    if (word === 'true' || word === 'false') return { kind: 'value', value: word === 'true' };
    if (word === 'nil') return { kind: 'value', value: undefined };
    const path = /^(\$\w*)?((?:\.[\w-]+)+|\.)?$/.exec(word);
    if (path)
      return { kind: 'path', from: path[1] ?? '.', names: (path[2] ?? '').split('.').filter(Boolean) };
    if (!Object.hasOwn(functions, word)) throw this.#wrong(`function "${word}" not defined`);
    return { kind: 'call', name: word };
  }

  #unquoted(word: string): string {
    try {
      return JSON.parse(word.replace(/\\x([\da-f]{2})/gi, '\\u00$1')) as string;
    } catch {
      throw this.#wrong(`bad string ${word}`);
    }
  }
}

/** What ended a list early. */
type Jump = 'break' | 'continue' | undefined;

function run(nodes: readonly Node[], scope: Scope, out: string[]): Jump {
  for (const node of nodes) {
    if (node.kind === 'text') out.push(node.text);
    else if (node.kind === 'jump') return node.word;
    else if (node.kind === 'value') {
      const value = evaluate(node.pipeline, scope);
      if (node.variable === undefined) out.push(printGo(value));
      else assign(scope, node.variable, value);
    } else {
      const jump = runBlock(node, scope, out);
      if (jump) return jump;
    }
  }
  return undefined;
}

/** Where each variable was declared: an assignment in a block changes the outer one. */
const outer = new WeakMap<Scope, Scope>();

function inner(scope: Scope, ...entries: [string, unknown][]): Scope {
  const copy: Scope = new Map([...scope, ...entries]);
  outer.set(copy, scope);
  return copy;
}

function assign(scope: Scope, name: string, value: unknown): void {
  for (let each: Scope | undefined = scope; each; each = outer.get(each)) {
    each.set(name, value);
    if (!outer.get(each)?.has(name)) return;
  }
}

function runBlock(node: Extract<Node, { kind: 'block' }>, scope: Scope, out: string[]): Jump {
  const { word, variables, body, other } = node;
  const value = evaluate(node.pipeline, scope);
  const last = variables.at(-1);
  const named: [string, unknown][] = last === undefined ? [] : [[last, value]];
  if (!truth(value)) return run(other, inner(scope, ...named), out);
  if (word === 'if') return run(body, inner(scope, ...named), out);
  if (word === 'with') return run(body, inner(scope, ...named, ['.', value]), out);
  const [index, element] = variables.length > 1 ? variables : [undefined, variables[0]];
  for (const [key, item] of entriesOf(value)) {
    const own: [string, unknown][] = [['.', item]];
    if (element !== undefined) own.push([element, item]);
    if (index !== undefined) own.push([index, key]);
    if (run(body, inner(scope, ...own), out) === 'break') break;
  }
  return undefined;
}

function entriesOf(value: unknown): [unknown, unknown][] {
  if (typeof value === 'number') return Array.from({ length: value }, (_, i) => [i, i]);
  if (Array.isArray(value)) return [...(value as unknown[]).entries()];
  if (typeof value !== 'object' || value === null)
    throw new TemplateError(`error executing template: range can't iterate over ${printGo(value)}`);
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A pipeline: each command gets what the one before it gives as its last argument. */
function evaluate(pipeline: Pipeline, scope: Scope): unknown {
  let before: unknown[] = [];
  for (const [first, ...rest] of pipeline) {
    const args = rest.map((each) => operand(each, scope));
    if (first!.kind === 'call') before = [functions[first!.name]!(...args, ...before)];
    else if (args.length + before.length > 0)
      throw new TemplateError("error executing template: can't give argument to non-function");
    else before = [operand(first!, scope)];
  }
  return before[0];
}

function operand(word: Operand, scope: Scope): unknown {
  if (word.kind === 'value') return word.value;
  if (word.kind === 'call') return functions[word.name]!();
  const { from, names } = word;
  if (typeof from === 'string' && !scope.has(from))
    throw new TemplateError(`error parsing template: undefined variable "${from}"`);
  return names.reduce(member, typeof from === 'string' ? scope.get(from) : evaluate(from, scope));
}

const same = (value: unknown, others: unknown[]) => others.some((other) => other === value);
const inOrder = (a: unknown, b: unknown) => (a as number | string) < (b as number | string);
const htmlEscapes: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&#34;',
  "'": '&#39;',
};

/** Go's functions as far as they are of use here, and kubectl's `base64decode` and `exists`. */
const functions: Record<string, (...args: unknown[]) => unknown> = {
  len: (value) => lengthOf(value),
  index: (value, ...keys) => keys.reduce(member, value),
  slice: (value, from = 0, to) => (value as string | unknown[]).slice(Number(from), to as number | undefined),
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
  html: (...values) =>
    values
      .map(printGo)
      .join('')
      .replace(/[<>&"']/g, (letter) => htmlEscapes[letter]!),
  js: (...values) => JSON.stringify(values.map(printGo).join('')).slice(1, -1),
  urlquery: (...values) => encodeURIComponent(values.map(printGo).join('')).replaceAll('%20', '+'),
  base64decode: (value) => Buffer.from(printGo(value), 'base64').toString('utf8'),
  exists: (value, ...keys) => keys.reduce(member, value) !== undefined,
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

function member(value: unknown, key: unknown): unknown {
  if (Array.isArray(value)) {
    const index = Number(key);
    if (!Number.isInteger(index)) return undefined;
    if (index < 0 || index >= value.length)
      throw new TemplateError(`error executing template: index out of range: ${index}`);
    return value[index] as unknown;
  }
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
