import type { Clock } from '@gantry/base';
import { check, type Action, type CheckResult, type CheckTarget } from './check.ts';

/** `lifecycle.postStart`, `lifecycle.preStop`. */
export type LifecycleHook = Action & { sleep?: { seconds: number } };

/** Runs a hook to its end or to the timeout; never throws. */
export async function runHook(
  hook: LifecycleHook,
  target: CheckTarget,
  clock: Clock,
  timeoutMs: number,
): Promise<CheckResult> {
  if (hook.sleep) {
    await clock.sleep(Math.min(timeoutMs, hook.sleep.seconds * 1000));
    return { ok: true, message: '' };
  }
  const result = await check(hook, target, timeoutMs);
  // Whatever a server answers, it has been told (pkg/kubelet/lifecycle/handlers.go, runHTTPHandler).
  return { ...result, ok: result.ok || result.statusCode !== undefined };
}
