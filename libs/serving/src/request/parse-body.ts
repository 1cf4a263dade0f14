import { StatusError, messageOf } from '@gantry/base';

/** Deeper documents than this are refused: what walks them afterwards may recurse. */
export const maxDepth = 256;

/** YAML costs a hundred times what JSON costs to read, so less of it is taken, in bytes. Clients that send YAML are people. */
export const maxYamlBytes = 1024 * 1024;

/** A parsed body that is a JSON object. */
export type JsonObject = { [key: string]: unknown };

export interface ParsedBody {
  value: unknown;
  /** Keys that stood twice in one object, as paths (`metadata.labels`); only looked for when asked. */
  duplicates: string[];
}

/** The media type without parameters, in lower case. */
export function mediaType(header: string | undefined): string {
  return (header ?? '').split(';', 1)[0]!.trim().toLowerCase();
}

/**
 * Reads JSON, YAML or Kubernetes' protobuf by its media type (absent: JSON). BadRequest for what is not what it says,
 * UnsupportedMediaType for other types. `lookForDuplicates` costs a second pass; upstream refuses or warns of them.
 */
export async function parseBody(
  body: Buffer,
  contentType: string | undefined,
  lookForDuplicates = false,
): Promise<ParsedBody> {
  const type = mediaType(contentType);
  if (type === '' || type === 'application/json') return parseJson(body, lookForDuplicates);
  if (type === 'application/yaml' || type === 'application/x-yaml' || type === 'text/yaml')
    return parseYaml(body, lookForDuplicates);
  if (type === 'application/vnd.kubernetes.protobuf') return parseProtobuf(body);
  throw unsupported(type, ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf']);
}

export function unsupported(type: string, supported: readonly string[]): StatusError {
  return new StatusError(
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${supported.join(', ')}` +
      (type ? ` (not ${JSON.stringify(type.slice(0, 100))})` : ''),
  );
}

export function parseJson(body: Buffer, lookForDuplicates = false): ParsedBody {
  const text = body.toString('utf8');
  checkDepth(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw StatusError.badRequest(
      `couldn't get version/kind; json parse error: ${messageOf(error).slice(0, 200)}`,
    );
  }
  return { value, duplicates: lookForDuplicates ? duplicateKeys(text) : [] };
}

/**
 * YAML is rare on the hot path: the parser is loaded at the first need. Depth is watched while parsing (the composer recurses),
 * aliases are bounded, so that they cannot multiply, and parsing ends at the first error.
 */
async function parseYaml(body: Buffer, lookForDuplicates: boolean): Promise<ParsedBody> {
  if (body.length > maxYamlBytes)
    throw new StatusError(
      'RequestEntityTooLarge',
      `Request entity too large: limit for YAML is ${maxYamlBytes}`,
    );
  const { Composer, Lexer, Parser, isMap, isScalar, visit } = await import('yaml');
  const refuse = (why: string) =>
    StatusError.badRequest(`error converting YAML to JSON: yaml: ${why.split('\n', 1)[0]!.slice(0, 200)}`);
  const parser = new Parser();
  const composer = new Composer({ version: '1.1', schema: 'core', merge: true, uniqueKeys: false });
  const documents = [];
  try {
    const take = (tokens: ReturnType<typeof parser.next>) => {
      for (const token of tokens) {
        if (token.type === 'error') throw refuse(token.message);
        documents.push(...composer.next(token));
      }
    };
    for (const lexeme of new Lexer().lex(body.toString('utf8'))) {
      take(parser.next(lexeme));
      if (parser.stack.length > 2 * maxDepth) throw tooDeep();
    }
    take(parser.end());
    documents.push(...composer.end());
    const document = documents[0];
    if (!document) return { value: null, duplicates: [] };
    if (documents.length > 1) throw refuse('the body holds more than one document');
    if (document.errors[0]) throw refuse(document.errors[0].message);

    const duplicates: string[] = [];
    if (lookForDuplicates)
      visit(document, {
        Map(_, map) {
          const seen = new Set<unknown>();
          for (const { key } of map.items) {
            const name = isScalar(key) ? key.value : undefined;
            if (name !== undefined && !isMap(name) && seen.has(name)) duplicates.push(String(name));
            seen.add(name);
          }
        },
      });
    // Through JSON once: what is not JSON (dates, NaN, maps) has no place in an object of the API.
    const json = JSON.stringify(document.toJS({ maxAliasCount: 100 })) ?? 'null';
    checkDepth(json);
    return { value: JSON.parse(json), duplicates };
  } catch (error) {
    if (error instanceof StatusError) throw error;
    throw refuse(messageOf(error));
  }
}

/** The table of field numbers is large and few clients need it: loaded at the first need. */
async function parseProtobuf(body: Buffer): Promise<ParsedBody> {
  const { decodeProtobuf } = await import('../protobuf/decode-protobuf.ts');
  try {
    return { value: decodeProtobuf(body), duplicates: [] };
  } catch (error) {
    if (error instanceof RangeError) throw StatusError.badRequest(error.message);
    throw error;
  }
}

function tooDeep(): StatusError {
  return StatusError.badRequest(`the object is nested too deeply: the limit is ${maxDepth} levels`);
}

/** The closing quote of the string that opens at `from`; the text's length when there is none. */
function endOfString(text: string, from: number): number {
  let at = from;
  for (;;) {
    at = text.indexOf('"', at + 1);
    if (at < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return at;
  }
}

/** Refuses JSON that nests deeper than {@link maxDepth}; one pass without allocation. */
function checkDepth(text: string): void {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22) i = endOfString(text, i);
    else if (c === 0x7b || c === 0x5b) {
      if (++depth > maxDepth) throw tooDeep();
    } else if (c === 0x7d || c === 0x5d) depth--;
  }
}

/** An object or list that is open while keys are looked at. */
interface Level {
  /** Of an object; undefined for a list. */
  keys: Set<string> | undefined;
  path: string;
  index: number;
  key: string;
}

const pathBelow = ({ keys, path, index, key }: Level): string =>
  keys ? (path ? `${path}.${key}` : key) : `${path}[${index}]`;

/** Paths of keys that stand twice in one object. The text is known to be JSON. */
function duplicateKeys(text: string): string[] {
  const found: string[] = [];
  const levels: Level[] = [];
  let level: Level | undefined;
  let expectKey = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22) {
      const end = endOfString(text, i);
      if (expectKey && level?.keys) {
        const raw = text.slice(i + 1, end);
        const key = raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
        level.key = key;
        if (level.keys.has(key)) found.push(pathBelow(level));
        else level.keys.add(key);
        expectKey = false;
      }
      i = end;
    } else if (c === 0x7b || c === 0x5b) {
      const path: string = level ? pathBelow(level) : '';
      level = { keys: c === 0x7b ? new Set() : undefined, path, index: 0, key: '' };
      levels.push(level);
      expectKey = c === 0x7b;
    } else if (c === 0x7d || c === 0x5d) {
      levels.pop();
      level = levels.at(-1);
      expectKey = false;
    } else if (c === 0x2c && level) {
      if (level.keys) expectKey = true;
      else level.index++;
    }
  }
  return found;
}
