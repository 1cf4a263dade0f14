import { mkdtempSync, rmSync } from 'node:fs';
import { createMetrics, silentLogger, systemClock } from '@gantry/base';
import { CLONE_NEWNET, linuxHost } from '@gantry/host';
import { RouteSocket } from '../src/netlink/route-socket.ts';
import { openPodNetwork } from '../src/pods/pod-network.ts';

// node libs/network/bench/pods.ts: what a pod's sandbox costs. Runs in a network namespace of its own; needs root.
linuxHost.syscalls.unshare(CLONE_NEWNET);
const runDir = mkdtempSync('/run/gantry-bench-');
const network = await openPodNetwork({
  host: linuxHost,
  runDir,
  log: silentLogger,
  clock: systemClock,
  metrics: createMetrics({ processMetrics: false }),
  clusterCidr: '10.42.0.0/16',
});

const quantile = (values: number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * q)]!;
function report(what: string, ms: number[]): void {
  const text = [0.5, 0.9, 1].map((q) => quantile(ms, q).toFixed(3)).join(' / ');
  console.log(`${what.padEnd(44)} ${text} ms (median / p90 / max, ${ms.length})`);
}
async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

try {
  console.log(
    `open: ${(await timed(() => network.open({ podCidr: '10.42.0.0/20', known: [] }))).toFixed(1)} ms`,
  );
  await systemClock.sleep(300);
  const hit: number[] = [];
  for (let i = 0; i < 100; i++) {
    hit.push(await timed(() => network.acquire({ id: `hit-${i}`, hostname: `hit-${i}` })));
    await systemClock.sleep(60);
  }
  report('acquire, pool has one', hit);
  const burst: number[] = [];
  const start = performance.now();
  await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      timed(() => network.acquire({ id: `b-${i}`, hostname: 'b' })).then((ms) => burst.push(ms)),
    ),
  );
  console.log(`100 at once: ${(performance.now() - start).toFixed(1)} ms in all`);
  const miss: number[] = [];
  for (let i = 0; i < 100; i++)
    miss.push(await timed(() => network.acquire({ id: `miss-${i}`, hostname: 'm' })));
  report('acquire, pool empty, one after another', miss.slice(8));
  const release: number[] = [];
  const releasing = performance.now();
  for (let i = 0; i < 100; i++)
    for (const kind of ['hit', 'b', 'miss']) release.push(await timed(() => network.release(`${kind}-${i}`)));
  report('release', release);
  using route = new RouteSocket();
  while (route.links().filter((link) => link.kind === 'veth').length > 8) await systemClock.sleep(2);
  console.log(
    `300 released and destroyed by the kernel after ${(performance.now() - releasing).toFixed(0)} ms`,
  );
} finally {
  await network.destroy();
  rmSync(runDir, { recursive: true, force: true });
}
