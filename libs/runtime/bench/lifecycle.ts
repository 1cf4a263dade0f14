import { systemClock } from '@gantry/base';
import { openTestRuntime } from '../src/testing/index.ts';

// How long each step of a container's life takes, one after the other, and how many can be started at once.
//   node libs/runtime/bench/lifecycle.ts [runs=40]     one JSON line, times in ms
const awake = setInterval(() => {}, 60_000); // the runtime itself keeps no process alive
const runs = Number(process.argv[2] ?? 40);
const steps: Record<string, number[]> = {
  create: [],
  start: [],
  execFirstByte: [],
  exitSeen: [],
  remove: [],
  stats: [],
};
const now = () => systemClock.monotonicMs();
async function timed<T>(step: string, work: () => Promise<T>): Promise<T> {
  const began = now();
  const result = await work();
  steps[step]?.push(now() - began);
  return result;
}

const test = await openTestRuntime();
const { runtime } = test;
const watchers = new Map<string, () => void>();
runtime.onChange((container) => {
  if (container.state === 'exited') watchers.get(container.id)?.();
});
for (let run = 0; run < runs + 3; run++) {
  if (run === 3) for (const list of Object.values(steps)) list.length = 0; // the first ones warm up
  const id = `bench-${run}`;
  const exited = new Promise<void>((resolve) => watchers.set(id, resolve));
  const config = test.config(id);
  await timed('create', () => runtime.create(config));
  await timed('start', () => runtime.start(id));
  await timed('stats', () => runtime.stats(id));
  await timed('execFirstByte', async () => {
    const session = await runtime.exec(id, { args: ['echo', 'x'] });
    await new Promise((resolve) => session.stdout.once('data', resolve));
    void session.exit;
  });
  await timed('exitSeen', async () => {
    await runtime.kill(id, 'SIGKILL');
    await exited;
  });
  await timed('remove', () => runtime.remove(id));
}
const percentile = (list: number[], share: number) =>
  Math.round(
    (list.sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? NaN) * 100,
  ) / 100;
const result: Record<string, unknown> = { bench: 'runtime-lifecycle', runtime: runtime.version, runs };
for (const [step, list] of Object.entries(steps))
  result[step] = { p50: percentile(list, 0.5), p99: percentile(list, 0.99) };

const many = 20;
const began = now();
await Promise.all(
  Array.from({ length: many }, async (_, index) => {
    const id = `many-${index}`;
    await runtime.create(test.config(id));
    await runtime.start(id);
  }),
);
result.startsPerSecond = Math.round((many / (now() - began)) * 1000);
console.log(JSON.stringify(result));
await test[Symbol.asyncDispose]();
clearInterval(awake);
