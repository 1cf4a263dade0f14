import type { Command, Option } from 'commander';
import { listObjects, UsageError, type Connection, type Discovery } from '@gantry/client';
import { withCluster, write, type KubeOptions } from '../context.ts';

const scripts: Record<string, string> = {
  bash: `_gantry() {
  local IFS=$'\\n'
  COMPREPLY=($("\${COMP_WORDS[0]}" __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _gantry gantry`,
  zsh: `#compdef gantry
_gantry() { compadd -- \${(f)"$(gantry __complete -- "\${words[@]:1:$((CURRENT-1))}" 2>/dev/null)"} }
compdef _gantry gantry`,
  fish: `complete -c gantry -f -a '(gantry __complete -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'`,
};

/** Commands whose arguments are kinds and names of objects. */
const overObjects = new Set(
  'get describe delete edit label annotate patch scale wait expose taint image env resources'.split(' '),
);
/** Commands whose first argument is of one kind. */
const overOneKind: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['logs', 'exec', 'attach', 'port-forward'].map((verb) => [verb, 'pods'])),
  ...Object.fromEntries(['cordon', 'uncordon', 'drain'].map((verb) => [verb, 'nodes'])),
  ...Object.fromEntries(
    ['status', 'history', 'undo', 'restart', 'pause', 'resume'].map((verb) => [verb, 'deployments']),
  ),
};
const formats = ['custom-columns=', 'go-template=', 'json', 'jsonpath=', 'name', 'wide', 'yaml'];

/** `completion bash|zsh|fish`, and what the scripts call back. */
export function completionCommands(program: Command): void {
  program
    .command('completion <shell>')
    .description('print a completion script: source <(gantry completion bash)')
    .action((shell: string) => {
      const script = scripts[shell];
      if (!script)
        throw new UsageError(
          `error: unsupported shell type "${shell}": one of ${Object.keys(scripts).join(', ')}`,
        );
      write(script);
    });
  program
    .command('__complete [words...]', { hidden: true })
    .allowUnknownOption()
    .action(async (words: string[]) => {
      for (const each of await candidates(program, words)) write(each);
    });
}

/** What was typed so far: the command it has come to, its arguments, and the options that say which cluster. */
export interface Typed {
  command: Command;
  given: string[];
  options: KubeOptions;
  /** The option whose value the last word is. */
  valueOf: Option | undefined;
}

const clusterOptions: Readonly<
  Record<string, keyof KubeOptions & ('namespace' | 'kubeconfig' | 'context' | 'server')>
> = {
  '--namespace': 'namespace',
  '--kubeconfig': 'kubeconfig',
  '--context': 'context',
  '--server': 'server',
};

/** Reads all words but the last, which is being typed. */
export function readTyped(program: Command, words: readonly string[]): Typed {
  const typed: Typed = { command: program, given: [], options: {}, valueOf: undefined };
  for (const word of words.slice(0, -1)) {
    const known = typed.valueOf && clusterOptions[typed.valueOf.long ?? ''];
    if (known) typed.options[known] = word;
    if (typed.valueOf) {
      typed.valueOf = undefined;
      continue;
    }
    if (word.startsWith('-')) {
      const option = [...typed.command.options, ...program.options].find(
        (each) => each.long === word || each.short === word,
      );
      if (option?.required) typed.valueOf = option;
      continue;
    }
    const next = typed.command.commands.find((each) => each.name() === word || each.aliases().includes(word));
    if (next && typed.given.length === 0) typed.command = next;
    else typed.given.push(word);
  }
  return typed;
}

/** What may stand in the place of the last word. */
async function candidates(program: Command, words: readonly string[]): Promise<string[]> {
  const current = words.at(-1) ?? '';
  const { command, given, options, valueOf } = readTyped(program, words);
  const start = (all: readonly string[]) => all.filter((each) => each.startsWith(current)).sort();
  // Asking the cluster must not hold up the shell.
  const ask = (kind: string) =>
    withCluster({ ...options, requestTimeout: '2s' }, async ({ connection, discovery, namespace }) =>
      start(await namesOf(connection, discovery, namespace, kind)),
    );
  const slash = current.indexOf('/');
  if (valueOf?.long === '--namespace') return ask('namespaces');
  if (valueOf?.long === '--output') return start(formats);
  if (valueOf) return [];
  if (current.startsWith('-'))
    return start(command.options.flatMap((option) => (option.long && !option.hidden ? [option.long] : [])));
  const kind = overOneKind[command.name()];
  if (slash > 0 && (kind !== undefined || overObjects.has(command.name())))
    return withCluster({ ...options, requestTimeout: '2s' }, async ({ connection, discovery, namespace }) => {
      const names = await namesOf(connection, discovery, namespace, current.slice(0, slash));
      return start(names.map((name) => current.slice(0, slash + 1) + name));
    });
  if (kind !== undefined) return given.length === 0 ? ask(kind) : [];
  if (overObjects.has(command.name())) {
    if (given.length > 0) return ask(given[0]!);
    return withCluster({ ...options, requestTimeout: '2s' }, async ({ discovery }) =>
      start((await discovery.all()).map((each) => each.name)),
    );
  }
  return start(command.commands.map((each) => each.name()).filter((name) => !name.startsWith('__')));
}

async function namesOf(
  connection: Connection,
  discovery: Discovery,
  namespace: string,
  kind: string,
): Promise<string[]> {
  const resource = await discovery.find(kind);
  const { items } = await listObjects(connection, resource, resource.namespaced ? namespace : undefined);
  return items.map((each) => each.metadata.name);
}
