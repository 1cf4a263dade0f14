import type { Command } from 'commander';
import { statSync } from 'node:fs';
import { UsageError } from '@gantry/client';
import { write } from '../context.ts';
import { collect } from '../flags.ts';

interface PushFlags {
  from: string;
  cmd?: string[];
  entrypoint?: string[];
  env?: string[];
  user?: string;
  workdir?: string;
  label?: string[];
  registries?: string;
  username?: string;
}

/** `image push`: a folder becomes an image of one layer in a registry. */
export function imageCommands(program: Command): void {
  const image = program.command('image').description('make images');
  image
    .command('push <reference>')
    .description(
      'make an image from a folder and push it: image push --from rootfs 127.0.0.1:5000/app:1 --cmd httpd -f',
    )
    .requiredOption('--from <folder>', 'the root file system, with owners and modes as they shall be')
    .option('--cmd <words...>', 'what runs when nothing else is said')
    .option('--entrypoint <words...>', 'what the command is given to')
    .option('--env <name=value>', 'a variable; may be repeated (default: PATH)', collect)
    .option('--user <user>', 'who it runs as')
    .option('--workdir <folder>', 'where it runs')
    .option('--label <name=value>', 'a label; may be repeated', collect)
    .option('--registries <file>', 'registries.yaml with hosts, credentials and certificates')
    .option('--username <name>', 'who we are to the registry; the password is read from standard input')
    .action(async (reference: string, flags: PushFlags) => {
      if (!statSync(flags.from, { throwIfNoEntry: false })?.isDirectory())
        throw new UsageError(`error: ${flags.from} is not a folder`);
      const { pushFolder } = await import('../host.bundle.ts');
      const digest = await pushFolder(reference, {
        directory: flags.from,
        config: {
          Env: flags.env ?? ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
          ...(flags.cmd ? { Cmd: flags.cmd } : {}),
          ...(flags.entrypoint ? { Entrypoint: flags.entrypoint } : {}),
          ...(flags.user ? { User: flags.user } : {}),
          ...(flags.workdir ? { WorkingDir: flags.workdir } : {}),
          ...(flags.label ? { Labels: Object.fromEntries(flags.label.map(pair)) } : {}),
        },
        ...(flags.registries ? { registries: flags.registries } : {}),
        ...(flags.username ? { username: flags.username, password: await readPassword() } : {}),
      });
      write(`${reference}: digest: ${digest}`);
    });
}

function pair(text: string): [string, string] {
  const equals = text.indexOf('=');
  if (equals <= 0) throw new UsageError(`error: "${text}" is not name=value`);
  return [text.slice(0, equals), text.slice(equals + 1)];
}

async function readPassword(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8').trimEnd();
}
