import { StatusError, isStatus } from '@gantry/base';
import { apiVersionOf, decode, shapeOf, type Kind, type KubeObject } from '@gantry/api';
import type { Exchange } from '../exchange.ts';
import { readBody } from './body.ts';
import { parseBody, type JsonObject } from './parse-body.ts';
import { invalidOptions } from './options.ts';

export type FieldValidation = 'Ignore' | 'Warn' | 'Strict';

export function fieldValidationOf(exchange: Exchange): FieldValidation {
  const text = exchange.param('fieldValidation') ?? 'Warn';
  if (text === 'Ignore' || text === 'Warn' || text === 'Strict') return text;
  const kind = { POST: 'CreateOptions', PUT: 'UpdateOptions' }[exchange.req.method ?? ''] ?? 'PatchOptions';
  throw invalidOptions(kind, [
    {
      reason: 'FieldValueNotSupported',
      field: 'fieldValidation',
      message: `Unsupported value: ${JSON.stringify(text.slice(0, 100))}: supported values: "", "Ignore", "Strict", "Warn"`,
    },
  ]);
}

/** More than this many complaints help nobody and fill headers. */
const maxComplaints = 10;

/** The object in a request's body, decoded as strictly as the client asked and of the right kind. */
export async function objectOf(exchange: Exchange, kind: Kind): Promise<KubeObject> {
  const validation = fieldValidationOf(exchange);
  const body = await readBody(exchange.req);
  let decoded;
  try {
    decoded = await parseBody(body, exchange.req.headers['content-type'], validation !== 'Ignore');
  } catch (error) {
    if (!isStatus(error, 'BadRequest')) throw error;
    throw StatusError.badRequest(
      `the object provided is unrecognized (must be of type ${kind.kind}): ${error.message} (${summaryOf(body)})`,
    );
  }
  const object = asObject(decoded.value, kind);
  const complaints = [...decoded.complaints, ...conformTo(kind, object)];
  complain(exchange, kind, validation, complaints);
  return object;
}

/** The beginning of a body, for whoever sent it to know it again: JSON as it is, everything else in hex. */
function summaryOf(body: Buffer): string {
  if (body.length === 0) return '<empty>';
  const begin = body.subarray(0, 30).toString(body[0] === 0x7b ? 'utf8' : 'hex');
  return body.length > 30 ? `${begin} ...` : begin;
}

/** Checks kind and version of what was sent; what is missing is what the URL says. */
export function asObject(value: unknown, kind: Kind): KubeObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw StatusError.badRequest(
      `the object provided is unrecognized (must be of type ${kind.kind}): couldn't get version/kind; json parse error: json: cannot unmarshal ${
        Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value
      } into Go value of type struct { APIVersion string; Kind string }`,
    );
  const object = value as JsonObject;
  const expected = apiVersionOf(kind);
  const apiVersion = object['apiVersion'] ?? expected;
  const kindName = object['kind'] ?? kind.kind;
  if (typeof apiVersion !== 'string' || typeof kindName !== 'string')
    throw StatusError.badRequest(
      `the object provided is unrecognized (must be of type ${kind.kind}): couldn't get version/kind; apiVersion and kind must be strings`,
    );
  if (apiVersion !== expected)
    throw StatusError.badRequest(
      `the API version in the data (${apiVersion.slice(0, 100)}) does not match the expected API version (${expected})`,
    );
  if (kindName !== kind.kind)
    throw StatusError.badRequest(
      `${kindName.slice(0, 100)} in version ${JSON.stringify(kind.version)} cannot be handled as a ${kind.kind}: ` +
        `the kind in the data does not match the kind of the resource ${kind.plural}`,
    );
  object['apiVersion'] = expected;
  object['kind'] = kind.kind;
  object['metadata'] ??= {};
  return object as unknown as KubeObject;
}

/**
 * Makes the object what upstream's decoder would make of it, in place, and returns its unknown fields as complaints; BadRequest
 * for values of a wrong type. Whatever runs after this (defaults, validation, tables) may trust the types.
 */
export function conformTo(kind: Kind, object: KubeObject): string[] {
  const { errors, unknown } = decode(kind.schema, object);
  if (errors[0] !== undefined) throw cannotBeHandled(kind, errors[0]);
  // In Go no kind's spec can be absent: what is left out is empty, and lacks what it lacks.
  if (shapeOf(kind.schema).fields?.get('spec')?.type === 'object') {
    const specified = object as KubeObject & { spec?: object };
    specified.spec ??= {};
  }
  return unknown.map((path) => `unknown field ${JSON.stringify(path)}`);
}

function cannotBeHandled(kind: Kind, why: string): StatusError {
  return StatusError.badRequest(
    `${kind.kind} in version ${JSON.stringify(kind.version)} cannot be handled as a ${kind.kind}: ${why}`,
  );
}

/** Refuses, warns or is silent, as the client asked. */
export function complain(
  exchange: Exchange,
  kind: Kind,
  validation: FieldValidation,
  complaints: readonly string[],
): void {
  if (complaints.length === 0 || validation === 'Ignore') return;
  const told = complaints.slice(0, maxComplaints);
  if (complaints.length > maxComplaints) told.push(`and ${complaints.length - maxComplaints} more`);
  if (validation === 'Strict') throw cannotBeHandled(kind, `strict decoding error: ${told.join(', ')}`);
  for (const each of told) exchange.warnings.push(...warningsOf(each));
}

/** Upstream's YAML reader complains of all lines at once: as warnings they are one each. */
function warningsOf(complaint: string): string[] {
  return complaint
    .replace(/^yaml: unmarshal errors:\n/, '')
    .split('\n')
    .map((line) => line.trim());
}
