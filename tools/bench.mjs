// Measures a cluster: npm run bench [-- --only get,list] [--repeat 3] [--kubeconfig FILE --image REF]. Without --kubeconfig it starts a
// cluster of its own and removes it at the end. Results: dist/bench/<date>.jsonl and a table on stdout. See docs/benchmarks.md.
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import * as cluster from './bench/cluster.mjs';
import { measures, ownClusterOnly } from './bench/measures.mjs';
import { overRepetitions, summary, table } from './bench/statistics.mjs';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    repeat: { type: 'string', default: '1' },
    kubeconfig: { type: 'string' },
    image: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});
const own = options.kubeconfig === undefined;
const names =
  options.only?.split(',') ?? Object.keys(measures).filter((name) => own || !ownClusterOnly.has(name));
const repeat = Number(options.repeat);

function fail(text) {
  console.error(`bench: ${text}`);
  process.exit(2);
}

if (options.help) {
  console.log('npm run bench -- [--only MEASURE,…] [--repeat N] [--kubeconfig FILE --image REF]\n');
  for (const [name, text] of Object.entries(measures)) console.log(`  ${name.padEnd(12)} ${text}`);
  process.exit(0);
}
for (const name of names) {
  if (measures[name] === undefined)
    fail(`no measure '${name}': there are ${Object.keys(measures).join(', ')}`);
  if (!own && ownClusterOnly.has(name)) fail(`'${name}' measures only the cluster this program starts`);
}
if (!(Number.isInteger(repeat) && repeat > 0)) fail('--repeat wants a number from 1 up');
if (own !== (options.image === undefined)) fail('--kubeconfig and --image go together');
if (own && process.getuid() !== 0) fail('a cluster on this host needs root: sudo npm run bench');

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => stop.abort(new Error('interrupted')));

const begun = new Date();
const file = `dist/bench/${begun.toISOString().slice(0, 19).replaceAll(':', '')}.jsonl`;
const revision = execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim();
const lines = [];
let failed = false;

const progress = (text) =>
  console.error(`[${Math.round((Date.now() - begun) / 1000)} s, load ${loadavg()[0].toFixed(1)}] ${text}`);

function record(measure, repetition, result) {
  const at = new Date().toISOString();
  const line = { at, measure, repetition, ...result, loadAverage: loadavg()[0], revision };
  lines.push(line);
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}

/** One measure, once, in a child process; killed when this program is interrupted. */
async function runInChild(measure, repetition, target) {
  const child = fork(new URL('bench/child.mjs', import.meta.url), { detached: true });
  const kill = () => child.kill('SIGKILL');
  stop.signal.addEventListener('abort', kill);
  child.on('message', ({ result }) => record(measure, repetition, result));
  child.send({ measure, ...target });
  const [[code]] = await Promise.all([once(child, 'exit'), once(child, 'disconnect')]); // the latter follows the last message
  stop.signal.removeEventListener('abort', kill);
  stop.signal.throwIfAborted();
  if (code !== 0) {
    failed = true;
    progress(`${measure} failed`);
  }
}

/** The bench's own cluster, started as often as its start shall be measured. */
async function start() {
  const times = names.includes('up') ? repeat : 1;
  progress('building, if need be');
  await cluster.build();
  for (let repetition = 1; ; repetition++) {
    stop.signal.throwIfAborted();
    progress('gantry up');
    const seconds = await cluster.up();
    stop.signal.throwIfAborted();
    if (names.includes('up'))
      record(
        'up',
        repetition,
        summary({ name: 'gantry up → two Ready nodes', unit: 's', samples: [seconds] }),
      );
    if (repetition === times) break;
    await cluster.down();
  }
  return { kubeconfig: cluster.kubeconfig, image: await cluster.pushImage() };
}

async function measureAll(target) {
  for (const measure of names.filter((name) => name !== 'up')) {
    for (let repetition = 1; repetition <= repeat; repetition++) {
      stop.signal.throwIfAborted();
      progress(`${measures[measure]}${repeat > 1 ? ` (${repetition} of ${repeat})` : ''}`);
      await runInChild(measure, repetition, target);
    }
  }
}

mkdirSync('dist/bench', { recursive: true });
try {
  if (own) {
    cluster.refuseIfThere();
    try {
      await measureAll(await start());
    } finally {
      progress('gantry down');
      await cluster.down();
    }
  } else {
    await measureAll({ kubeconfig: options.kubeconfig, image: options.image });
  }
} catch (error) {
  failed = true;
  console.error(`bench: ${error.message}`);
}
const rows = Map.groupBy(lines, ({ name }) => name);
if (rows.size > 0) console.log(`${table([...rows.values()].map(overRepetitions))}\n\n${file}`);
process.exitCode = failed ? 1 : 0;
