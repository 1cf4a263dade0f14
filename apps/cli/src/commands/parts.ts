import type { Command } from 'commander';
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const server = ['--components=apiserver,scheduler,controller-manager'];

/** The parts of a cluster that run alone, on real machines; each has a bundle of its own beside this one. */
const parts: readonly { name: string; bundle: string; description: string; args?: readonly string[] }[] = [
  {
    name: 'server',
    bundle: 'apiserver',
    args: server,
    description: 'run API server, scheduler and controllers in one process',
  },
  { name: 'agent', bundle: 'agent', description: 'run the agent of this machine' },
  {
    name: 'join',
    bundle: 'agent',
    description: 'join this machine to a cluster and run its agent: join --server … --token …',
  },
  { name: 'apiserver', bundle: 'apiserver', description: 'run the API server' },
  { name: 'scheduler', bundle: 'scheduler', description: 'run the scheduler' },
  { name: 'controller-manager', bundle: 'controller-manager', description: 'run the controllers' },
];

export function partCommands(program: Command): void {
  for (const { name, bundle, description, args = [] } of parts)
    program
      .command(name)
      .description(description)
      .helpOption(false)
      .allowUnknownOption()
      .allowExcessArguments()
      .action((_flags: object, command: Command) => run(bundle, [...args, ...command.args]));
}

/** In this process's place, as far as Node can: its signals go to the part, whose exit code becomes ours. */
function run(bundle: string, args: readonly string[]): Promise<void> {
  const script = join(dirname(fileURLToPath(import.meta.url)), `${bundle}.js`);
  const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.exitCode = code ?? (signal === 'SIGKILL' ? 137 : 143);
      resolve();
    });
  });
}
