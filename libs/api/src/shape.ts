import { shapesJson } from './gen/shapes.ts';

/**
 * The structure of a value, as far as programs need it: for type checks, unknown fields, strategic merge patches and
 * server-side apply. Descriptions are in the full schemas (`loadSchemas`).
 */
export interface Shape {
  readonly type:
    'object' | 'map' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'int-or-string' | 'any';
  /** `int32`, `int64`, `byte`, `date-time`, `quantity` … */
  readonly format: string | undefined;
  /** The name of an object's model: `V1PodSpec`. */
  readonly model: string | undefined;
  /** The members of an object. */
  readonly fields: ReadonlyMap<string, Shape> | undefined;
  /** What an array or a map holds. */
  readonly items: Shape | undefined;
  /** For arrays: `map` and `set` are merged by server-side apply, `atomic` has one owner. */
  readonly listType: 'map' | 'set' | 'atomic';
  /** The members that tell the elements of a `map` list apart. */
  readonly listKeys: readonly string[];
  /** True for objects and maps that have one owner as a whole. */
  readonly atomic: boolean;
  /** How a strategic merge patch treats it. */
  readonly patchMerge: boolean;
  readonly retainKeys: boolean;
  readonly mergeKey: string | undefined;
  /** What absence means, for members that are keys of a list. */
  readonly defaultValue: unknown;
}

interface Schema {
  type?: string;
  format?: string;
  $ref?: string;
  items?: Schema;
  additionalProperties?: Schema;
  properties?: Record<string, Schema>;
  default?: unknown;
  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-list-type'?: 'map' | 'set';
  'x-kubernetes-list-map-keys'?: string[];
  'x-kubernetes-map-type'?: 'atomic';
  'x-kubernetes-patch-strategy'?: string;
  'x-kubernetes-patch-merge-key'?: string;
}

class ModelShape implements Shape {
  readonly #schema: Schema;
  readonly #target: Schema;
  readonly type: Shape['type'];
  readonly format: string | undefined;
  readonly model: string | undefined;
  readonly listType: 'map' | 'set' | 'atomic';
  readonly listKeys: readonly string[];
  readonly atomic: boolean;
  readonly patchMerge: boolean;
  readonly retainKeys: boolean;
  readonly mergeKey: string | undefined;
  readonly defaultValue: unknown;
  #fields: ReadonlyMap<string, Shape> | undefined;
  #items: Shape | undefined;

  constructor(schema: Schema, model?: string) {
    this.#schema = schema;
    this.model = schema.$ref ?? model;
    this.#target = schema.$ref ? models()[schema.$ref]! : schema;
    this.type = typeOf(this.#target);
    this.format = this.#target.format;
    this.listType = schema['x-kubernetes-list-type'] ?? 'atomic';
    this.listKeys = schema['x-kubernetes-list-map-keys'] ?? [];
    this.atomic = (schema['x-kubernetes-map-type'] ?? this.#target['x-kubernetes-map-type']) === 'atomic';
    const strategies = schema['x-kubernetes-patch-strategy']?.split(',') ?? [];
    this.patchMerge = strategies.includes('merge');
    this.retainKeys = strategies.includes('retainKeys');
    this.mergeKey = schema['x-kubernetes-patch-merge-key'];
    this.defaultValue = schema.default;
  }

  get fields(): ReadonlyMap<string, Shape> | undefined {
    if (!this.#fields && this.type === 'object') {
      // One map per model, however many members are of it.
      const whole = this.#schema.$ref ? shapeOf(this.#schema.$ref) : undefined;
      this.#fields =
        whole?.fields ??
        new Map(
          Object.entries(this.#target.properties!).map(([name, schema]) => [name, new ModelShape(schema)]),
        );
    }
    return this.#fields;
  }

  get items(): Shape | undefined {
    const schema = this.#schema.items ?? this.#schema.additionalProperties;
    if (!this.#items && schema) this.#items = new ModelShape(schema);
    return this.#items;
  }
}

function typeOf(schema: Schema): Shape['type'] {
  if (schema['x-kubernetes-int-or-string']) return 'int-or-string';
  if (schema.properties) return Object.keys(schema.properties).length ? 'object' : 'any';
  if (schema.additionalProperties) return 'map';
  if (schema.type === undefined || schema.type === 'object') return 'any';
  return schema.type as Shape['type'];
}

let parsed: Record<string, Schema> | undefined;
function models(): Record<string, Schema> {
  return (parsed ??= JSON.parse(shapesJson) as Record<string, Schema>);
}

const shapes = new Map<string, Shape>();

/** The shape of a model of `gen/types.ts`: `shapeOf('V1Pod')`. The first call parses them all (about 1 ms). @throws RangeError for an unknown name. */
export function shapeOf(model: string): Shape {
  let shape = shapes.get(model);
  if (!shape) {
    const schema = Object.hasOwn(models(), model) ? models()[model] : undefined;
    if (!schema) throw new RangeError(`there is no model ${model}`);
    shapes.set(model, (shape = new ModelShape(schema, model)));
  }
  return shape;
}
