import { StatusError, isStatus, timestamp } from '@gantry/base';
import { apiVersionOf, applyConflict, serverSideApply, type Kind, type KubeObject } from '@gantry/api';
import type { Entry } from '@gantry/state';
import type { ServingContext } from '../context.ts';
import type { Exchange } from '../exchange.ts';
import { readBody } from '../request/body.ts';
import { asObject, complain, conformTo, fieldValidationOf } from '../request/object.ts';
import { booleanOf, invalidOptions, writeOptionsOf } from '../request/options.ts';
import { parseBody, type ParsedBody } from '../request/parse-body.ts';
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
  const manager = applierOf(exchange);
  const applied = await configurationOf(exchange, kind);
  const { entry, created } = await applyAs(exchange, context, kind, { manager, subresource, applied });
  await sendEntry(exchange, created ? 201 : 200, kind, entry, context.clock.now());
}

/** In whose name is applied: an apply without a name is refused. */
export function applierOf(exchange: Exchange): string {
  const manager = exchange.param('fieldManager');
  if (manager) return manager;
  throw invalidOptions('PatchOptions', [
    {
      reason: 'FieldValueRequired',
      field: 'fieldManager',
      message: 'Required value: is required for apply patch',
    },
  ]);
}

export interface Application {
  manager: string;
  subresource: string | undefined;
  /** What shall be so, decoded and of the kind that is written. */
  applied: KubeObject;
}

/** Applies to what the URL names, anew where somebody else was first. */
export async function applyAs(
  exchange: Exchange,
  context: ServingContext,
  kind: Kind,
  { manager, subresource, applied }: Application,
): Promise<{ entry: Entry; created: boolean }> {
  const options = { ...writeOptionsOf(exchange, 'PatchOptions', subresource), applied: true };
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
      if (live && object === live.object) return { entry: live, created: false };
      const entry = live
        ? await context.state.update(kind, object, options)
        : await context.state.create(kind, object, options);
      return { entry, created: !live };
    } catch (error) {
      const pinned = applied.metadata.resourceVersion !== undefined;
      if (!isStatus(error, 'Conflict', 'AlreadyExists') || pinned || attempt >= writeAttempts) throw error;
    }
  }
}

/** What the client wants to be so: not more than the kind has, and without the books. */
async function configurationOf(exchange: Exchange, kind: Kind): Promise<KubeObject> {
  const { value, complaints } = await readConfiguration(exchange, apiVersionOf(kind));
  const object = asObject(value, kind);
  complain(exchange, kind, fieldValidationOf(exchange), [...complaints, ...conformTo(kind, object)]);
  object.metadata.name ??= exchange.info.name;
  placeUnderName(exchange, kind, object);
  return object;
}

/** The body of an apply, JSON or YAML, which says what it is and leaves the books to the server. */
export async function readConfiguration(exchange: Exchange, expectedVersion: string): Promise<ParsedBody> {
  const body = await readBody(exchange.req);
  // Most clients send JSON, which is YAML but much cheaper to read as what it is.
  const type = body[0] === 0x7b ? 'application/json' : 'application/yaml';
  const parsed = await parseBody(body, type, fieldValidationOf(exchange) !== 'Ignore');
  const { apiVersion = '', kind, metadata } = (parsed.value ?? {}) as Record<string, unknown>;
  // What says nothing of itself is no configuration: applied, it would give up all that its manager owns.
  if (apiVersion !== expectedVersion)
    throw StatusError.badRequest(
      `Incorrect version specified in apply patch. Specified patch version: ${String(apiVersion).slice(0, 100)}, expected: ${expectedVersion}`,
    );
  if (kind === undefined) throw StatusError.badRequest("error decoding YAML: Object 'Kind' is missing");
  if ((metadata as { managedFields?: unknown } | null | undefined)?.managedFields !== undefined)
    throw StatusError.badRequest('metadata.managedFields must be nil');
  return parsed;
}

async function find(exchange: Exchange, { state }: ServingContext, kind: Kind): Promise<Entry | undefined> {
  try {
    return await state.get(kind, nameIn(exchange));
  } catch (error) {
    if (isStatus(error, 'NotFound')) return undefined;
    throw error;
  }
}
