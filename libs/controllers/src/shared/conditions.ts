import { timestamp } from '@gantry/base';

/** What the conditions of all kinds have in common. */
export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
  lastUpdateTime?: string;
}

export function conditionOf<C extends Condition>(
  conditions: readonly C[] | undefined,
  type: string,
): C | undefined {
  return conditions?.find((condition) => condition.type === type);
}

/**
 * The list with the condition set. As upstream's setters do it: the same status and reason change nothing, not even the message; the
 * transition time moves only with the status.
 */
export function withCondition<C extends Condition>(
  conditions: readonly C[],
  next: Omit<C, 'lastTransitionTime'>,
  nowMs: number,
): C[] {
  const before = conditionOf(conditions, next.type);
  if (before && before.status === next.status && before.reason === next.reason) return [...conditions];
  const lastTransitionTime =
    before && before.status === next.status ? before.lastTransitionTime : timestamp(nowMs);
  return [...conditions.filter(({ type }) => type !== next.type), { ...next, lastTransitionTime } as C];
}

export function withoutCondition<C extends Condition>(conditions: readonly C[], type: string): C[] {
  return conditions.filter((condition) => condition.type !== type);
}
