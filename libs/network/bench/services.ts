import { createMetrics, silentLogger, systemClock } from '@gantry/base';
import { CLONE_NEWNET, linuxHost } from '@gantry/host';
import type { ServicePort } from '../src/network.ts';
import { openServiceProxy } from '../src/services/service-proxy.ts';

// node libs/network/bench/services.ts: what it costs to keep Services in the kernel. Runs in a network namespace of its own; needs root.
linuxHost.syscalls.unshare(CLONE_NEWNET);

function services(count: number): ServicePort[] {
  return Array.from({ length: count }, (_, i) => ({
    key: `default/service-${i}:http`,
    protocol: 'TCP' as const,
    port: 80,
    clusterIps: [`10.43.${i >> 8}.${i & 255}`],
    externalIps: [],
    endpoints: [0, 1, 2].map((n) => ({
      address: `10.42.${(i >> 6) & 255}.${((i * 3 + n) % 250) + 2}`,
      port: 8080,
    })),
  }));
}

for (const count of [1, 1000, 10_000]) {
  await using proxy = await openServiceProxy({
    host: linuxHost,
    log: silentLogger,
    clock: systemClock,
    metrics: createMetrics({ processMetrics: false }),
    table: `bench-${count}`,
  });
  const timed = async (ports: ServicePort[]) => {
    const start = performance.now();
    await proxy.apply(ports);
    return performance.now() - start;
  };
  const ports = services(count);
  const first = await timed(ports);
  const changes: number[] = [];
  for (let i = 0; i < 21; i++) {
    const old = ports[i % count]!;
    ports[i % count] = {
      ...old,
      endpoints: i % 2 ? old.endpoints.slice(0, 2) : [...old.endpoints, { address: '10.42.9.9', port: 1 }],
    };
    changes.push(await timed(structuredClone(ports)));
  }
  const same = await timed(structuredClone(ports));
  changes.sort((a, b) => a - b);
  console.log(
    `${String(count).padStart(6)} services: first ${first.toFixed(1)} ms, one change ${changes[10]!.toFixed(1)} ms (max ${changes[20]!.toFixed(1)}), no change ${same.toFixed(2)} ms`,
  );
  await proxy.destroy();
}
