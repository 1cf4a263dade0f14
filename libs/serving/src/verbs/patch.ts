import { StatusError, isStatus } from '@gantry/base';
import {
  applyJsonPatch,
  applyMergePatch,
  applyStrategicMergePatch,
  type Kind,
  type KubeObject,
} from '@gantry/api';
import type { Entry } from '@gantry/state';
import type { KindHandler } from '../context.ts';
import type { Exchange } from '../exchange.ts';
import { readBody } from '../request/body.ts';
import { asObject, complain, conformTo, fieldValidationOf } from '../request/object.ts';
import { invalidOptions, writeOptionsOf } from '../request/options.ts';
import { mediaType, parseBody, unsupported } from '../request/parse-body.ts';
import { sendEntry } from '../respond/represent.ts';
import { applyPatch } from './apply.ts';
import { placeUnderName } from './create.ts';
import { nameIn } from './name-in.ts';
import { writeAttempts } from './write-attempts.ts';

/** Applies one kind of patch to a frozen object; neither is changed. */
type Algorithm = (kind: Kind, original: KubeObject, patch: unknown) => KubeObject;

const algorithms: Record<string, Algorithm> = {
  'application/json-patch+json': (_, original, patch) => applyJsonPatch(original, patch),
  'application/merge-patch+json': (_, original, patch) => applyMergePatch(original, patch),
  'application/strategic-merge-patch+json': (kind, original, patch) =>
    applyStrategicMergePatch(kind.schema, original, patch),
};

export const applyType = 'application/apply-patch+yaml';
export const patchTypes: readonly string[] = [...Object.keys(algorithms), applyType];

export const patchOf =
  (subresource?: string): KindHandler =>
  async (exchange, context, kind) => {
    const type = mediaType(exchange.req.headers['content-type']);
    if (type === applyType) return applyPatch(exchange, context, kind, subresource);
    const algorithm = Object.hasOwn(algorithms, type) ? algorithms[type] : undefined;
    if (!algorithm) throw unsupported(type, patchTypes);
    if (exchange.param('force') !== undefined)
      throw invalidOptions('PatchOptions', [
        {
          reason: 'FieldValueForbidden',
          field: 'force',
          message: 'Forbidden: may not be specified for non-apply patch',
        },
      ]);
    const { value: patch } = await parseBody(await readBody(exchange.req), 'application/json');
    const options = writeOptionsOf(exchange, 'PatchOptions', subresource);
    const name = nameIn(exchange);
    for (let attempt = 1; ; attempt++) {
      const current = await context.state.get(kind, name);
      const patched = patchedObject(exchange, kind, current, algorithm, patch);
      // A patch that names a revision means that one and no other.
      const pinned = patched.metadata.resourceVersion !== current.object.metadata.resourceVersion;
      try {
        const entry = await context.state.update(kind, patched, options);
        return await sendEntry(exchange, 200, kind, entry, context.clock.now());
      } catch (error) {
        if (!isStatus(error, 'Conflict') || pinned || attempt >= writeAttempts) throw error;
      }
    }
  };

function patchedObject(
  exchange: Exchange,
  kind: Kind,
  current: Entry,
  algorithm: Algorithm,
  patch: unknown,
): KubeObject {
  const object = asObject(algorithm(kind, current.object, patch), kind);
  const complaints = conformTo(kind, object);
  const validation = fieldValidationOf(exchange);
  if (complaints.length > 0 && validation === 'Strict') throw unknownInPatch(kind, complaints);
  if (exchange.warnings.length === 0) complain(exchange, kind, validation, complaints);
  placeUnderName(exchange, kind, object);
  return object;
}

function unknownInPatch(kind: Kind, complaints: readonly string[]): StatusError {
  const message = `Invalid value: "patch": strict decoding error: ${complaints.slice(0, 10).join(', ')}`;
  return new StatusError('Invalid', `${kind.kind} "" is invalid: patch: ${message}`, {
    details: {
      kind: kind.kind,
      ...(kind.group ? { group: kind.group } : {}),
      causes: [{ reason: 'FieldValueInvalid', message, field: 'patch' }],
    },
  });
}
