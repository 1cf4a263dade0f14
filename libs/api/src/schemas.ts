/** One schema of OpenAPI v3, with Kubernetes' extensions; `$ref` names another model. */
export interface Schema {
  description?: string;
  type?: string;
  format?: string;
  $ref?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: Schema;
  default?: unknown;
  [extension: `x-kubernetes-${string}`]: unknown;
}

/**
 * All models of the API with their descriptions, by name (`V1Pod`), for OpenAPI and `explain`. They are 700 KB and are
 * loaded by the first call; who needs only the structure uses `shapeOf`.
 */
export function loadSchemas(): Promise<Readonly<Record<string, Schema>>> {
  return (loading ??= import('./gen/schemas.json', { with: { type: 'json' } }).then(
    (module) => module.default as Record<string, Schema>,
  ));
}

let loading: Promise<Readonly<Record<string, Schema>>> | undefined;
