import { StatusError, type StatusCause } from '@gantry/base';

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

function dryRunOf(values: readonly string[], kind: string): boolean {
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
  const options: WriteOptions = { user: exchange.user };
  if (subresource) options.subresource = subresource;
  if (exchange.info.search === '') {
    const manager = managerOf(exchange.req.headers['user-agent']);
    if (manager) options.fieldManager = manager;
    return options;
  }
  if (dryRunOf(exchange.query.getAll('dryRun').filter(Boolean), kind)) options.dryRun = true;
  const manager = exchange.param('fieldManager');
  if (manager !== undefined && (manager.length > 128 || !/^[\x20-\x7e]+$/.test(manager)))
    throw invalidOptions(kind, [
      {
        reason: 'FieldValueInvalid',
        field: 'fieldManager',
        message: `Invalid value: ${JSON.stringify(manager.slice(0, 128))}: must be at most 128 printable characters`,
      },
    ]);
  const named = manager ?? managerOf(exchange.req.headers['user-agent']);
  if (named) options.fieldManager = named;
  return options;
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
  if (body.length > 0) {
    const type = mediaType(req.headers['content-type']);
    const { value } = await parseBody(body, type === '' || type === 'text/plain' ? 'application/json' : type);
    const given = deleteBody(value);
    dryRun = given.dryRun;
    Object.assign(options, given.options);
  }
  dryRun.push(...exchange.query.getAll('dryRun').filter(Boolean));
  if (dryRunOf(dryRun, 'DeleteOptions')) options.dryRun = true;
  options.gracePeriodSeconds ??= integerOf(exchange, 'gracePeriodSeconds');
  const policy = options.propagationPolicy ?? exchange.param('propagationPolicy');
  if (policy !== undefined) {
    if (policy !== 'Orphan' && policy !== 'Background' && policy !== 'Foreground')
      throw invalidOptions('DeleteOptions', [
        {
          reason: 'FieldValueNotSupported',
          field: 'propagationPolicy',
          message: `Unsupported value: ${JSON.stringify(String(policy).slice(0, 100))}: supported values: "Foreground", "Background", "Orphan"`,
        },
      ]);
    options.propagationPolicy = policy;
  } else if (exchange.param('orphanDependents') !== undefined)
    options.propagationPolicy = booleanOf(exchange, 'orphanDependents') ? 'Orphan' : 'Background';
  return options;
}

export function deleteBody(value: unknown): { options: DeleteOptions; dryRun: string[] } {
  if (value === null) return { options: {}, dryRun: [] };
  if (typeof value !== 'object' || Array.isArray(value))
    throw StatusError.badRequest('the body of a deletion must be DeleteOptions');
  const { gracePeriodSeconds, preconditions, propagationPolicy, orphanDependents, dryRun } = value as Record<
    string,
    unknown
  >;
  const options: DeleteOptions = {};
  if (gracePeriodSeconds !== undefined && gracePeriodSeconds !== null) {
    if (!Number.isSafeInteger(gracePeriodSeconds))
      throw StatusError.badRequest(
        'json: cannot unmarshal into Go struct field DeleteOptions.gracePeriodSeconds of type int64',
      );
    options.gracePeriodSeconds = Math.max(0, gracePeriodSeconds as number);
  }
  if (typeof preconditions === 'object' && preconditions !== null) {
    const { uid, resourceVersion } = preconditions as Record<string, unknown>;
    options.preconditions = {
      ...(typeof uid === 'string' ? { uid } : {}),
      ...(typeof resourceVersion === 'string' ? { resourceVersion } : {}),
    };
  }
  if (typeof propagationPolicy === 'string')
    options.propagationPolicy = propagationPolicy as NonNullable<DeleteOptions['propagationPolicy']>;
  else if (typeof orphanDependents === 'boolean')
    options.propagationPolicy = orphanDependents ? 'Orphan' : 'Background';
  return {
    options,
    dryRun: Array.isArray(dryRun) ? dryRun.filter((each) => typeof each === 'string') : [],
  };
}
