import { Command, CommanderError } from 'commander';
import { addKubeOptions, inheritOptions, normalizeArguments, verbOf } from './flags.ts';
import { describeError } from './errors.ts';

interface Group {
  title: string;
  verbs: readonly string[];
  /** Only the group of the verb is loaded: a command should not pay for the others. */
  load: () => Promise<(program: Command) => void>;
}

const groups: readonly Group[] = [
  {
    title: 'A cluster on this host:',
    verbs: ['up', 'down', 'status', 'kubeconfig'],
    load: async () => (await import('./commands/cluster.ts')).clusterCommands,
  },
  {
    title: 'The parts of a cluster, on any host:',
    verbs: ['server', 'agent', 'join', 'apiserver', 'scheduler', 'controller-manager'],
    load: async () => (await import('./commands/parts.ts')).partCommands,
  },
  {
    title: 'The parts of a cluster, on any host:',
    verbs: ['token'],
    load: async () => (await import('./commands/token.ts')).tokenCommands,
  },
  {
    title: 'Objects:',
    verbs: ['get', 'describe', 'events', 'explain', 'top'],
    load: async () => (await import('./commands/read.ts')).readCommands,
  },
  {
    title: 'Objects:',
    verbs: ['apply', 'diff', 'replace', 'edit', 'delete'],
    load: async () => (await import('./commands/change.ts')).changeCommands,
  },
  {
    title: 'Objects:',
    verbs: ['create'],
    load: async () => (await import('./commands/create.ts')).createCommands,
  },
  {
    title: 'Objects:',
    verbs: ['run', 'expose'],
    load: async () => (await import('./commands/quick.ts')).quickCommands,
  },
  {
    title: 'Objects:',
    verbs: ['label', 'annotate', 'patch', 'scale', 'set'],
    load: async () => (await import('./commands/edit.ts')).editCommands,
  },
  {
    title: 'Objects:',
    verbs: ['wait', 'rollout'],
    load: async () => (await import('./commands/progress.ts')).progressCommands,
  },
  {
    title: 'Nodes:',
    verbs: ['cordon', 'uncordon', 'drain', 'taint'],
    load: async () => (await import('./commands/nodes.ts')).nodeCommands,
  },
  {
    title: 'Containers:',
    verbs: ['logs', 'exec', 'attach', 'cp', 'port-forward'],
    load: async () => (await import('./commands/streams.ts')).streamCommands,
  },
  {
    title: 'Other:',
    verbs: ['image'],
    load: async () => (await import('./commands/image.ts')).imageCommands,
  },
  {
    title: 'Other:',
    verbs: ['version', 'api-resources', 'api-versions', 'cluster-info', 'auth', 'proxy'],
    load: async () => (await import('./commands/server.ts')).serverCommands,
  },
  {
    title: 'Other:',
    verbs: ['completion', '__complete'],
    load: async () => (await import('./commands/completion.ts')).completionCommands,
  },
];

/** The commands of `verb`'s group, or all where there is no such group: for help, and for completion. */
export async function createProgram(verb?: string): Promise<Command> {
  const program = addKubeOptions(new Command('gantry'))
    .description('Gantry runs containers on a cluster of machines, with the API of Kubernetes.')
    .usage('<command> [options]')
    .enablePositionalOptions()
    .showHelpAfterError('(see --help)')
    .configureOutput({ outputError: (text, write) => write(text) })
    .exitOverride()
    .hook('preAction', (_program, command) => inheritOptions(command));
  const own = groups.filter(
    ({ verbs }) => verb !== undefined && verb !== '__complete' && verbs.includes(verb),
  );
  for (const { title, load } of own.length > 0 ? own : groups) {
    program.commandsGroup(title);
    (await load())(program);
  }
  return program;
}

async function main(args: readonly string[]): Promise<void> {
  const program = await createProgram(verbOf(args));
  await program.parseAsync(normalizeArguments(program, args), { from: 'user' });
}

// A reader that goes away (`| head`) ends us quietly, as it ends other programs.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    const stack = process.env['GANTRY_DEBUG'] && error instanceof Error ? error.stack : undefined;
    process.stderr.write(`${stack ?? describeError(error)}\n`);
    process.exitCode ||= 1;
  }
}
