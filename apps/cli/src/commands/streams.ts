import type { Command } from 'commander';
import { isStatus } from '@gantry/base';
import type { Stored, V1Pod } from '@gantry/api';
import { parseDuration, pathOf, query, UsageError } from '@gantry/client';
import {
  kubeCommand,
  warn,
  wholeNumber,
  withCluster,
  type KubeContext,
  type KubeOptions,
} from '../context.ts';
import { describeError } from '../errors.ts';
import { collect } from '../flags.ts';
import { containerOf, podsFor, runningPodFor, sayDefault } from '../pods.ts';

interface LogFlags extends KubeOptions {
  follow?: boolean;
  previous?: boolean;
  container?: string;
  allContainers?: boolean;
  selector?: string;
  tail?: number;
  since?: string;
  sinceTime?: string;
  timestamps?: boolean;
  limitBytes?: number;
  prefix?: boolean;
  ignoreErrors?: boolean;
}

interface StreamFlags extends KubeOptions {
  container?: string;
  stdin?: boolean;
  tty?: boolean;
  quiet?: boolean;
}

/** `logs`, `exec`, `attach`, `cp`, `port-forward`. */
export function streamCommands(program: Command): void {
  kubeCommand(
    program
      .command('logs [pod] [container]')
      .alias('log')
      .description('print what containers wrote: logs web | logs -f deploy/web | logs -l app=web'),
  )
    .option('-f, --follow', 'go on as more is written')
    .option('-p, --previous', 'of the container before its last restart')
    .option('-c, --container <name>', 'of this container')
    .option('--all-containers', 'of all containers of the pod')
    .option('-l, --selector <labels>', 'of all pods with these labels')
    .option('--tail <lines>', 'only the last lines (default: all; 10 with -l)', wholeNumber)
    .option('--since <duration>', 'only what is younger')
    .option('--since-time <time>', 'only what is younger than this time (RFC 3339)')
    .option('--timestamps', 'the time before each line')
    .option('--limit-bytes <bytes>', 'at most so much', wholeNumber)
    .option('--prefix', 'pod and container before each line')
    .option('--ignore-errors', 'go on with the other pods when one fails')
    .option('--max-log-requests <n>', 'with -l and -f: how many logs at most at once', wholeNumber, 5)
    .action(
      (
        pod: string | undefined,
        container: string | undefined,
        flags: LogFlags & { maxLogRequests: number },
      ) => withCluster(flags, (context) => logs(context, pod, container, flags)),
    );

  containerOptions(
    program
      .command('exec <pod> [command...]')
      .description('run a command in a container: exec -it web -- sh'),
  )
    .option('-q, --quiet', 'only what the command prints')
    .action((pod: string, command: string[], flags: StreamFlags) => {
      if (command.length === 0)
        throw new UsageError('error: you must specify at least one command for the container');
      return withCluster(flags, async (context) => {
        const target = await runningPodFor(context, pod, 'exec into');
        const container = containerOf(target, flags.container);
        if (flags.container === undefined && !flags.quiet) sayDefault(target, container);
        process.exitCode = await run(context, target, container, command, flags);
      });
    });

  containerOptions(
    program
      .command('attach <pod>')
      .description("connect to a container's own input and output: attach -it web"),
  )
    .option('-q, --quiet', 'only what the container prints')
    .action((pod: string, flags: StreamFlags) =>
      withCluster(flags, async (context) => {
        const target = await runningPodFor(context, pod, 'attach');
        const container = containerOf(target, flags.container);
        if (flags.container === undefined && !flags.quiet) sayDefault(target, container);
        if (flags.stdin && !flags.quiet) warn("If you don't see a command prompt, try pressing enter.");
        process.exitCode = await run(context, target, container, undefined, flags);
      }),
    );

  kubeCommand(
    program
      .command('cp <from> <to>')
      .description('copy files: cp ./file web:/tmp/file, cp web:/tmp/dir ./dir (needs tar in the container)'),
  )
    .option('-c, --container <name>', 'in this container')
    .option('--no-preserve', 'take neither owners nor modes along')
    .option('--retries <n>', 'accepted for compatibility', wholeNumber)
    .action((from: string, to: string, flags: KubeOptions & { container?: string; preserve: boolean }) =>
      withCluster(flags, async (context) => {
        const { copy } = await import('../copy.ts');
        process.exitCode = await copy(context, from, to, flags);
      }),
    );

  kubeCommand(
    program
      .command('port-forward <pod> <ports...>')
      .description('local ports into a pod: port-forward web 8080:80, deploy/web 8080, svc/web :80'),
  )
    .option('--address <address>', 'listen on these; may be repeated (default: localhost)', collect)
    .option('--pod-running-timeout <duration>', 'accepted for compatibility')
    .action((pod: string, ports: string[], flags: KubeOptions & { address?: string[] }) =>
      withCluster(flags, async (context) => {
        const { forwardPorts } = await import('../forward.ts');
        await forwardPorts(context, pod, ports, flags.address ?? ['127.0.0.1', '::1']);
      }),
    );
}

const containerOptions = (command: Command) =>
  kubeCommand(command)
    .option('-c, --container <name>', 'in this container')
    .option('-i, --stdin', 'pass standard input on')
    .option('-t, --tty', 'with a terminal')
    .option('--pod-running-timeout <duration>', 'accepted for compatibility');

async function run(
  context: KubeContext,
  pod: Stored<V1Pod>,
  container: string,
  command: readonly string[] | undefined,
  flags: StreamFlags,
): Promise<number> {
  const { stream } = await import('../terminal.ts');
  const code = await stream(context, pod, container, command, {
    stdin: flags.stdin ?? false,
    tty: flags.tty ?? false,
  });
  if (code !== 0 && command) warn(`command terminated with exit code ${code}`);
  return code;
}

async function logs(
  context: KubeContext,
  text: string | undefined,
  second: string | undefined,
  flags: LogFlags & { maxLogRequests: number },
): Promise<void> {
  if (text === undefined && flags.selector === undefined)
    throw new UsageError(
      "error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command\nSee 'gantry logs -h' for help and examples",
    );
  if (text !== undefined && flags.selector !== undefined)
    throw new UsageError('error: only a selector (-l) or a POD name is allowed');
  if (flags.tail !== undefined && flags.tail < -1)
    throw new UsageError('error: --tail must be greater than or equal to -1');
  if (flags.since !== undefined && flags.sinceTime !== undefined)
    throw new UsageError('error: at most one of `sinceTime` or `sinceSeconds` may be specified');
  const pods = await podsFor(context, text, flags.selector).catch((error: unknown) => {
    if (isStatus(error, 'NotFound') && text !== undefined)
      throw new UsageError(
        `error: error from server (NotFound): ${error.message} in namespace "${context.namespace}"`,
      );
    throw error;
  });
  if (pods.length === 0) return warn(`No resources found in ${context.namespace} namespace.`);
  const wanted = flags.container ?? second;
  const jobs = pods.flatMap((pod) => {
    if (flags.allContainers)
      return [...(pod.spec.initContainers ?? []), ...pod.spec.containers].map(({ name }) => ({ pod, name }));
    const name = containerOf(pod, wanted);
    if (wanted === undefined && flags.selector === undefined) sayDefault(pod, name);
    return [{ pod, name }];
  });
  if (flags.follow && jobs.length > flags.maxLogRequests)
    throw new UsageError(
      `error: you are attempting to follow ${jobs.length} log streams, but maximum allowed concurrency is ${flags.maxLogRequests}, use --max-log-requests to increase the limit`,
    );
  const print = ({ pod, name }: (typeof jobs)[number]) =>
    printLog(context, pod, name, flags).catch((error: unknown) => {
      if (!flags.ignoreErrors) throw error;
      warn(describeError(error));
    });
  if (flags.follow) await Promise.all(jobs.map(print));
  else for (const job of jobs) await print(job);
}

async function printLog(
  { connection, discovery }: KubeContext,
  pod: Stored<V1Pod>,
  container: string,
  flags: LogFlags,
): Promise<void> {
  const { name, namespace } = pod.metadata;
  const tail = flags.tail ?? (flags.selector === undefined ? -1 : 10);
  const path =
    pathOf(await discovery.find('pods'), namespace, name, 'log') +
    query({
      container,
      follow: flags.follow,
      previous: flags.previous,
      timestamps: flags.timestamps,
      tailLines: tail >= 0 ? tail : undefined,
      sinceSeconds: flags.since === undefined ? undefined : Math.ceil(parseDuration(flags.since) / 1000),
      sinceTime: flags.sinceTime,
      limitBytes: flags.limitBytes,
    });
  const prefixer = flags.prefix ? new LinePrefixer(`[pod/${name}/${container}] `) : undefined;
  for await (const chunk of await connection.stream({ path })) {
    const output = prefixer ? prefixer.push(Buffer.from(chunk)) : chunk;
    if (!process.stdout.write(output)) await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
  if (prefixer) process.stdout.write(prefixer.end());
}

/** Puts a text before each line; lines come out whole, so that those of several pods do not mix. */
export class LinePrefixer {
  readonly #prefix: Buffer;
  #rest: Buffer = Buffer.alloc(0);

  constructor(prefix: string) {
    this.#prefix = Buffer.from(prefix);
  }

  push(chunk: Buffer): Buffer {
    const text = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    const pieces: Buffer[] = [];
    let start = 0;
    for (let end = text.indexOf(10); end >= 0; end = text.indexOf(10, start)) {
      pieces.push(this.#prefix, text.subarray(start, end + 1));
      start = end + 1;
    }
    this.#rest = text.subarray(start);
    return Buffer.concat(pieces);
  }

  /** The last line when it has no end. */
  end(): Buffer {
    return this.#rest.length > 0 ? Buffer.concat([this.#prefix, this.#rest]) : this.#rest;
  }
}
