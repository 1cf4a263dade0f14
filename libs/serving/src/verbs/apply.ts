import { StatusError, isStatus, timestamp } from '@gantry/base';
import { apiVersionOf, applyConflict, serverSideApply, type Kind, type KubeObject } from '@gantry/api';
import type { Entry } from '@gantry/state';
import type { ServingContext } from '../context.ts';
import type { Exchange } from '../exchange.ts';
import { readBody } from '../request/body.ts';
import { asObject, complain, conformTo, fieldValidationOf } from '../request/object.ts';
import { booleanOf, invalidOptions, writeOptionsOf } from '../request/options.ts';
import { parseBody } from '../request/parse-body.ts';
import { sendEntry } from '../respond/represent.ts';
import { placeUnderName } from './create.ts';
import { nameIn } from './name-in.ts';
import { writeAttempts } from './write-attempts.ts';

/** Server-side apply: makes the object where it is not there yet, and keeps the books of who owns which field. */
export async function applyPatch(
  exchange: Exchange,
  context: ServingContext,
  kind: Kind,
  subresource: string | undefined,
): Promise<void> {
  const manager = exchange.param('fieldManager');
  if (!manager)
    throw invalidOptions('PatchOptions', [
      {
        reason: 'FieldValueRequired',
        field: 'fieldManager',
        message: 'Required value: is required for apply patch',
      },
    ]);
  const options = { ...writeOptionsOf(exchange, 'PatchOptions', subresource), applied: true };
  const applied = await configurationOf(exchange, kind);
  for (let attempt = 1; ; attempt++) {
    const live = await find(exchange, context, kind);
    // A part of something can only be applied to something.
    if (!live && subresource)
      throw StatusError.notFound({ group: kind.group, resource: kind.plural }, exchange.info.name);
    const { uid } = applied.metadata;
    if (!live && uid)
      throw StatusError.conflict(
        { group: kind.group, resource: kind.plural },
        exchange.info.name,
        `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`,
      );
    const { object, conflicts } = serverSideApply({
      schema: kind.schema,
      live: live?.object as KubeObject | undefined,
      applied,
      manager,
      force: booleanOf(exchange, 'force'),
      subresource,
      statusApart: kind.subresources.status === true,
      time: timestamp(context.clock.now()),
    });
    if (conflicts.length > 0) throw applyConflict(conflicts);
    try {
      if (live && object === live.object)
        return await sendEntry(exchange, 200, kind, live, context.clock.now());
      const entry = live
        ? await context.state.update(kind, object, options)
        : await context.state.create(kind, object, options);
      return await sendEntry(exchange, live ? 200 : 201, kind, entry, context.clock.now());
    } catch (error) {
      const pinned = applied.metadata.resourceVersion !== undefined;
      if (!isStatus(error, 'Conflict', 'AlreadyExists') || pinned || attempt >= writeAttempts) throw error;
    }
  }
}

/** What the client wants to be so: JSON or YAML, not more than the kind has, and without the books. */
async function configurationOf(exchange: Exchange, kind: Kind): Promise<KubeObject> {
  const body = await readBody(exchange.req);
  const validation = fieldValidationOf(exchange);
  // Most clients send JSON, which is YAML but much cheaper to read as what it is.
  const type = body[0] === 0x7b ? 'application/json' : 'application/yaml';
  const { value, complaints } = await parseBody(body, type, validation !== 'Ignore');
  const { apiVersion = '', kind: name } = (value ?? {}) as { apiVersion?: unknown; kind?: unknown };
  // What says nothing of itself is no configuration: applied, it would give up all that its manager owns.
  if (apiVersion !== apiVersionOf(kind))
    throw StatusError.badRequest(
      `Incorrect version specified in apply patch. Specified patch version: ${String(apiVersion).slice(0, 100)}, expected: ${apiVersionOf(kind)}`,
    );
  if (name === undefined) throw StatusError.badRequest("error decoding YAML: Object 'Kind' is missing");
  const object = asObject(value, kind);
  complain(exchange, kind, validation, [...complaints, ...conformTo(kind, object)]);
  if (object.metadata.managedFields !== undefined)
    throw StatusError.badRequest('metadata.managedFields must be nil');
  object.metadata.name ??= exchange.info.name;
  placeUnderName(exchange, kind, object);
  return object;
}

async function find(exchange: Exchange, { state }: ServingContext, kind: Kind): Promise<Entry | undefined> {
  try {
    return await state.get(kind, nameIn(exchange));
  } catch (error) {
    if (isStatus(error, 'NotFound')) return undefined;
    throw error;
  }
}
