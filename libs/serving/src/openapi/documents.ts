import type { ServedResource, WireType } from '../resource.ts';
import { gitVersion } from '@gantry/base';
import { definitionsOf, version2, version3, type Published } from './definitions.ts';
import { modelOf, type ModelNames, type Schemas } from './names.ts';
import { parameterTypes, pathsOf, type Method, type Operation, type Operations } from './paths.ts';

const infoOf = (version: string) => ({ title: 'Kubernetes', version: gitVersion(version) });

/** The OpenAPI v3 document of one group version. */
export function documentV3(
  schemas: Schemas,
  names: ModelNames,
  resources: readonly ServedResource[],
  version: string,
): unknown {
  const schemaOf = (type: WireType): Published => {
    const model = modelOf(schemas, type);
    return model ? { $ref: version3.reference(names.of(model)) } : { type: 'object' };
  };
  const operation = (each: Operation) => ({
    operationId: each.id,
    ...(each.parameters.length
      ? {
          parameters: each.parameters.map((name) => ({
            name,
            in: 'query',
            schema: { type: parameterTypes[name] ?? 'string', uniqueItems: true },
          })),
        }
      : {}),
    ...(each.consumes.length
      ? {
          requestBody: {
            content: Object.fromEntries(
              each.consumes.map((type) => [
                type,
                { schema: type.includes('patch') ? { type: 'object' } : schemaOf(each.type) },
              ]),
            ),
            required: true,
          },
        }
      : {}),
    responses: {
      '200': { description: 'OK', content: { 'application/json': { schema: schemaOf(each.type) } } },
      '401': { description: 'Unauthorized' },
    },
    'x-kubernetes-action': each.action,
    'x-kubernetes-group-version-kind': each.type,
  });
  return {
    openapi: '3.0.0',
    info: infoOf(version),
    paths: mapPaths(resources, operation, (path) => ({
      parameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
        name,
        in: 'path',
        required: true,
        schema: { type: 'string', uniqueItems: true },
      })),
    })),
    components: { schemas: definitionsOf(schemas, names, resources, version3) },
  };
}

/** The one OpenAPI v2 document. */
export interface DocumentV2 {
  swagger: '2.0';
  info: { title: string; version: string };
  paths: Record<string, Record<string, OperationV2>>;
  definitions: Record<string, Published>;
}

export interface OperationV2 {
  operationId: string;
  consumes: readonly string[];
  produces: readonly string[];
  parameters: { name: string; in: string; type: string; uniqueItems: true }[];
  responses: Record<string, { description: string }>;
  'x-kubernetes-action': string;
  'x-kubernetes-group-version-kind': WireType;
}

export function documentV2(
  schemas: Schemas,
  names: ModelNames,
  resources: readonly ServedResource[],
  version: string,
): DocumentV2 {
  const operation = (each: Operation): OperationV2 => ({
    operationId: each.id,
    consumes: each.consumes.length ? each.consumes : ['*/*'],
    produces: ['application/json', 'application/yaml'],
    parameters: each.parameters.map((name) => ({
      name,
      in: 'query',
      type: parameterTypes[name] ?? 'string',
      uniqueItems: true,
    })),
    responses: { '200': { description: 'OK' }, '401': { description: 'Unauthorized' } },
    'x-kubernetes-action': each.action,
    'x-kubernetes-group-version-kind': each.type,
  });
  return {
    swagger: '2.0',
    info: infoOf(version),
    paths: mapPaths(resources, operation, () => ({})) as DocumentV2['paths'],
    definitions: definitionsOf(schemas, names, resources, version2),
  };
}

function mapPaths<T>(
  resources: readonly ServedResource[],
  operation: (each: Operation) => T,
  common: (path: string) => object,
): Record<string, Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  const convert = (operations: Operations) =>
    Object.fromEntries(
      (Object.entries(operations) as [Method, Operation][]).map(([method, each]) => [
        method,
        operation(each),
      ]),
    );
  for (const resource of resources)
    for (const [path, operations] of Object.entries(pathsOf(resource)))
      paths[path] = { ...convert(operations), ...common(path) };
  return paths;
}
