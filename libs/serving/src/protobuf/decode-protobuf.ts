import { timestamp } from '@gantry/base';
import type { JsonObject } from '../request/parse-body.ts';
import { wireRoots, wireTable } from './gen/wire-table.ts';
import { WireReader } from './wire-reader.ts';

/**
 * Kubernetes' protobuf, read only: kubectl from 1.32 on and most of client-go's typed clients send it whatever the server is
 * known to speak. Answers are JSON, which those clients accept. (k8s.io/apimachinery `pkg/runtime/serializer/protobuf`)
 */
const magic = Buffer.from('k8s\0', 'latin1');

/** JSON name ('' for inlined messages), type, mode; see tools/generate-wire-table.mjs. */
type Field = readonly [name: string, type: string, mode: 0 | 1 | 2];
type Table = Readonly<Record<string, Readonly<Record<string, Field>>>>;

const roots = JSON.parse(wireRoots) as Record<string, string>;
const table = JSON.parse(wireTable) as Table;

/** Messages nest no deeper than this in any real object. */
const maxNesting = 100;

/** The object as JSON would have brought it, with `apiVersion` and `kind`. RangeError for what is malformed or of an unknown kind. */
export function decodeProtobuf(body: Buffer): JsonObject {
  if (body.length < magic.length || !body.subarray(0, magic.length).equals(magic))
    throw new RangeError(
      'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
    );
  const { apiVersion, kind, raw } = readUnknown(new WireReader(body, magic.length));
  const root =
    kind === 'DeleteOptions'
      ? 'meta.v1.DeleteOptions'
      : Object.hasOwn(roots, `${apiVersion}/${kind}`)
        ? roots[`${apiVersion}/${kind}`]!
        : undefined;
  if (!root)
    throw new RangeError(
      `no kind "${kind.slice(0, 100)}" is registered for version "${apiVersion.slice(0, 100)}"`,
    );
  const object = readMessage(new WireReader(raw), root, 0);
  return { apiVersion, kind, ...object };
}

/** `runtime.Unknown`: typeMeta = 1 {apiVersion = 1, kind = 2}, raw = 2, contentEncoding = 3, contentType = 4. */
function readUnknown(reader: WireReader) {
  const found: { apiVersion: string; kind: string; raw: Buffer } = {
    apiVersion: '',
    kind: '',
    raw: Buffer.alloc(0),
  };
  while (!reader.done) {
    const { field, wire } = reader.tag();
    if (field === 1 && wire === 2) {
      const type = new WireReader(reader.bytes());
      while (!type.done) {
        const each = type.tag();
        if (each.field === 1 && each.wire === 2) found.apiVersion = type.string();
        else if (each.field === 2 && each.wire === 2) found.kind = type.string();
        else type.skip(each.wire);
      }
    } else if (field === 2 && wire === 2) found.raw = reader.bytes();
    else if (field === 3 && wire === 2 && reader.string() !== '')
      throw new RangeError('a content encoding inside protobuf is not taken');
    else if (field > 3) reader.skip(wire);
  }
  return found;
}

function readMessage(reader: WireReader, message: string, nesting: number): JsonObject {
  if (nesting > maxNesting) throw new RangeError('protobuf: messages are nested too deeply');
  const fields = table[message]!;
  const object: JsonObject = {};
  while (!reader.done) {
    const { field, wire } = reader.tag();
    const known = fields[field];
    if (known) readField(reader, wire, known, object, nesting);
    else reader.skip(wire);
  }
  return object;
}

function readField(
  reader: WireReader,
  wire: number,
  [name, type, mode]: Field,
  object: JsonObject,
  nesting: number,
): void {
  if (type.startsWith('=')) {
    Object.assign(object, readMessage(new WireReader(reader.bytes()), type.slice(1), nesting + 1));
  } else if (type.startsWith('[]')) {
    const list = (object[name] ??= []) as unknown[];
    const item = type.slice(2);
    // Numbers may come packed: all of them in one field.
    if (wire === 2 && (item === 'i' || item === 'b')) {
      const packed = new WireReader(reader.bytes());
      while (!packed.done) list.push(item === 'b' ? packed.integer() !== 0 : packed.integer());
    } else list.push(readValue(reader, wire, item, nesting));
  } else if (type.startsWith('{}')) {
    const map = (object[name] ??= {}) as JsonObject;
    const { key, value } = readEntry(new WireReader(reader.bytes()), type.slice(2), nesting);
    // From outside: an assignment would set the prototype.
    Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true });
  } else {
    const value = readValue(reader, wire, type, nesting);
    // Go's encoder writes plain fields also when they are empty: those were not set.
    if (mode !== 0 || (value !== '' && value !== 0 && value !== false && value !== null))
      object[name] = value;
  }
}

/** One entry of a map: key = 1, value = 2. */
function readEntry(reader: WireReader, type: string, nesting: number): { key: string; value: unknown } {
  let key = '';
  let value: unknown = emptyOf(type);
  while (!reader.done) {
    const { field, wire } = reader.tag();
    if (field === 1 && wire === 2) key = reader.string();
    else if (field === 2) value = readValue(reader, wire, type, nesting);
    else reader.skip(wire);
  }
  return { key, value };
}

const emptyOf = (type: string): unknown =>
  type === 's' || type === 'y' ? '' : type === 'Q' ? '0' : type.startsWith('@') ? {} : null;

function readValue(reader: WireReader, wire: number, type: string, nesting: number): unknown {
  const expected = type === 'b' || type === 'i' ? 0 : type === 'd' ? 1 : 2;
  if (wire !== expected) throw new RangeError(`protobuf: wire type ${wire} where ${expected} is expected`);
  switch (type) {
    case 's':
      return reader.string();
    case 'b':
      return reader.integer() !== 0;
    case 'i':
      return reader.integer();
    case 'd':
      return reader.double();
    case 'y':
      return reader.bytes().toString('base64');
    case 'Q':
      // Quantity: string = 1.
      return readNumbered(reader.bytes()).text.get(1) ?? '0';
    case 'T':
    case 'M':
      return readTime(reader.bytes(), type === 'M');
    case 'I': {
      // IntOrString: type = 1 (1 is a string), intVal = 2, strVal = 3.
      const { numbers, text } = readNumbered(reader.bytes());
      return numbers.get(1) === 1 ? (text.get(3) ?? '') : (numbers.get(2) ?? 0);
    }
    case 'R':
      return readRaw(reader.bytes());
    case 'U':
      return `${(readNumbered(reader.bytes()).numbers.get(1) ?? 0) / 1e9}s`;
    case 'E': {
      // A list of strings that is a type of its own: items = 1.
      const inner = new WireReader(reader.bytes());
      const items: string[] = [];
      while (!inner.done) {
        const each = inner.tag();
        if (each.field === 1 && each.wire === 2) items.push(inner.string());
        else inner.skip(each.wire);
      }
      return items;
    }
    default:
      return readMessage(new WireReader(reader.bytes()), type.slice(1), nesting + 1);
  }
}

/** The plain members of a small message by number. */
function readNumbered(bytes: Buffer) {
  const numbers = new Map<number, number>();
  const text = new Map<number, string>();
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const { field, wire } = reader.tag();
    if (wire === 0) numbers.set(field, reader.integer());
    else if (wire === 2) text.set(field, reader.string());
    else reader.skip(wire);
  }
  return { numbers, text };
}

/** Time: seconds = 1, nanos = 2; empty is null, Go's zero time. */
function readTime(bytes: Buffer, micro: boolean): string | null {
  if (bytes.length === 0) return null;
  const { numbers } = readNumbered(bytes);
  const seconds = numbers.get(1) ?? 0;
  if (Math.abs(seconds) > 8.6e12) throw new RangeError('protobuf: a time out of range');
  const micros = Math.floor((numbers.get(2) ?? 0) / 1000);
  if (!micro) return timestamp(seconds * 1000);
  return timestamp(seconds * 1000).replace('Z', `.${String(micros).padStart(6, '0')}Z`);
}

/** Bytes of JSON inside (FieldsV1, RawExtension: 1). */
function readRaw(bytes: Buffer): unknown {
  const reader = new WireReader(bytes);
  let raw: Buffer | undefined;
  while (!reader.done) {
    const { field, wire } = reader.tag();
    if (field === 1 && wire === 2) raw = reader.bytes();
    else reader.skip(wire);
  }
  if (!raw || raw.length === 0) return null;
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    throw new RangeError('protobuf: raw JSON that is none');
  }
}
