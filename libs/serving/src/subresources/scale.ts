import { StatusError, isStatus } from '@gantry/base';
import {
  ageColumn,
  apiVersionOf,
  applyJsonPatch,
  applyMergePatch,
  applyStrategicMergePatch,
  decode,
  formatLabelSelector,
  nameColumn,
  type Column,
  type Kind,
  type KubeObject,
  type ScaleDefinition,
  type V1LabelSelector,
  type V1Scale,
} from '@gantry/api';
import { copyJson, type Entry } from '@gantry/state';
import type { Handler, ServingContext } from '../context.ts';
import type { Exchange } from '../exchange.ts';
import { readBody } from '../request/body.ts';
import { writeOptionsOf } from '../request/options.ts';
import { mediaType, parseBody, unsupported } from '../request/parse-body.ts';
import type { ServedSubresource } from '../resource.ts';
import { sendMade } from '../respond/represent.ts';
import { applierOf, applyAs, readConfiguration } from '../verbs/apply.ts';
import { mustNotLeadElsewhere } from '../verbs/create.ts';
import { nameIn } from '../verbs/name-in.ts';
import { applyType, patchTypes } from '../verbs/patch.ts';
import { writeAttempts } from '../verbs/write-attempts.ts';

/** `autoscaling/v1 Scale`: the number of replicas of whatever has one, in one form for all kinds. */
export function scaleSubresource(kind: Kind, definition: ScaleDefinition): ServedSubresource {
  const send = (exchange: Exchange, { clock }: ServingContext, entry: Entry) =>
    sendMade(exchange, scaleColumns, scaleOf(entry, definition), clock.now());
  const get: Handler = async (exchange, context) => {
    await send(exchange, context, await context.state.get(kind, nameIn(exchange)));
  };
  const update: Handler = async (exchange, context) => {
    const { value } = await parseBody(await readBody(exchange.req), exchange.req.headers['content-type']);
    const scale = checked(value);
    mustNotLeadElsewhere(exchange, kind, scale.metadata ?? {});
    await send(exchange, context, await write(exchange, context, kind, definition, () => scale, true));
  };
  const patch: Handler = async (exchange, context) => {
    const type = mediaType(exchange.req.headers['content-type']);
    if (type === applyType) return send(exchange, context, await applyScale(exchange, context, kind));
    const apply = Object.hasOwn(patches, type) ? patches[type] : undefined;
    if (!apply) throw unsupported(type, patchTypes);
    const { value } = await parseBody(await readBody(exchange.req), 'application/json');
    const change = (scale: V1Scale) => checked(apply(scale, value));
    await send(exchange, context, await write(exchange, context, kind, definition, change, false));
  };
  return {
    type: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
    handlers: { get, update, patch },
  };
}

const patches: Record<string, (scale: V1Scale, patch: unknown) => unknown> = {
  'application/json-patch+json': (scale, patch) => applyJsonPatch(scale, patch),
  'application/merge-patch+json': (scale, patch) => applyMergePatch(scale, patch),
  'application/strategic-merge-patch+json': (scale, patch) =>
    applyStrategicMergePatch('V1Scale', scale, patch),
};

/** `kubectl get deploy web --subresource=scale`; as `printScale` of `pkg/printers/internalversion`. */
const scaleColumns: readonly Column<ReturnType<typeof scaleOf>>[] = [
  nameColumn,
  { name: 'Desired', type: 'integer', value: ({ spec }) => spec.replicas },
  { name: 'Available', type: 'integer', value: ({ status }) => status.replicas },
  ageColumn,
];

function scaleOf({ object }: Entry, definition: ScaleDefinition) {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const selector = definition.selector ? at(object, definition.selector) : undefined;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, ...(namespace ? { namespace } : {}), uid, resourceVersion, creationTimestamp },
    spec: { replicas: Number(at(object, definition.replicas) ?? 0) },
    status: {
      replicas: Number(at(object, definition.statusReplicas) ?? 0),
      ...(selector ? { selector: formatLabelSelector(selector as V1LabelSelector) } : {}),
    },
  } satisfies V1Scale;
}

function checked(value: unknown): V1Scale {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw StatusError.badRequest('the object provided is unrecognized (must be of type Scale)');
  const { kind, apiVersion } = value as Record<string, unknown>;
  if ((kind ?? 'Scale') !== 'Scale' || (apiVersion ?? 'autoscaling/v1') !== 'autoscaling/v1')
    throw StatusError.badRequest('the body must be a Scale of autoscaling/v1');
  const { errors } = decode('V1Scale', value);
  if (errors[0] !== undefined)
    throw StatusError.badRequest(`Scale in version "v1" cannot be handled as a Scale: ${errors[0]}`);
  const scale = value as V1Scale;
  const replicas = scale.spec?.replicas ?? 0;
  if (replicas < 0) {
    const message = `Invalid value: ${replicas}: must be greater than or equal to 0`;
    throw new StatusError(
      'Invalid',
      `Scale.autoscaling ${JSON.stringify(scale.metadata?.name ?? '')} is invalid: spec.replicas: ${message}`,
      {
        details: {
          group: 'autoscaling',
          kind: 'Scale',
          causes: [{ reason: 'FieldValueInvalid', message, field: 'spec.replicas' }],
        },
      },
    );
  }
  return scale;
}

/** Server-side apply of a Scale: its manager owns the number of replicas of what is scaled. */
async function applyScale(exchange: Exchange, context: ServingContext, kind: Kind): Promise<Entry> {
  const manager = applierOf(exchange);
  const { metadata, spec } = checked((await readConfiguration(exchange, 'autoscaling/v1')).value);
  const { uid, resourceVersion } = metadata ?? {};
  const { namespace, name } = nameIn(exchange);
  mustNotLeadElsewhere(exchange, kind, metadata ?? {});
  const applied: KubeObject & { spec?: { replicas?: number } } = {
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    metadata: {
      name,
      ...(namespace ? { namespace } : {}),
      ...(uid ? { uid } : {}),
      ...(resourceVersion ? { resourceVersion } : {}),
    },
    ...(spec?.replicas === undefined ? {} : { spec: { replicas: spec.replicas } }),
  };
  const { entry } = await applyAs(exchange, context, kind, { manager, subresource: 'scale', applied });
  return entry;
}

/** Changes the replicas of what is there; only a revision that the client named itself makes it fail on a conflict. */
async function write(
  exchange: Exchange,
  { state }: ServingContext,
  kind: Kind,
  definition: ScaleDefinition,
  change: (scale: V1Scale) => V1Scale,
  whole: boolean,
): Promise<Entry> {
  const options = writeOptionsOf(exchange, 'UpdateOptions', 'scale');
  for (let attempt = 1; ; attempt++) {
    const current = await state.get(kind, nameIn(exchange));
    const before = scaleOf(current, definition);
    const scale = change(before);
    const named = scale.metadata?.resourceVersion;
    const pinned =
      named !== undefined && named !== '' && (whole || named !== before.metadata.resourceVersion);
    const object = copyJson(current.object) as KubeObject & { spec?: { replicas?: number } };
    object.spec = { ...object.spec, replicas: scale.spec?.replicas ?? 0 };
    if (pinned) object.metadata.resourceVersion = named;
    try {
      return await state.update(kind, object, options);
    } catch (error) {
      if (!isStatus(error, 'Conflict') || pinned || attempt >= writeAttempts) throw error;
    }
  }
}

function at(object: unknown, path: string): unknown {
  let value = object;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
