import type { Command } from 'commander';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import {
  columns,
  createObjectPrinter,
  formatYaml,
  parseOutput,
  parseYaml,
  UsageError,
  type OutputFormat,
} from '@gantry/client';
import { kubeconfigPath } from '../kubeconfig-path.ts';
import { kubeCommand, write, type KubeOptions } from '../context.ts';

interface Named {
  name: string;
}

/** A kubeconfig (`client-go/tools/clientcmd/api/v1`), as far as it is changed here. */
interface Config {
  'current-context'?: string;
  contexts?: (Named & { context: { cluster?: string; user?: string; namespace?: string } })[] | null;
  clusters?: (Named & { cluster: Record<string, unknown> })[] | null;
  users?: (Named & { user: Record<string, unknown> })[] | null;
}

/** What `view` shows only with `--raw`. */
const redacted: Readonly<Record<string, string>> = {
  'certificate-authority-data': 'DATA+OMITTED',
  'client-certificate-data': 'DATA+OMITTED',
  'client-key-data': 'DATA+OMITTED',
  token: 'REDACTED',
  password: 'REDACTED',
};

/** `config`: shows and changes the kubeconfig. */
export function configCommands(program: Command): void {
  const config = program.command('config').description('show and change the kubeconfig');
  const command = (usage: string, description: string) =>
    kubeCommand(config.command(usage).description(description));

  command('view', 'show the kubeconfig, without its secrets')
    .option('--minify', 'only what the current context needs')
    .option('--raw', 'with its secrets')
    .option('--flatten', 'accepted for compatibility')
    .option('-o, --output <format>', 'json|yaml|jsonpath=…|go-template=…', 'yaml')
    .action((flags: KubeOptions & { minify?: boolean; raw?: boolean; output: string }) => {
      const format: OutputFormat = parseOutput(flags.output);
      const whole = read(flags);
      const shown = flags.minify ? minified(whole, flags.context ?? current(whole)) : whole;
      if (!flags.raw)
        for (const each of [
          ...(shown.clusters ?? []).map(({ cluster }) => cluster),
          ...(shown.users ?? []).map(({ user }) => user),
        ])
          for (const [field, instead] of Object.entries(redacted)) if (each[field]) each[field] = instead;
      const printer = createObjectPrinter(format);
      write(printer.whole?.(shown) ?? '', '');
    });
  command('current-context', 'which context is used').action((flags: KubeOptions) =>
    write(current(read(flags))),
  );
  command('get-contexts [name]', 'the contexts there are')
    .option('-o, --output <format>', 'name')
    .option('--no-headers', 'no line of column names')
    .action((name: string | undefined, flags: KubeOptions & { output?: string; headers: boolean }) => {
      const whole = read(flags);
      const contexts = (whole.contexts ?? []).filter((each) => name === undefined || each.name === name);
      if (name !== undefined && contexts.length === 0)
        throw new UsageError(`error: context ${name} not found`);
      contexts.sort((a, b) => (a.name < b.name ? -1 : 1));
      if (flags.output === 'name') return contexts.forEach((each) => write(each.name));
      const header = ['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE'];
      const rows = contexts.map(({ name: own, context: { cluster = '', user = '', namespace = '' } }) => [
        own === whole['current-context'] ? '*' : '',
        own,
        cluster,
        user,
        namespace,
      ]);
      columns(flags.headers ? [header, ...rows] : rows).forEach((line) => write(line));
    });
  for (const list of ['clusters', 'users'] as const)
    command(`get-${list}`, `the ${list} there are`).action((flags: KubeOptions) =>
      ['NAME', ...(read(flags)[list] ?? []).map(({ name }) => name).sort()].forEach((line) => write(line)),
    );
  command('use-context <name>', 'use this context from now on').action((name: string, flags: KubeOptions) => {
    const whole = read(flags);
    if (!whole.contexts?.some((each) => each.name === name))
      throw new UsageError(`error: no context exists with the name: "${name}"`);
    save(flags, { ...whole, 'current-context': name });
    write(`Switched to context "${name}".`);
  });
  command('set-context [name]', 'change a context, or make one: set-context --current --namespace=web')
    .option('--current', 'the current one')
    .option('--cluster <name>', 'its cluster')
    .option('--user <name>', 'its user')
    .action(
      (
        named: string | undefined,
        flags: KubeOptions & { current?: boolean; cluster?: string; user?: string },
      ) => {
        const whole = read(flags);
        if ((named === undefined) === !flags.current)
          throw new UsageError('error: name a context, or say --current');
        const name = named ?? current(whole);
        const contexts = [...(whole.contexts ?? [])];
        const { cluster, user, namespace } = flags;
        const change = {
          ...(cluster === undefined ? {} : { cluster }),
          ...(user === undefined ? {} : { user }),
          ...(namespace === undefined ? {} : { namespace }),
        };
        const there = contexts.find((each) => each.name === name);
        if (there) Object.assign(there.context, change);
        else contexts.push({ name, context: change });
        save(flags, { ...whole, contexts });
        write(`Context "${name}" ${there ? 'modified' : 'created'}.`);
      },
    );
  command('delete-context <name>', 'forget a context').action((name: string, flags: KubeOptions) => {
    const whole = read(flags);
    const contexts = (whole.contexts ?? []).filter((each) => each.name !== name);
    if (contexts.length === whole.contexts?.length)
      throw new UsageError(`error: cannot delete context ${name}, not in ${kubeconfigPath(flags)}`);
    save(flags, { ...whole, contexts });
    write(`deleted context ${name} from ${kubeconfigPath(flags)}`);
  });
}

function read(flags: KubeOptions): Config {
  const value: unknown = parseYaml(readFileSync(kubeconfigPath(flags), 'utf8'));
  if (typeof value !== 'object' || value === null)
    throw new UsageError(`error: ${kubeconfigPath(flags)} is no kubeconfig`);
  return value;
}

/** Another program that reads the file meanwhile gets the old or the new one, never a part. */
function save(flags: KubeOptions, config: Config): void {
  const path = kubeconfigPath(flags);
  const half = `${path}.${process.pid}`;
  writeFileSync(half, formatYaml(config), { mode: 0o600 });
  renameSync(half, path);
}

function current(config: Config): string {
  const name = config['current-context'];
  if (!name) throw new UsageError('error: current-context is not set');
  return name;
}

function minified(config: Config, name: string): Config {
  const context = config.contexts?.find((each) => each.name === name);
  if (!context) throw new UsageError(`error: no context exists with the name: "${name}"`);
  return {
    ...config,
    'current-context': name,
    contexts: [context],
    clusters: config.clusters?.filter((each) => each.name === context.context.cluster) ?? [],
    users: config.users?.filter((each) => each.name === context.context.user) ?? [],
  };
}
