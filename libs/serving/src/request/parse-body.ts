import { StatusError, messageOf } from '@gantry/base';
import { YamlReader } from './parse-yaml.ts';

/** Deeper documents than this are refused: what walks them afterwards may recurse. */
export const maxDepth = 256;

/** A parsed body that is a JSON object. */
export type JsonObject = { [key: string]: unknown };

export interface ParsedBody {
  value: unknown;
  /** In upstream's words, about keys that stood twice in one object; only looked for when asked. */
  complaints: string[];
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
    return parseYaml(body);
  if (type === 'application/vnd.kubernetes.protobuf') return parseProtobuf(body);
  throw unsupported(type, ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf']);
}

const yamlReader = new YamlReader();

async function parseYaml(body: Buffer): Promise<ParsedBody> {
  const { value, complaint } = await yamlReader.read(body);
  return { value, complaints: complaint === undefined ? [] : [complaint] };
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
  const duplicates = lookForDuplicates ? duplicateKeys(text) : [];
  return { value, complaints: duplicates.map((path) => `duplicate field ${JSON.stringify(path)}`) };
}

/** The table of field numbers is large and few clients need it: loaded at the first need. */
async function parseProtobuf(body: Buffer): Promise<ParsedBody> {
  const { decodeProtobuf } = await import('../protobuf/decode-protobuf.ts');
  try {
    return { value: decodeProtobuf(body), complaints: [] };
  } catch (error) {
    if (error instanceof RangeError) throw StatusError.badRequest(error.message);
    throw error;
  }
}

export function tooDeep(): StatusError {
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
