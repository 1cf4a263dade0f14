import { openapi } from '@gantry/proto/openapi';
import type { Published } from './definitions.ts';
import type { DocumentV2, OperationV2 } from './documents.ts';

type Message = openapi.v2.ISchema;

/** The v2 document as gnostic's protobuf, which kubectl up to 1.26 reads. Values of extensions travel as YAML: JSON is that. */
export function encodeGnostic(document: DocumentV2): Uint8Array {
  return openapi.v2.Document.encode({
    swagger: document.swagger,
    info: document.info,
    paths: {
      path: Object.entries(document.paths).map(([name, operations]) => ({
        name,
        value: Object.fromEntries(
          Object.entries(operations).map(([method, each]) => [method, encodeOperation(each)]),
        ),
      })),
    },
    definitions: {
      additionalProperties: Object.entries(document.definitions).map(([name, each]) => ({
        name,
        value: encodeSchema(each),
      })),
    },
  }).finish();
}

function encodeOperation(operation: OperationV2): openapi.v2.IOperation {
  return {
    operationId: operation.operationId,
    consumes: [...operation.consumes],
    produces: [...operation.produces],
    parameters: operation.parameters.map(({ name, type }) => ({
      parameter: { nonBodyParameter: { queryParameter: { name, type, in: 'query' } } },
    })),
    responses: {
      responseCode: Object.entries(operation.responses).map(([name, { description }]) => ({
        name,
        value: { response: { description } },
      })),
    },
    vendorExtension: extensionsOf(operation as unknown as Published),
  };
}

function encodeSchema(schema: Published): Message {
  const { $ref, format, description, required, type, items, properties, additionalProperties } = schema;
  return {
    ...(typeof $ref === 'string' ? { ref: $ref } : {}),
    ...(typeof format === 'string' ? { format } : {}),
    ...(typeof description === 'string' ? { description } : {}),
    ...(Array.isArray(required) ? { required: required as string[] } : {}),
    ...(typeof type === 'string' ? { type: { value: [type] } } : {}),
    ...(items ? { items: { schema: [encodeSchema(items as Published)] } } : {}),
    ...(additionalProperties
      ? { additionalProperties: { schema: encodeSchema(additionalProperties as Published) } }
      : {}),
    ...(properties
      ? {
          properties: {
            additionalProperties: Object.entries(properties as Record<string, Published>).map(
              ([name, each]) => ({ name, value: encodeSchema(each) }),
            ),
          },
        }
      : {}),
    vendorExtension: extensionsOf(schema),
  };
}

function extensionsOf(object: Published): openapi.v2.INamedAny[] {
  return Object.entries(object)
    .filter(([name]) => name.startsWith('x-'))
    .map(([name, value]) => ({ name, value: { yaml: `${JSON.stringify(value)}\n` } }));
}
