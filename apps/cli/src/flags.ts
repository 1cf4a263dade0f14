import { Option, type Command } from 'commander';

/** Options of every command that talks to a cluster; they may also stand before the command. */
export const kubeOptions: readonly [flags: string, description: string][] = [
  ['-n, --namespace <name>', "the namespace to work in (default: the context's)"],
  ['--kubeconfig <file>', 'kubeconfig to use (default: $KUBECONFIG, the local cluster, ~/.kube/config)'],
  ['--context <name>', 'context of the kubeconfig'],
  ['-s, --server <url>', "the server's address, in place of the kubeconfig's"],
  ['--token <token>', 'bearer token, in place of what the kubeconfig has'],
  ['--as <user>', 'act as this user'],
  ['--as-group <group>', 'act as a member of this group; may be repeated'],
  ['--insecure-skip-tls-verify', "do not check the server's certificate"],
  ['--request-timeout <duration>', 'give up on a single request after this long (0: never)'],
];

/** A value that may be given several times. */
export const collect = (value: string, before: string[] = []) => [...before, value];

/** A value that may be given several times, or several with commas between. */
export const collectList = (value: string, before: string[] = []) => [...before, ...value.split(',')];

/** Adds those options. */
export function addKubeOptions(command: Command): Command {
  for (const [flags, description] of kubeOptions) {
    const option = new Option(flags, description);
    if (option.long === '--as-group') option.argParser(collect);
    command.addOption(option);
  }
  return command;
}

/** A switch that is on unless `--name=false` (or `--no-name`) is said. */
export function addSwitchOn(command: Command, name: string, description: string): Command {
  return command
    .addOption(new Option(`--${name}`, description).default(true))
    .addOption(new Option(`--no-${name}`).hideHelp());
}

/** The first word that is neither an option nor the value of one that stands before the command. */
export function verbOf(args: readonly string[]): string | undefined {
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!;
    if (word === '--') return undefined;
    if (!word.startsWith('-')) return word;
    const option = kubeOptions.find(([flags]) => flags.split(' <')[0]!.split(', ').includes(word));
    if (option?.[0].includes('<')) i++;
  }
  return undefined;
}

/**
 * Brings flags as Go's pflag has them into the form commander reads: `-o=json` becomes `-ojson`, `--all=true` `--all`, and
 * `--all=false` goes, or becomes `--no-wait` where the switch is on by default. What follows `--` stays.
 */
export function normalizeArguments(program: Command, args: readonly string[]): string[] {
  const end = args.indexOf('--');
  const ours = end < 0 ? args : args.slice(0, end);
  let command = program;
  const normal: string[] = [];
  for (const word of ours) {
    const short = /^-([A-Za-z]+)=(.*)$/s.exec(word);
    const long = /^--([a-z-]+)=(true|false)$/.exec(word);
    const known = [...command.options, ...program.options];
    const option = known.find((each) =>
      long ? each.long === `--${long[1]}` : short && each.short === `-${short[1]}`,
    );
    if (option?.isBoolean() && (short ?? long)) {
      const value = (short ?? long)![2];
      const off = command.options.find((each) => each.long === `--no-${option.long?.slice(2)}`)?.long;
      // The last one said counts.
      const names = [option.short, option.long, off];
      for (let i = normal.length - 1; i >= 0; i--) if (names.includes(normal[i])) normal.splice(i, 1);
      if (value === 'true') normal.push(option.long!);
      else if (value === 'false' && off) normal.push(off);
    } else normal.push(short ? `-${short[1]}${short[2]}` : word);
    if (!word.startsWith('-'))
      command =
        command.commands.find((each) => each.name() === word || each.aliases().includes(word)) ?? command;
  }
  return [...normal, ...(end < 0 ? [] : args.slice(end))];
}

/** Options given before the command count for it, unless it has them said itself. */
export function inheritOptions(command: Command): void {
  for (let parent = command.parent; parent; parent = parent.parent)
    for (const [name, value] of Object.entries(parent.opts()))
      if (parent.getOptionValueSource(name) === 'cli' && command.getOptionValueSource(name) !== 'cli')
        command.setOptionValueWithSource(name, value, 'cli');
}
