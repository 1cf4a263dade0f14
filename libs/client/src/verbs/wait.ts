import { UsageError } from '../arguments.ts';
import type { KubeObject } from '@gantry/api';
import { parseJsonPath } from '../output/json-path.ts';

/** What `wait --for=…` waits for: said of an object, or of its absence. */
export type WaitCondition = (object: KubeObject | undefined) => boolean;

/**
 * Reads `delete`, `create`, `condition=Ready[=True]`, `jsonpath={.a.b}[=value]`. An object whose `status.observedGeneration` lags does not
 * count for conditions, as for kubectl.
 */
export function parseWaitFor(text: string): WaitCondition {
  if (text.toLowerCase() === 'delete') return (object) => object === undefined;
  if (text.toLowerCase() === 'create') return (object) => object !== undefined;
  const condition = /^condition=([^=]+)(?:=(.*))?$/.exec(text);
  if (condition) {
    const [, type = '', wanted = 'True'] = condition;
    return (object) => {
      if (!object) return false;
      const { status, metadata } = object as ConditionedObject;
      if (
        status?.observedGeneration !== undefined &&
        metadata.generation !== undefined &&
        status.observedGeneration < metadata.generation
      )
        return false;
      const found = status?.conditions?.find((each) => each.type.toLowerCase() === type.toLowerCase());
      return found?.status.toLowerCase() === wanted.toLowerCase();
    };
  }
  const path = /^jsonpath=(.*)$/s.exec(text);
  if (path) {
    const match = /^('?)(\{.*\})\1(?:=(.*))?$/s.exec(path[1]!);
    const bare = match ? undefined : /^([^=]+)(?:=(.*))?$/.exec(path[1]!);
    const template = match?.[2] ?? bare?.[1];
    if (!template)
      throw new UsageError(
        `error: jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'`,
      );
    const wanted = (match ? match[3] : bare?.[2])?.replace(/^(['"])(.*)\1$/s, '$2');
    const parsed = parseJsonPath(template);
    return (object) => {
      if (!object) return false;
      const values = parsed.values(object);
      if (values.length > 1)
        throw new UsageError('error: given jsonpath expression matches more than one list');
      const [value] = values;
      if (value === undefined) return false;
      return wanted === undefined
        ? true
        : (typeof value === 'string' ? value : JSON.stringify(value)) === wanted;
    };
  }
  throw new UsageError(`error: unrecognized condition: "${text}"`);
}

interface ConditionedObject extends KubeObject {
  status?: { observedGeneration?: number; conditions?: { type: string; status: string }[] };
}

/** Go's durations, as far as flags need them (`30s`, `1m30s`, `500ms`, `0`), in milliseconds. */
export function parseDuration(text: string): number {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  if (!/^(\d+(\.\d+)?(ms|h|m|s))+$/.test(text)) throw new UsageError(`error: invalid duration "${text}"`);
  const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  let sum = 0;
  for (const [, amount, , unit] of text.matchAll(/(\d+(\.\d+)?)(ms|h|m|s)/g))
    sum += Number(amount) * units[unit!]!;
  return sum;
}
