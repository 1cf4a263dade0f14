import { runControllers } from '@gantry/controllers';
import type { ComponentContext } from './component.ts';

/** The controllers over this process's State. */
export async function runControllersHere(context: ComponentContext, signal: AbortSignal): Promise<void> {
  const { state, clock, random, metrics, clusterCidr, serviceCidr, caCertificate } = context;
  const { nodeMonitorGracePeriodMs, nodeMonitorPeriodMs } = context;
  await runControllers(
    {
      ...{ state, clock, random, metrics, clusterCidr, serviceCidr, caCertificate },
      ...{ nodeMonitorGracePeriodMs, nodeMonitorPeriodMs },
      log: context.log.child({ component: 'controllers' }),
    },
    signal,
  );
}
