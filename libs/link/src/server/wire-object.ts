import { StatusError } from '@gantry/base';
import { decode } from '@gantry/api';

/** What a status or a Node may measure in JSON, in bytes: a third of what one object may in etcd. */
export const maxStatusBytes = 512 << 10;
/** What an Event may. Its texts are cut to at most 1 KiB each. */
export const maxEventBytes = 64 << 10;
/** Deeper than any of the models; a walk of JSON that is nested without end would run out of stack. */
const maxDepth = 64;

/**
 * The object that a node sent as JSON, decoded as the API decodes bodies (ADR 0102): unknown members are dropped, what is left has
 * the model's types. BadRequest when it is not JSON; Invalid when it is larger than `mostBytes`, nested too deep, or of wrong types.
 */
export function readObject<T extends object>(
  model: string,
  bytes: Uint8Array | null | undefined,
  what: string,
  mostBytes: number,
): T {
  const size = bytes?.length ?? 0;
  if (size > mostBytes)
    throw new StatusError('Invalid', `${what} has ${size} bytes; at most ${mostBytes} are taken`);
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes ?? []).toString('utf8'));
  } catch {
    throw StatusError.badRequest(`${what} is not JSON`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new StatusError('Invalid', `${what} is not an object`);
  if (isDeep(value)) throw new StatusError('Invalid', `${what} is nested deeper than ${maxDepth} levels`);
  const { errors } = decode(model, value);
  // An error may quote what was sent.
  if (errors.length > 0) throw new StatusError('Invalid', `${what}: ${errors[0]!.slice(0, 300)}`);
  return value as T;
}

/** Without recursion: the stack is what is to be spared. */
function isDeep(value: object): boolean {
  let level: object[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return true;
    const next: object[] = [];
    for (const each of level)
      for (const member of Object.values(each) as unknown[])
        if (typeof member === 'object' && member !== null) next.push(member);
    level = next;
  }
  return false;
}
