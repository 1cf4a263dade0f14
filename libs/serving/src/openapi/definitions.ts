import type { Schema } from '@gantry/api';
import type { ServedResource, WireType } from '../resource.ts';
import { closureOf, modelOf, wireTypesOf, type ModelNames, type Schemas } from './names.ts';

/** A schema as it is published: with references to published names. */
export type Published = Record<string, unknown>;

/** How versions 2 and 3 of OpenAPI differ in what is published here. */
export interface Dialect {
  reference(name: string): string;
  /** Version 3 has siblings of a reference ignored, so that it is wrapped. */
  wrapsReferences: boolean;
}

export const version2: Dialect = { reference: (name) => `#/definitions/${name}`, wrapsReferences: false };
export const version3: Dialect = {
  reference: (name) => `#/components/schemas/${name}`,
  wrapsReferences: true,
};

/** The schemas of everything that goes over the wire for some resources, by published name. */
export function definitionsOf(
  schemas: Schemas,
  names: ModelNames,
  resources: readonly ServedResource[],
  dialect: Dialect,
): Record<string, Published> {
  const kinds = new Map<string, WireType[]>();
  for (const { type, model } of wireTypesOf(resources)) {
    const known = model && Object.hasOwn(schemas, model) ? model : modelOf(schemas, type);
    if (!known) continue;
    const list = kinds.get(known) ?? [];
    if (!list.some((each) => each.group === type.group && each.kind === type.kind)) list.push(type);
    kinds.set(known, list);
  }
  const definitions: Record<string, Published> = {};
  for (const model of closureOf(schemas, [...kinds.keys(), 'V1DeleteOptions', 'V1Status'])) {
    const published = publish(schemas[model]!, names, dialect);
    const types = kinds.get(model);
    if (types) published['x-kubernetes-group-version-kind'] = types;
    definitions[names.of(model)] = published;
  }
  return definitions;
}

function publish(schema: Schema, names: ModelNames, dialect: Dialect): Published {
  const { $ref, properties, items, additionalProperties, ...rest } = schema;
  if ($ref !== undefined) {
    const reference = { $ref: dialect.reference(names.of($ref)) };
    if (Object.keys(rest).length === 0) return reference;
    return dialect.wrapsReferences ? { ...rest, allOf: [reference] } : { ...rest, ...reference };
  }
  const published: Published = { ...rest };
  // Clients of both versions take `int-or-string` for what it is only on a string.
  if (rest['x-kubernetes-int-or-string']) {
    delete published['x-kubernetes-int-or-string'];
    if (dialect.wrapsReferences) published['oneOf'] = [{ type: 'integer' }, { type: 'string' }];
    else published['type'] = 'string';
  }
  // Quantities are strings to everybody outside.
  if (published['format'] === 'quantity') delete published['format'];
  if (properties)
    published['properties'] = Object.fromEntries(
      Object.entries(properties).map(([name, each]) => [name, publish(each, names, dialect)]),
    );
  if (items) published['items'] = publish(items, names, dialect);
  if (additionalProperties) published['additionalProperties'] = publish(additionalProperties, names, dialect);
  return published;
}
