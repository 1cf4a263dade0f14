import type { Command } from 'commander';
import { formatYaml } from '@gantry/client';
import { kubeCommand, wholeNumber, withCluster, write, type KubeOptions } from '../context.ts';
import { collectList } from '../flags.ts';
import { clientVersion } from '../version.ts';

interface ResourceFlags extends KubeOptions {
  apiGroup?: string;
  namespaced?: boolean;
  output?: string;
  headers?: boolean;
  verbs?: string[];
  categories?: string[];
  sortBy?: string;
}

/** `version`, `api-resources`, `api-versions`, `cluster-info`, `auth`, `proxy`. */
export function serverCommands(program: Command): void {
  kubeCommand(program.command('version').description('versions of this program and of the server'))
    .option('--client', 'only of this program')
    .option('-o, --output <format>', 'json|yaml')
    .action(async (flags: KubeOptions & { client?: boolean; output?: string }) => {
      const server = flags.client
        ? undefined
        : await withCluster(
            flags,
            async ({ connection }) =>
              JSON.parse((await connection.request({ path: '/version' })).body.toString()) as {
                gitVersion: string;
              },
          );
      const versions = { clientVersion, ...(server ? { serverVersion: server } : {}) };
      if (flags.output === 'json') return write(JSON.stringify(versions, undefined, 2));
      if (flags.output === 'yaml') return write(formatYaml(versions), '');
      write(`Client Version: ${clientVersion.gitVersion}`);
      if (server) write(`Server Version: ${server.gitVersion}`);
    });

  kubeCommand(program.command('api-resources').description('the kinds of objects that the server has'))
    .option('--api-group <group>', 'only this group')
    .option('--namespaced', 'only those in namespaces (=false: outside)')
    .option('--verbs <verbs>', 'only those with all these verbs', collectList)
    .option('--categories <names>', 'only those in all these categories', collectList)
    .option('--sort-by <field>', 'name|kind')
    .option('-o, --output <format>', 'wide|name')
    .option('--no-headers', 'no line of column names')
    .option('--no-namespaced')
    .option('--cached', 'accepted for compatibility: nothing is kept between runs')
    .action((flags: ResourceFlags) =>
      withCluster(flags, async ({ discovery }) => {
        const { resourceLines } = await import('../resources.ts');
        resourceLines(await discovery.all(), flags).forEach((line) => write(line));
      }),
    );

  kubeCommand(
    program.command('api-versions').description('the API groups and versions that the server has'),
  ).action((flags: KubeOptions) =>
    withCluster(flags, async ({ discovery }) => {
      const versions = (await discovery.all()).map(({ group, version }) =>
        group ? `${group}/${version}` : version,
      );
      [...new Set(versions)].sort().forEach((line) => write(line));
    }),
  );

  kubeCommand(program.command('cluster-info').description('where the server is')).action(
    (flags: KubeOptions) =>
      withCluster(flags, async ({ connection }) => {
        await connection.request({ path: '/version' });
        write(`Kubernetes control plane is running at ${connection.server}`);
        write(`\nTo further debug and diagnose the cluster, see 'gantry get nodes' and 'gantry events -A'.`);
      }),
  );

  const auth = program.command('auth').description('who you are, and what you may do');
  kubeCommand(auth.command('whoami').description('as whom the server sees you'))
    .option('-o, --output <format>', 'json|yaml')
    .action((flags: KubeOptions & { output?: string }) =>
      withCluster(flags, async (context) => {
        const { whoAmI } = await import('../access.ts');
        await whoAmI(context, flags.output);
      }),
    );
  kubeCommand(
    auth
      .command('can-i <verb> [resource] [name]')
      .description('whether you may: auth can-i delete pods; exit code 1 when not'),
    { allNamespaces: true },
  )
    .option('-q, --quiet', 'only the exit code')
    .option('--subresource <name>', 'status, log, exec …')
    .action(
      (
        verb: string,
        resource: string | undefined,
        name: string | undefined,
        flags: KubeOptions & { quiet?: boolean; subresource?: string },
      ) =>
        withCluster(flags, async (context) => {
          const { mayI } = await import('../access.ts');
          const { allowed, text } = await mayI(context, { verb, resource, name, ...flags });
          if (!flags.quiet) write(text);
          if (!allowed) process.exitCode = 1;
        }),
    );

  kubeCommand(program.command('proxy').description('serve the API on a local port, with your credentials'))
    .option('-p, --port <port>', 'the port (0: any free one)', wholeNumber, 8001)
    .option('--address <address>', 'where to listen', '127.0.0.1')
    .action((flags: KubeOptions & { port: number; address: string }) =>
      withCluster(flags, async ({ connection }) => {
        const { serveProxy } = await import('../proxy.ts');
        await serveProxy(connection, flags.address, flags.port, write);
      }),
    );
}
