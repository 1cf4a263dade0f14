import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a run of the command line left. */
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** The program's bundle; `./gantry` looks for newer sources before each run, which here would be in the way. */
export const gantryCommand: readonly [string, ...string[]] = [
  process.execPath,
  join(root, 'dist/bin/cli.js'),
];

/** Builds it where sources are newer. */
export async function buildGantry(): Promise<void> {
  const { code, stderr } = await runProgram(join(root, 'gantry'), ['version', '--client']);
  if (code !== 0) throw new Error(`gantry does not build: ${stderr}`);
}

/** Runs a program to its end. `until` ends it with SIGINT as soon as its output has this, as a person would. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; input?: string; until?: string; cwd?: string } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, ...options.env }, cwd: options.cwd });
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        texts[name] += text;
        if (options.until !== undefined && texts[name].includes(options.until)) child.kill('SIGINT');
      });
    child.once('error', reject);
    child.once('close', (code, signal) =>
      resolve({ code: code ?? (signal === 'SIGINT' ? 130 : 137), ...texts }),
    );
    // A program that ends without reading all is no failure.
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
  });
}
