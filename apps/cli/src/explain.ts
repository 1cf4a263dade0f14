import { qualifiedName, UsageError } from '@gantry/client';
import type { KubeContext } from './context.ts';

/** A schema as OpenAPI v3 has it, as far as it is explained. */
interface Schema {
  description?: string;
  type?: string;
  format?: string;
  $ref?: string;
  allOf?: Schema[];
  items?: Schema;
  additionalProperties?: Schema | boolean;
  properties?: Record<string, Schema>;
  required?: string[];
  enum?: unknown[];
  'x-kubernetes-group-version-kind'?: { group: string; version: string; kind: string }[];
}

type Schemas = Record<string, Schema>;

/** What the server's OpenAPI document says about `pod.spec.containers`, laid out as kubectl does. */
export async function explain(
  { connection, discovery }: KubeContext,
  text: string,
  options: { recursive?: boolean; apiVersion?: string },
): Promise<string> {
  const [name = '', ...path] = text.split('.').filter(Boolean);
  const [group, version] = options.apiVersion?.includes('/')
    ? options.apiVersion.split('/')
    : ['', options.apiVersion];
  const resource = await discovery.find(
    version === undefined ? name : `${name}.${version}${group ? `.${group}` : ''}`,
  );
  const where = resource.group ? `/apis/${resource.group}/${resource.version}` : `/api/${resource.version}`;
  const document = JSON.parse(
    (await connection.request({ path: `/openapi/v3${where}` })).body.toString(),
  ) as {
    components?: { schemas?: Schemas };
  };
  const schemas = document.components?.schemas ?? {};
  const root = Object.values(schemas).find((schema) =>
    schema['x-kubernetes-group-version-kind']?.some(
      (each) =>
        each.kind === resource.kind && each.group === resource.group && each.version === resource.version,
    ),
  );
  if (!root)
    throw new UsageError(
      `error: couldn't find resource for "${qualifiedName(resource)}" in the server's OpenAPI document`,
    );
  let schema: Schema = root;
  for (const field of path) {
    const member = fieldsOf(schemas, schema)[field];
    if (!member) throw new UsageError(`error: field "${field}" does not exist`);
    schema = member;
  }
  const target = resolve(schemas, itemOf(schemas, schema));
  const texts = [
    ...new Set([schema.description, target.description].filter((each): each is string => !!each)),
  ];
  const head = [
    ...(resource.group ? [`GROUP:      ${resource.group}`] : []),
    `KIND:       ${resource.kind}`,
    `VERSION:    ${resource.version}`,
    '',
    ...(path.length > 0 ? [`FIELD: ${path.at(-1)} <${typeName(schemas, schema)}>`, '', ''] : []),
    'DESCRIPTION:',
    ...(texts.length > 0 ? texts : ['<empty>']).flatMap((each) => wrap(each, 4)),
    '',
  ];
  const fields = fieldLines(schemas, target, options.recursive ?? false, 2, new Set());
  return [
    ...head,
    ...(fields.length > 0 ? ['FIELDS:', ...fields] : ['']),
    ...(options.recursive ? [''] : []),
  ].join('\n');
}

function fieldLines(
  schemas: Schemas,
  schema: Schema,
  recursive: boolean,
  indent: number,
  above: ReadonlySet<Schema>,
): string[] {
  const blank = ' '.repeat(indent);
  return Object.entries(fieldsOf(schemas, schema))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, field]) => {
      const required = schema.required?.includes(name) ? ' -required-' : '';
      const line = `${blank}${name}\t<${typeName(schemas, field)}>${required}`;
      if (!recursive) return [line, ...wrap(field.description ?? '<no description>', indent + 2), ''];
      const inner = resolve(schemas, itemOf(schemas, field));
      // A schema may hold itself (JSONSchemaProps): once is enough.
      return [
        line,
        ...(above.has(inner) ? [] : fieldLines(schemas, inner, true, indent + 2, new Set([...above, inner]))),
      ];
    });
}

function resolve(schemas: Schemas, schema: Schema): Schema {
  const name = (schema.$ref ?? schema.allOf?.[0]?.$ref)?.replace('#/components/schemas/', '');
  return name === undefined ? schema : (schemas[name] ?? {});
}

/** What a list or a map holds, all the way down. */
function itemOf(schemas: Schemas, schema: Schema): Schema {
  const whole = resolve(schemas, schema);
  if (whole.items) return itemOf(schemas, whole.items);
  return typeof whole.additionalProperties === 'object'
    ? itemOf(schemas, whole.additionalProperties)
    : schema;
}

const fieldsOf = (schemas: Schemas, schema: Schema) =>
  resolve(schemas, itemOf(schemas, schema)).properties ?? {};

function typeName(schemas: Schemas, schema: Schema): string {
  const reference = schema.$ref ?? schema.allOf?.[0]?.$ref;
  const whole = resolve(schemas, schema);
  if (whole.items) return `[]${typeName(schemas, whole.items)}`;
  if (typeof whole.additionalProperties === 'object')
    return `map[string]${typeName(schemas, whole.additionalProperties)}`;
  if (reference !== undefined && whole.properties) return reference.slice(reference.lastIndexOf('.') + 1);
  return whole.type === 'object' || whole.type === undefined ? 'Object' : whole.type;
}

function wrap(text: string, indent: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line && line.length + 1 + word.length > 80 - indent) {
        lines.push(line);
        line = word;
      } else line = line ? `${line} ${word}` : word;
    }
    lines.push(line);
  }
  return lines.map((line) => (' '.repeat(indent) + line).trimEnd());
}
