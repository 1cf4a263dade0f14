import { StatusError, type StatusCause } from '@gantry/base';
import { decode, type V1DeleteOptions } from '@gantry/api';

import type { DeleteOptions, ListQuery, Selection, WriteOptions } from '@gantry/state';
import type { Exchange } from '../exchange.ts';
import { mediaType, parseBody } from './parse-body.ts';
import { readBody } from './body.ts';
import { isTrue } from './request-info.ts';

/** What query parameters say, with upstream's answers to wrong ones. */

export function selectionOf(exchange: Exchange): Selection {
  const { info } = exchange;
  return {
    ...(info.namespace ? { namespace: info.namespace } : {}),
    labelSelector: exchange.param('labelSelector'),
    fieldSelector: exchange.param('fieldSelector'),
  };
}

export function listQueryOf(exchange: Exchange): ListQuery {
  const query: ListQuery = selectionOf(exchange);
  if (exchange.info.search === '') return query;
  const limit = integerOf(exchange, 'limit');
  if (limit !== undefined && limit > 0) query.limit = limit;
  const token = exchange.param('continue');
  if (token !== undefined) query.continue = token;
  const resourceVersion = resourceVersionOf(exchange);
  if (resourceVersion !== undefined) query.resourceVersion = resourceVersion;
  if (exchange.param('sendInitialEvents') !== undefined)
    throw forbiddenOption('sendInitialEvents is forbidden for list', 'sendInitialEvents');
  const match = exchange.param('resourceVersionMatch');
  if (match !== undefined) {
    if (match !== 'NotOlderThan' && match !== 'Exact')
      throw invalidOptions('ListOptions', [
        {
          reason: 'FieldValueNotSupported',
          field: 'resourceVersionMatch',
          message: `Unsupported value: ${JSON.stringify(match)}: supported values: "Exact", "NotOlderThan", ""`,
        },
      ]);
    if (token !== undefined)
      throw forbiddenOption('resourceVersionMatch is forbidden when continue is provided');
    if (resourceVersion === undefined)
      throw forbiddenOption('resourceVersionMatch is forbidden unless resourceVersion is provided');
    if (match === 'Exact' && resourceVersion === '0')
      throw forbiddenOption('resourceVersionMatch "exact" is forbidden for resourceVersion "0"');
    query.resourceVersionMatch = match;
  }
  if (token !== undefined && resourceVersion !== undefined && resourceVersion !== '0')
    throw StatusError.badRequest('specifying resource version is not allowed when using continue');
  return query;
}

function forbiddenOption(why: string, field = 'resourceVersionMatch'): StatusError {
  return invalidOptions('ListOptions', [
    { reason: 'FieldValueForbidden', field, message: `Forbidden: ${why}` },
  ]);
}

export function resourceVersionOf(exchange: Exchange): string | undefined {
  const text = exchange.param('resourceVersion');
  if (text !== undefined && !/^[0-9]{1,19}$/.test(text))
    throw invalidOptions('ListOptions', [
      {
        reason: 'FieldValueInvalid',
        field: 'resourceVersion',
        message: `Invalid value: ${JSON.stringify(text.slice(0, 100))}: strconv.ParseUint: parsing ${JSON.stringify(text.slice(0, 100))}: invalid syntax`,
      },
    ]);
  return text;
}

/** A whole number; BadRequest otherwise. */
export function integerOf(exchange: Exchange, name: string): number | undefined {
  const text = exchange.param(name);
  if (text === undefined) return undefined;
  if (!/^-?[0-9]{1,15}$/.test(text))
    throw StatusError.badRequest(
      `strconv.ParseInt: parsing ${JSON.stringify(text.slice(0, 100))}: invalid syntax (parameter ${name})`,
    );
  return Number(text);
}

const unitsMs: Record<string, number> = {
  ...{ ns: 1e-6, us: 1e-3, '\u00b5s': 1e-3, '\u03bcs': 1e-3 },
  ...{ ms: 1, s: 1000, m: 60_000, h: 3_600_000 },
};

/**
 * How long the client wants to wait at most (`timeout=5s`), in milliseconds; undefined: as long as it takes. BadRequest for what Go's
 * `time.ParseDuration` does not read (apiserver `pkg/endpoints/filters/request_deadline.go`).
 */
export function timeoutMsOf(exchange: Exchange): number | undefined {
  const text = exchange.info.search.includes('timeout=') ? exchange.param('timeout') : undefined;
  if (text === undefined) return undefined;
  const unsigned = text.replace(/^[-+]/, '');
  const parts = [...unsigned.matchAll(/(\d+(?:\.\d*)?|\.\d+)([^\d.]*)/g)];
  const ms = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (unitsMs[unit!] ?? Number.NaN), 0);
  if (unsigned === '0') return undefined;
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== unsigned || Number.isNaN(ms))
    throw StatusError.badRequest(
      `invalid timeout specified in the request URL - time: invalid duration ${JSON.stringify(text.slice(0, 100))}`,
    );
  return ms > 0 && !text.startsWith('-') ? ms : undefined;
}

export function booleanOf(exchange: Exchange, name: string): boolean {
  if (exchange.info.search === '') return false;
  const values = exchange.query.get(name);
  return values !== null && isTrue(values);
}

export function invalidOptions(kind: string, causes: StatusCause[]): StatusError {
  const lines = causes.map((each) => `${each.field}: ${each.message}`);
  return new StatusError(
    'Invalid',
    `${kind}.meta.k8s.io "" is invalid: ${lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`}`,
    { details: { group: 'meta.k8s.io', kind, causes } },
  );
}

export function dryRunOf(values: readonly string[], kind: string): boolean {
  for (const value of values)
    if (value !== 'All')
      throw invalidOptions(kind, [
        {
          reason: 'FieldValueNotSupported',
          field: 'dryRun',
          message: `Unsupported value: ${JSON.stringify(value.slice(0, 100))}: supported values: "All"`,
        },
      ]);
  return values.length > 0;
}

export function writeOptionsOf(exchange: Exchange, kind: string, subresource?: string): WriteOptions {
  const options: WriteOptions = { user: exchange.user, warn: (text) => exchange.warn(text) };
  if (subresource) options.subresource = subresource;
  if (exchange.info.search === '') {
    options.fieldManager = managerOf(exchange.req.headers['user-agent']);
    return options;
  }
  if (dryRunOf(exchange.query.getAll('dryRun').filter(Boolean), kind)) options.dryRun = true;
  const manager = exchange.param('fieldManager');
  if (manager !== undefined) checkManager(manager, kind);
  options.fieldManager = manager ?? managerOf(exchange.req.headers['user-agent']);
  return options;
}

const longestManager = 128;

/** `k8s.io/apimachinery/pkg/apis/meta/v1/validation`, `ValidateFieldManager`. */
function checkManager(manager: string, kind: string): void {
  const field = 'fieldManager';
  const causes: StatusCause[] = [];
  if (Buffer.byteLength(manager) > longestManager)
    causes.push({
      ...{ reason: 'FieldValueTooLong', field },
      message: `Too long: may not be more than ${longestManager} bytes`,
    });
  let at = 0;
  for (const character of manager.slice(0, longestManager)) {
    if (!/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character)) {
      const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
      causes.push({
        ...{ reason: 'FieldValueInvalid', field },
        message: `Invalid value: ${JSON.stringify(manager.slice(0, longestManager))}: invalid character U+${code} (at position ${at})`,
      });
    }
    at += Buffer.byteLength(character);
  }
  if (causes.length > 0) throw invalidOptions(kind, causes);
}

/** Without a name, the program's: what stands before the slash of the user agent. */
function managerOf(agent: string | undefined): string {
  return (agent ?? '')
    .split('/', 1)[0]!
    .replace(/[^\x20-\x7e]/g, '')
    .slice(0, 128);
}

/** What a deletion says in its body and, where that is silent, in its query. */
export async function deleteOptionsOf(exchange: Exchange): Promise<DeleteOptions> {
  const options: DeleteOptions = { user: exchange.user };
  const { req } = exchange;
  const body = await readBody(req);
  let dryRun: string[] = [];
  let orphanDependents: boolean | undefined;
  if (body.length > 0) {
    const type = mediaType(req.headers['content-type']);
    const { value } = await parseBody(body, type === '' || type === 'text/plain' ? 'application/json' : type);
    const given = deleteBody(value);
    ({ dryRun, orphanDependents } = given);
    Object.assign(options, given.options);
  }
  dryRun.push(...exchange.query.getAll('dryRun').filter(Boolean));
  if (dryRunOf(dryRun, 'DeleteOptions')) options.dryRun = true;
  options.gracePeriodSeconds ??= integerOf(exchange, 'gracePeriodSeconds');
  const policy = options.propagationPolicy ?? exchange.param('propagationPolicy');
  const orphan =
    orphanDependents ??
    (exchange.param('orphanDependents') === undefined ? undefined : booleanOf(exchange, 'orphanDependents'));
  const causes: StatusCause[] = [];
  if (policy !== undefined) {
    const field = 'propagationPolicy';
    const text = JSON.stringify(policy.slice(0, 100));
    if (orphan !== undefined)
      causes.push({
        ...{ reason: 'FieldValueInvalid', field },
        message: `Invalid value: ${text}: orphanDependents and deletionPropagation cannot be both set`,
      });
    if (policy === 'Orphan' || policy === 'Background' || policy === 'Foreground')
      options.propagationPolicy = policy;
    else
      causes.push({
        ...{ reason: 'FieldValueNotSupported', field },
        message: `Unsupported value: ${text}: supported values: "Foreground", "Background", "Orphan", "nil"`,
      });
    if (causes.length > 0) throw invalidOptions('DeleteOptions', causes);
  } else if (orphan !== undefined) options.propagationPolicy = orphan ? 'Orphan' : 'Background';
  return options;
}

/** A body that asks for a deletion, as it says it: what is not read strictly here would delete more than was meant. */
export interface DeleteBody {
  options: DeleteOptions;
  dryRun: string[];
  orphanDependents: boolean | undefined;
}

export function deleteBody(value: unknown): DeleteBody {
  if (value === null) return { options: {}, dryRun: [], orphanDependents: undefined };
  if (typeof value !== 'object' || Array.isArray(value))
    throw StatusError.badRequest('the body of a deletion must be DeleteOptions');
  const { kind } = value as { kind?: unknown };
  const { errors } = decode('V1DeleteOptions', value);
  if (errors[0] !== undefined)
    throw StatusError.badRequest(
      `DeleteOptions in version "v1" cannot be handled as a DeleteOptions: ${errors[0]}`,
    );
  if (kind !== undefined && kind !== '' && kind !== 'DeleteOptions')
    throw StatusError.badRequest('decoded object cannot be converted to DeleteOptions');
  const given = value as V1DeleteOptions;
  const { gracePeriodSeconds, preconditions, propagationPolicy, orphanDependents, dryRun = [] } = given;
  const options: DeleteOptions = {};
  if (gracePeriodSeconds !== undefined) options.gracePeriodSeconds = gracePeriodSeconds;
  if (preconditions) {
    const { uid, resourceVersion } = preconditions;
    options.preconditions = {
      ...(uid === undefined ? {} : { uid }),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
    };
  }
  // Whether there is such a policy is looked at with what the query says.
  if (propagationPolicy)
    options.propagationPolicy = propagationPolicy as NonNullable<DeleteOptions['propagationPolicy']>;
  return { options, dryRun, orphanDependents };
}
