import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { bootstrapTokenSecret } from '../cluster/bootstrap-token.ts';
import { parseDuration, UsageError } from '@gantry/client';
import { kubeCommand, withCluster, write, type KubeOptions } from '../context.ts';
import { asJson } from './cluster.ts';

/** `token create`. */
export function tokenCommands(program: Command): void {
  const token = program.command('token').description('tokens that machines join the cluster with');
  kubeCommand(
    token
      .command('create')
      .description('make a token and print it; with it: gantry join --server … --token …'),
  )
    .option('--ttl <duration>', 'how long it is valid (0: for ever)', '24h')
    .option('--ca-file <file>', "the cluster's CA certificate (default: that of the kubeconfig)")
    .option('-o, --output <format>', 'json')
    .action((flags: KubeOptions & { ttl: string; caFile?: string; output?: string }) =>
      withCluster(flags, async ({ connection }) => {
        // Cryptography takes a fifth of the time that help does.
        const { formatJoinToken, newBootstrapToken, publicKeyHash } = await import('@gantry/pki');
        const json = asJson(flags.output);
        const ca = flags.caFile === undefined ? connection.tls.ca : readFileSync(flags.caFile);
        if (ca === undefined)
          throw new UsageError('error: the kubeconfig has no CA certificate: name it with --ca-file');
        const made = { ...newBootstrapToken(), caHash: publicKeyHash(ca) };
        const body = bootstrapTokenSecret(made, parseDuration(flags.ttl));
        await connection.request({ method: 'POST', path: '/api/v1/namespaces/kube-system/secrets', body });
        const text = formatJoinToken(made);
        write(
          json
            ? JSON.stringify({ token: text, server: connection.server, ttl: flags.ttl }, undefined, 2)
            : text,
        );
      }),
    );
}
