// Checks the sources, then runs the test projects one after the other (they share the machine), whatever fails, and closes with one line
// that counts: the tests, and among the failed each check, and each test file that failed outside of its tests.
//   node tools/run-tests.mjs [unit|system|e2e …]     only those tests
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const asked = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };

/** Resolves with the exit code and, unless it goes to our own output, with what the program wrote. */
function run([program, ...args], stdio = 'inherit') {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', stdio, stdio] });
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => output.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output: Buffer.concat(output).toString('utf8') }));
  });
}

async function check(name, command) {
  const began = performance.now();
  const { code, output } = await run(command, 'pipe');
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(`${name}: ${code === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
  if (code === 0) return;
  total.failed++;
  console.log(output.trim());
}

async function test(project, file) {
  const began = performance.now();
  console.log(`\n${project} tests`);
  const { code } = await run([
    process.execPath,
    'node_modules/vitest/vitest.mjs',
    'run',
    `--project=${project}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  console.log(`${project} tests: ${Math.round((performance.now() - began) / 1000)} s`);
  let failed = 0;
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    total.passed += report.numPassedTests;
    total.skipped += report.numPendingTests + report.numTodoTests;
    const outside = report.testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && assertionResults.every((each) => each.status !== 'failed'),
    );
    failed = report.numFailedTests + outside.length;
  } catch {
    // the runner itself failed, and has said why
  }
  total.failed += code === 0 ? failed : Math.max(failed, 1);
}

if (asked.length === 0)
  await Promise.all([
    check('format', ['prettier', '--check', '--log-level=warn', '.']),
    (async () => {
      await check('types', ['npm', 'run', '-s', 'typecheck']);
      await check('lint', ['npm', 'run', '-s', 'lint']);
    })(),
  ]);
await check('build', [process.execPath, 'tools/build.mjs']);

const folder = mkdtempSync(join(tmpdir(), 'gantry-results-'));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => {
    rmSync(folder, { recursive: true, force: true });
    process.kill(process.pid, signal);
  });
try {
  for (const project of asked.length > 0 ? asked : ['unit', 'system', 'e2e'])
    await test(project, join(folder, `${project}.json`));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
