import type { Alias, Document, LineCounter, Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { StatusError, messageOf } from '@gantry/base';
import { yamlOptions } from '@gantry/api';
import { maxDepth, tooDeep, type JsonObject } from './parse-body.ts';

/** Longer YAML is refused, in bytes. Clients that send it are people. */
export const maxYamlBytes = 1024 * 1024;

/**
 * What the reading costs, and takes in memory, goes with the number of lexemes (a key, a colon, a space, a line's end …) much more than with
 * the number of bytes: 3 to 6 µs each, whereas a long text is one. This many are 450 KB of an ordinary manifest and half a second.
 */
export const maxLexemes = 200_000;

/** How many values aliases may stand for in sum. */
const maxAliasedValues = 100_000;

/** Other requests get their turn after about so long; looked at every few lexemes. */
const sliceMs = 5;
const lexemesPerLook = 256;

type YamlModule = typeof import('yaml');

/**
 * Reads one YAML document at a time, as `sigs.k8s.io/yaml` makes JSON of it. The first two thirds of the work (lexing, parsing) are done
 * in slices between which other requests run; and one document after the other, so that many do not add their slices up.
 */
export class YamlReader {
  #last: Promise<unknown> = Promise.resolve();

  /** The value, and a complaint in upstream's words about keys that stand twice in one mapping. BadRequest, RequestEntityTooLarge. */
  read(body: Buffer): Promise<{ value: unknown; complaint: string | undefined }> {
    if (body.length > maxYamlBytes)
      return Promise.reject(tooLarge(`limit for YAML is ${maxYamlBytes} bytes`));
    const reading = this.#last.then(() => read(body.toString('utf8')));
    this.#last = reading.catch(() => {});
    return reading;
  }
}

async function read(text: string): Promise<{ value: unknown; complaint: string | undefined }> {
  // Rare on the hot path: loaded at the first need.
  const yaml = await import('yaml');
  const lines = new yaml.LineCounter();
  lines.addNewLine(0);
  const parser = new yaml.Parser(lines.addNewLine);
  const composer = new yaml.Composer({ ...yamlOptions, uniqueKeys: false, logLevel: 'silent' });
  const documents: Document[] = [];
  const take = (tokens: ReturnType<typeof parser.next>) => {
    for (const token of tokens) {
      if (token.type === 'error') throw refuse(token.message, lines, token.offset);
      if (token.type === 'directive' && !/^%(YAML|TAG)\s/.test(token.source))
        throw refuse('found unknown directive name', lines, token.offset);
      documents.push(...(composer.next(token) as Iterable<Document>));
      if (documents.length > 2) throw severalDocuments();
    }
  };
  try {
    let lexemes = 0;
    let sliceEndsMs = performance.now() + sliceMs;
    for (const lexeme of new yaml.Lexer().lex(text)) {
      take(parser.next(lexeme));
      // The composer recurses.
      if (parser.stack.length > 2 * maxDepth) throw tooDeep();
      if (++lexemes % lexemesPerLook !== 0) continue;
      if (lexemes > maxLexemes) throw tooLarge(`limit for YAML is ${maxLexemes} tokens; JSON may be larger`);
      if (performance.now() < sliceEndsMs) continue;
      await new Promise((resolve) => setImmediate(resolve));
      sliceEndsMs = performance.now() + sliceMs;
    }
    take(parser.end());
    documents.push(...(composer.end() as Iterable<Document>));
    const [document, ...others] = documents;
    if (!document) return { value: null, complaint: undefined };
    for (const { errors } of documents)
      if (errors[0]) throw refuse(errors[0].message, lines, errors[0].pos[0]);
    // A last `---` is harmless. Upstream drops whatever follows it, which nobody can want.
    if (others.some(({ contents }) => contents !== null && !isEmpty(yaml, contents)))
      throw severalDocuments();
    const converter = new Converter(yaml, lines);
    const value = converter.value(document.contents, 0);
    const { doubled } = converter;
    return {
      value,
      complaint: doubled.length > 0 ? `yaml: unmarshal errors:\n  ${doubled.join('\n  ')}` : undefined,
    };
  } catch (error) {
    if (error instanceof StatusError) throw error;
    throw refuse(messageOf(error));
  }
}

const isEmpty = ({ isScalar }: YamlModule, node: Node) => isScalar(node) && node.value === null;

/** What an anchor stands for; aliases get copies of it, since what reads the object may change it. */
interface Anchored {
  value: unknown;
  /** False while its node is being read: nothing may contain itself. */
  whole: boolean;
}

/** Makes JSON of a document, in one pass that is linear in its length and in what its aliases stand for. */
class Converter {
  /** `line 3: key "a" already set in map`, at most some. */
  readonly doubled: string[] = [];
  readonly #yaml: YamlModule;
  readonly #lines: LineCounter;
  readonly #anchors = new Map<string, Anchored>();
  #aliased = 0;

  constructor(yaml: YamlModule, lines: LineCounter) {
    this.#yaml = yaml;
    this.#lines = lines;
  }

  value(node: Node | null, depth: number): unknown {
    if (node === null) return null;
    const { isAlias, isMap, isScalar, isSeq } = this.#yaml;
    if (isAlias(node)) return this.#copied(this.#anchored(node), depth);
    const { anchor } = node as Scalar | YAMLMap | YAMLSeq;
    const anchored: Anchored | undefined = anchor === undefined ? undefined : { value: null, whole: false };
    if (anchored) this.#anchors.set(anchor!, anchored);
    let value: unknown;
    if (isScalar(node)) value = this.#scalar(node);
    else if (depth >= maxDepth) throw tooDeep();
    else if (isMap(node)) value = this.#object(node as YAMLMap<Node, Node | null>, depth + 1);
    else if (isSeq(node)) value = (node.items as Node[]).map((each) => this.value(each, depth + 1));
    if (anchored) Object.assign(anchored, { value, whole: true });
    return value;
  }

  #scalar(node: Scalar): unknown {
    const { value, tag } = node;
    if (typeof value === 'number' && !Number.isFinite(value))
      throw this.#refuse(`json: unsupported value: ${node.source}`, node);
    if (tag === 'tag:yaml.org,2002:binary') return Buffer.from(String(node.source), 'base64').toString();
    if (
      value === null ||
      typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'boolean'
    )
      return value;
    return node.source ?? String(value);
  }

  #object({ items }: YAMLMap<Node, Node | null>, depth: number): JsonObject {
    const object: JsonObject = {};
    /** Keys that came from a merge: one that stands in the mapping itself goes before them. */
    const merged = new Set<string>();
    for (const { key, value } of items as Pair<Node, Node | null>[]) {
      if (this.#isMerge(key)) {
        this.#merge(object, merged, value, depth);
        continue;
      }
      const name = this.#key(key);
      if (Object.hasOwn(object, name) && !merged.delete(name) && this.doubled.length < 100)
        this.doubled.push(
          `line ${this.#lines.linePos(key.range![0]).line}: key ${JSON.stringify(name)} already set in map`,
        );
      put(object, name, this.value(value, depth));
    }
    return object;
  }

  #isMerge(key: Node): boolean {
    return this.#yaml.isScalar(key) && typeof key.value === 'symbol';
  }

  #merge(object: JsonObject, merged: Set<string>, node: Node | null, depth: number): void {
    const value = this.value(node, depth);
    for (const source of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof source !== 'object' || source === null || Array.isArray(source))
        throw this.#refuse('map merge requires map or sequence of maps as the value', node);
      for (const [name, each] of Object.entries(source)) {
        if (Object.hasOwn(object, name)) continue;
        put(object, name, each);
        merged.add(name);
      }
    }
  }

  /** JSON has keys of text only: numbers and booleans become it, the rest cannot be keys. */
  #key(node: Node): string {
    const { isAlias, isScalar } = this.#yaml;
    const value = isAlias(node) ? this.#anchored(node) : isScalar(node) ? this.value(node, 0) : undefined;
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw this.#refuse(value === null ? 'invalid map key: nil' : 'invalid map key', node);
  }

  #anchored(alias: Alias): unknown {
    const anchored = this.#anchors.get(alias.source);
    if (!anchored) throw this.#refuse(`unknown anchor '${alias.source}' referenced`, alias);
    if (!anchored.whole) throw this.#refuse(`anchor '${alias.source}' value contains itself`, alias);
    return anchored.value;
  }

  #copied(value: unknown, depth: number): unknown {
    if (++this.#aliased > maxAliasedValues) throw this.#refuse('document contains excessive aliasing');
    if (typeof value !== 'object' || value === null) return value;
    if (depth >= maxDepth) throw tooDeep();
    if (Array.isArray(value)) return value.map((each) => this.#copied(each, depth + 1));
    const copy: JsonObject = {};
    for (const [name, each] of Object.entries(value)) put(copy, name, this.#copied(each, depth + 1));
    return copy;
  }

  #refuse(why: string, node?: Node | null): StatusError {
    return refuse(why, this.#lines, node?.range?.[0]);
  }
}

/** Sets a property of its own, whatever its name. */
function put(object: JsonObject, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  else object[name] = value;
}

const severalDocuments = () => refuse('the body holds more than one document');

function tooLarge(why: string): StatusError {
  return new StatusError('RequestEntityTooLarge', `Request entity too large: ${why}`);
}

function refuse(why: string, lines?: LineCounter, offset?: number): StatusError {
  const line = lines && offset !== undefined ? lines.linePos(offset).line : 0;
  return StatusError.badRequest(
    `yaml: ${line > 0 ? `line ${line}: ` : ''}${why.split('\n', 1)[0]!.slice(0, 200)}`,
  );
}
