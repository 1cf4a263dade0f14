import { StatusError } from '@gantry/base';
import { kinds } from '@gantry/api';
import type { DeleteOptions } from '@gantry/state';
import type { Handler } from '../context.ts';
import { deleteBody, dryRunOf } from '../request/options.ts';
import { readBody } from '../request/body.ts';
import { parseBody } from '../request/parse-body.ts';

/** `pods/eviction` (policy/v1): deletes the pod as `kubectl drain` asks it to. There are no disruption budgets to ask yet. */
export const evictPod: Handler = async (exchange, { state }) => {
  const { value } = await parseBody(await readBody(exchange.req), exchange.req.headers['content-type']);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw StatusError.badRequest('the object provided is unrecognized (must be of type Eviction)');
  const { kind, metadata, deleteOptions } = value as Record<string, unknown>;
  if (kind !== undefined && kind !== 'Eviction') throw StatusError.badRequest('the body must be an Eviction');
  const { namespace, name } = exchange.info;
  const named = (metadata as { name?: unknown } | null | undefined)?.name;
  if (named && named !== name)
    throw StatusError.badRequest('name in URL does not match name in Eviction object');
  const options: DeleteOptions = { user: exchange.user };
  const dryRun = exchange.query.getAll('dryRun').filter(Boolean);
  if (deleteOptions !== undefined) {
    const given = deleteBody(deleteOptions);
    Object.assign(options, given.options);
    if (given.orphanDependents !== undefined)
      options.propagationPolicy ??= given.orphanDependents ? 'Orphan' : 'Background';
    dryRun.push(...given.dryRun);
  }
  if (dryRunOf(dryRun, 'CreateOptions')) options.dryRun = true;
  await state.delete(kinds.pod, { namespace, name }, options);
  await exchange.sendObject(201, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    code: 201,
  });
};
