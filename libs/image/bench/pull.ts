/**
 * Pull and unpack of a 300 MB image of ten layers from docker-registry on this machine, and the cost of a root:
 *
 *     node libs/image/bench/pull.ts [layers] [megabytes per layer]
 *
 * Needs root and docker-registry. Prints JSON.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { silentLogger } from '@gantry/base';
import { linuxHost } from '@gantry/host';
import { assembleImage, layerFromDirectory, openImageStore, pushImage } from '../src/index.ts';
import { startRegistry } from '../src/testing/index.ts';

const layerCount = Number(process.argv[2] ?? 10);
const layerMegabytes = Number(process.argv[3] ?? 30);
const work = mkdtempSync(join(tmpdir(), 'gantry-bench-'));
await using registry = await startRegistry();

// Half random, half text: about what programs and libraries compress to. 64 KiB files with a few large ones.
const layers = [];
for (let layer = 0; layer < layerCount; layer++) {
  const directory = join(work, `tree-${layer}`);
  let left = layerMegabytes * 1e6;
  for (let file = 0; left > 0; file++) {
    const size = Math.min(left, file % 50 === 0 ? 4e6 : 32_000);
    const folder = join(directory, `layer${layer}`, `d${file % 20}`);
    mkdirSync(folder, { recursive: true });
    const half = randomBytes(size / 2);
    writeFileSync(
      join(folder, `f${file}`),
      Buffer.concat([half, Buffer.alloc(size - half.length, 'some text that compresses ')]),
    );
    left -= size;
  }
  layers.push(await layerFromDirectory({ directory, path: join(work, `layer-${layer}`) }));
}
const reference = `${registry.host}/bench/big:1`;
const image = assembleImage({ reference, layers });
await pushImage({ image });
const compressed = image.layers.reduce((sum, { size }) => sum + size, 0);
const uncompressed = layerCount * layerMegabytes * 1e6;

const runs = [];
for (let run = 0; run < 3; run++) {
  const root = join(work, `store-${run}`);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await using store = await openImageStore({ root, host: linuxHost, log: silentLogger });
  delay.enable();
  const cpu = process.cpuUsage();
  const started = performance.now();
  const pulled = await store.pull(reference);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  delay.disable();
  const roots = createHistogram();
  for (let i = 0; i < 300; i++) {
    const before = performance.now();
    await store.prepareRoot(`bench-${i}`, pulled);
    roots.record(Math.max(1, Math.round((performance.now() - before) * 1000)));
  }
  runs.push({
    seconds: round(seconds),
    compressedMBps: round(compressed / 1e6 / seconds),
    uncompressedMBps: round(uncompressed / 1e6 / seconds),
    cpuSeconds: round((user + system) / 1e6),
    loopDelayP99Ms: round(delay.percentile(99) / 1e6),
    loopDelayMaxMs: round(delay.max / 1e6),
    prepareRootMedianUs: roots.percentile(50),
    prepareRootP99Us: roots.percentile(99),
    pullAgainMs: await pullAgain(),
  });

  async function pullAgain(): Promise<number> {
    const before = performance.now();
    await store.pull(reference);
    return round(performance.now() - before);
  }
}
console.log(
  JSON.stringify(
    {
      layers: layerCount,
      compressedMB: round(compressed / 1e6),
      uncompressedMB: uncompressed / 1e6,
      blobMB: round(statSync(join(work, 'layer-0')).size / 1e6),
      runs,
    },
    undefined,
    2,
  ),
);
rmSync(work, { recursive: true, force: true });

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
