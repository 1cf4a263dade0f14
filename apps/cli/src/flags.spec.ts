import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  addKubeOptions,
  addSwitchOn,
  collectList,
  inheritOptions,
  normalizeArguments,
  verbOf,
} from './flags.ts';

function program(): { program: Command; seen: { args?: unknown[]; flags?: Record<string, unknown> } } {
  const seen: { args?: unknown[]; flags?: Record<string, unknown> } = {};
  const root = addKubeOptions(new Command('gantry'))
    .enablePositionalOptions()
    .exitOverride()
    .hook('preAction', (_root, command) => inheritOptions(command));
  const get = addKubeOptions(root.command('get [words...]'))
    .option('-o, --output <format>')
    .option('-A, --all-namespaces')
    .option('-f, --filename <file>', '', collectList);
  addSwitchOn(get, 'wait', 'wait').action((args: string[], flags: Record<string, unknown>) => {
    Object.assign(seen, { args, flags });
  });
  return { program: root, seen };
}

async function read(...words: string[]) {
  const { program: root, seen } = program();
  await root.parseAsync(normalizeArguments(root, words), { from: 'user' });
  return seen;
}

describe('flags as kubectl has them', () => {
  it.each([
    [['get', 'pods', '-o=json'], { output: 'json' }],
    [['get', 'pods', '-ojson'], { output: 'json' }],
    [['get', '--output=json', 'pods'], { output: 'json' }],
    [['get', 'pods', '-o=jsonpath={.a=="b"}'], { output: 'jsonpath={.a=="b"}' }],
    [['-n', 'web', 'get', 'pods'], { namespace: 'web' }],
    [['-nweb', 'get', 'pods'], { namespace: 'web' }],
    [['--namespace=web', 'get', 'pods'], { namespace: 'web' }],
    [['get', 'pods', '-n=web'], { namespace: 'web' }],
    [['-n', 'a', 'get', 'pods', '-n', 'b'], { namespace: 'b' }],
    [['get', 'pods', '--all-namespaces=true'], { allNamespaces: true }],
    [['get', 'pods', '-f', 'a,b', '-f', 'c'], { filename: ['a', 'b', 'c'] }],
    [['get', 'pods'], { wait: true }],
    [['get', 'pods', '--wait=false'], { wait: false }],
    [['get', 'pods', '--wait=true'], { wait: true }],
    [['--as', 'ann', '--as-group=a', '--as-group=b', 'get', 'pods'], { as: 'ann', asGroup: ['a', 'b'] }],
  ])('reads %j', async (words, flags) => {
    const seen = await read(...words);
    expect(seen.args).toEqual(['pods']);
    expect(seen.flags).toMatchObject(flags);
  });

  it('drops a switch that is off anyway', async () => {
    expect((await read('get', 'pods', '--all-namespaces=false')).flags).not.toHaveProperty('allNamespaces');
  });

  it('leaves what follows -- alone', async () => {
    expect((await read('get', '-n', 'a', '--', '-o=json', '--wait=false')).args).toEqual([
      '-o=json',
      '--wait=false',
    ]);
  });
});

describe('verbOf', () => {
  it.each([
    [['get', 'pods'], 'get'],
    [['-n', 'get', 'delete'], 'delete'],
    [['-nget', 'delete'], 'delete'],
    [['--namespace=x', '--insecure-skip-tls-verify', 'logs'], 'logs'],
    [['--kubeconfig', 'file', 'up'], 'up'],
    [['--help'], undefined],
    [[], undefined],
    [['--', 'get'], undefined],
  ])('finds the verb of %j', (words, verb) => {
    expect(verbOf(words)).toBe(verb);
  });
});
