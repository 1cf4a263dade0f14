import { shapeOf, type Shape } from './shape.ts';
import { canonicalQuantity, isQuantity, quantityFormatError } from './quantity.ts';

/** What {@link decode} found. */
export interface Decoded {
  /** Values of a wrong type, in Go's words, as upstream answers them with 400; at most {@link mostErrors}. */
  errors: string[];
  /** Paths of members that the model does not have: `spec.containers[0].imagee`; at most {@link mostErrors}. */
  unknown: string[];
}

const mostErrors = 20;

/**
 * Makes of parsed JSON what Go's decoder makes of it, in place: unknown members and nulls are dropped, quantities are
 * canonical text (`cpu: 0.5` becomes `500m`). To be called at the edge, on every body and every result of a patch,
 * before the defaults. When it reports `errors`, answer 400 BadRequest `<Kind> in version "<v>" cannot be handled as a
 * <Kind>: <error>` and use the object no further; `unknown` is a warning or, under strict validation, `unknown field "…"`.
 * The caller bounds size and depth.
 */
export function decode(model: string, object: unknown): Decoded {
  const result: Decoded = { errors: [], unknown: [] };
  new Walk(result, true).value(shapeOf(model), object, '', '');
  return result;
}

/** The values of a wrong type, as {@link decode} reports them; the object is not changed. */
export function typeErrors(model: string, object: unknown): string[] {
  const result: Decoded = { errors: [], unknown: [] };
  new Walk(result, false).value(shapeOf(model), object, '', '');
  return result.errors;
}

/** The paths of members that the model does not have; the object is not changed. */
export function unknownFields(model: string, object: unknown): string[] {
  const result: Decoded = { errors: [], unknown: [] };
  new Walk(result, false).value(shapeOf(model), object, '', '');
  return result.unknown;
}

class Walk {
  readonly #result: Decoded;
  readonly #change: boolean;

  constructor(result: Decoded, change: boolean) {
    this.#result = result;
    this.#change = change;
  }

  /** Checks one value and returns what is to stand in its place. `owner` is the model and path Go would name. */
  value(shape: Shape, value: unknown, path: string, owner: string): unknown {
    if (value === null || value === undefined) return undefined;
    switch (shape.type) {
      case 'string':
        return this.#text(shape, value, owner);
      case 'integer':
        if (typeof value !== 'number' || !inRange(value, shape.format)) this.#wrong(shape, value, owner);
        return value;
      case 'number':
        if (typeof value !== 'number') this.#wrong(shape, value, owner);
        return value;
      case 'boolean':
        if (typeof value !== 'boolean') this.#wrong(shape, value, owner);
        return value;
      case 'int-or-string':
        if (typeof value !== 'string' && (typeof value !== 'number' || !inRange(value, 'int32')))
          this.#wrong(shape, value, owner);
        return value;
      case 'array':
        this.#array(shape, value, path, owner);
        return value;
      case 'map':
        this.#map(shape, value, path, owner);
        return value;
      case 'object':
        this.#object(shape, value, path, owner);
        return value;
      case 'any':
        return value;
    }
  }

  #text(shape: Shape, value: unknown, owner: string): unknown {
    if (shape.format === 'quantity') {
      const text = typeof value === 'number' ? String(value) : value;
      if (typeof text === 'string') {
        if (!this.#change) return text;
        const canonical = canonicalQuantity(text);
        // A number that is one already is the usual case, and one look.
        if (canonical === text && !isQuantity(text)) this.#error(quantityFormatError);
        return canonical;
      }
    }
    if (typeof value !== 'string') this.#wrong(shape, value, owner);
    else if (shape.format === 'date-time' && value !== '' && !timestamp.test(value))
      this.#error(`parsing time ${JSON.stringify(value)} as "2006-01-02T15:04:05Z07:00": cannot parse it`);
    else if (shape.format === 'byte' && !isBase64(value))
      this.#error(`illegal base64 data in ${owner.slice(owner.indexOf('.') + 1)}`);
    return value;
  }

  #array(shape: Shape, value: unknown, path: string, owner: string): void {
    if (!Array.isArray(value)) return this.#wrong(shape, value, owner);
    const items = shape.items!;
    for (let index = 0; index < value.length; index++) {
      const item: unknown = value[index];
      const kept = this.value(items, item, `${path}[${index}]`, owner);
      if (this.#change && kept !== item) value[index] = kept === undefined ? zero(items) : kept;
    }
  }

  #map(shape: Shape, value: unknown, path: string, owner: string): void {
    if (!isRecord(value)) return this.#wrong(shape, value, owner);
    const items = shape.items!;
    for (const key of Object.keys(value)) {
      const kept = this.value(items, value[key], `${path}.${key}`, owner);
      if (!this.#change || kept === value[key]) continue;
      const replaced = kept === undefined ? zero(items) : kept;
      Object.defineProperty(value, key, {
        value: replaced,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
  }

  #object(shape: Shape, value: unknown, path: string, owner: string): void {
    if (!isRecord(value)) return this.#wrong(shape, value, owner);
    const fields = shape.fields!;
    const goName = shape.model!.replace(/^(?:\w*?V\d(?:\w*?\d)?)(?=[A-Z])/, '');
    for (const key of Object.keys(value)) {
      const field = fields.get(key);
      const child = path === '' ? key : `${path}.${key}`;
      if (!field) {
        if (this.#result.unknown.length < mostErrors) this.#result.unknown.push(child);
        if (this.#change) delete value[key];
        continue;
      }
      const kept = this.value(field, value[key], child, `${goName}.${child.replace(/\[\d+\]/g, '')}`);
      if (!this.#change) continue;
      if (kept === undefined) delete value[key];
      else if (kept !== value[key]) value[key] = kept;
    }
  }

  #wrong(shape: Shape, value: unknown, owner: string): void {
    const found = Array.isArray(value)
      ? 'array'
      : typeof value === 'boolean'
        ? 'bool'
        : typeof value === 'number'
          ? `number${shape.type === 'integer' || shape.type === 'int-or-string' ? ` ${value}` : ''}`
          : typeof value;
    const into = owner === '' ? 'Go value' : `Go struct field ${owner}`;
    this.#error(`json: cannot unmarshal ${found} into ${into} of type ${goType(shape)}`);
  }

  #error(message: string): void {
    if (this.#result.errors.length < mostErrors) this.#result.errors.push(message);
  }
}

const timestamp = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** As Go reads it: line ends may stand anywhere. */
function isBase64(text: string): boolean {
  const joined = /[\r\n]/.test(text) ? text.replace(/[\r\n]+/g, '') : text;
  return joined.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(joined);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inRange(value: number, format: string | undefined): boolean {
  return Number.isInteger(value) && (format === 'int64' || (value >= -(2 ** 31) && value < 2 ** 31));
}

/** What null stands for inside a list or a map. */
function zero(shape: Shape): unknown {
  switch (shape.type) {
    case 'string':
      return '';
    case 'integer':
    case 'number':
    case 'int-or-string':
      return 0;
    case 'boolean':
      return false;
    case 'array':
      return [];
    default:
      return {};
  }
}

function goType(shape: Shape): string {
  switch (shape.type) {
    case 'array':
      return `[]${goType(shape.items!)}`;
    case 'map':
      return `map[string]${goType(shape.items!)}`;
    case 'object': {
      const [, version = 'v1', name = shape.model!] = /^\w*?(V\d)([A-Z]\w*)$/.exec(shape.model!) ?? [];
      return `${version.toLowerCase()}.${name}`;
    }
    case 'boolean':
      return 'bool';
    case 'integer':
      return shape.format === 'int64' ? 'int64' : 'int32';
    case 'number':
      return 'float64';
    case 'int-or-string':
      return 'intstr.IntOrString';
    default:
      return shape.format === 'byte' ? '[]uint8' : shape.format === 'date-time' ? 'v1.Time' : 'string';
  }
}
