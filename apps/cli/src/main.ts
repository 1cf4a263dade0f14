import { Command, CommanderError } from 'commander';
import { addKubeOptions, inheritOptions, normalizeArguments, verbOf } from './flags.ts';
import { describeError, describeMisuse } from './errors.ts';

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
    verbs: ['apply', 'diff', 'replace', 'edit', 'delete', 'kustomize'],
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
    verbs: ['config'],
    load: async () => (await import('./commands/config.ts')).configCommands,
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
    // Errors are told at the end, in kubectl's words.
    .configureOutput({ outputError: () => {} })
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
  try {
    await program.parseAsync(normalizeArguments(program, args), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode;
    // Help that was asked for is no error, and has been shown already, as it is for a command without a subcommand.
    if (error.exitCode !== 0 && error.code !== 'commander.help')
      process.stderr.write(`${describeMisuse(error, commandPath(program, args))}\n`);
  }
}

/** As far as the words name commands: `gantry create secret`. */
function commandPath(program: Command, args: readonly string[]): string {
  const path = [program.name()];
  let command = program;
  for (const word of args) {
    const next = command.commands.find((each) => each.name() === word || each.aliases().includes(word));
    if (!next) continue;
    path.push(next.name());
    command = next;
  }
  return path.join(' ');
}

// A reader that goes away (`| head`) ends us quietly, as it ends other programs.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

main(process.argv.slice(2)).catch((error: unknown) => {
  const stack = process.env['GANTRY_DEBUG'] && error instanceof Error ? error.stack : undefined;
  process.stderr.write(`${stack ?? describeError(error)}\n`);
  process.exitCode ||= 1;
});
