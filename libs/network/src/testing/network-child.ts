import { createMetrics, silentLogger, systemClock } from '@gantry/base';
import { linuxHost } from '@gantry/host';
import { openPodNetwork } from '../pods/pod-network.ts';
import { openServiceProxy } from '../services/service-proxy.ts';
import type { NetworkAnswer, NetworkCall } from './network-process.ts';

const common = {
  host: linuxHost,
  log: silentLogger,
  clock: systemClock,
  metrics: createMetrics({ processMetrics: false }),
};
const [, , runDir = ''] = process.argv;
const targets = openTargets();

async function openTargets() {
  return {
    pods: await openPodNetwork({ ...common, runDir, poolSize: 3 }),
    services: await openServiceProxy(common),
  };
}

process.on('message', async ({ id, target, method, parameters }: NetworkCall) => {
  const answer: NetworkAnswer = { id };
  try {
    const object = (await targets)[target] as unknown as Record<
      string,
      (...parameters: unknown[]) => unknown
    >;
    answer.value = await object[method]!(...parameters);
  } catch (error) {
    answer.error = String(error);
  }
  process.send!(answer);
});
process.on('disconnect', () => process.exit());
