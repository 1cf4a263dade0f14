import type { Command } from 'commander';
import type { Stored, V1Deployment, V1Pod, V1Service } from '@gantry/api';
import { deleteObject, getObject, UsageError } from '@gantry/client';
import { kubeCommand, warn, wholeNumber, withCluster, type KubeContext } from '../context.ts';
import { collect } from '../flags.ts';
import { chosenOne, createObject, outcomeOptions, type ChangeFlags, type Kinded } from '../objects.ts';

interface RunFlags extends ChangeFlags {
  image: string;
  restart: string;
  command?: boolean;
  env?: string[];
  labels?: string;
  port?: number;
  stdin?: boolean;
  tty?: boolean;
  rm?: boolean;
  attach?: boolean;
  quiet?: boolean;
  imagePullPolicy?: string;
}

/** `run` and `expose`: objects made from a few words. */
export function quickCommands(program: Command): void {
  runCommand(program);
  exposeCommand(program);
}

function runCommand(program: Command): void {
  outcomeOptions(
    kubeCommand(
      program
        .command('run <name> [args...]')
        .description('run an image in a pod: run -it --rm sh --image=busybox -- sh'),
    ),
  )
    .requiredOption('--image <image>', 'the image')
    .option('--restart <policy>', 'Always|OnFailure|Never', 'Always')
    .option('--command', 'what follows -- takes the place of the entrypoint, too')
    .option('--env <name=value>', 'a variable; may be repeated', collect)
    .option('-l, --labels <labels>', 'labels of the pod: a=b,c=d')
    .option('--port <port>', 'the port it listens on', wholeNumber)
    .option('--image-pull-policy <policy>', 'Always|IfNotPresent|Never')
    .option('-i, --stdin', 'pass standard input on')
    .option('-t, --tty', 'with a terminal')
    .option('--attach', 'wait for the pod and show its output (default with -i)')
    .option('--rm', 'delete the pod in the end')
    .option('-q, --quiet', 'no messages')
    .action((name: string, args: string[], flags: RunFlags) =>
      withCluster(flags, async (context) => {
        const attached = (flags.attach ?? false) || (flags.stdin ?? false);
        if (flags.rm && !attached)
          throw new UsageError('error: --rm should only be used for attached containers');
        const pod = podToRun(name, args, flags);
        if (!attached) return void (await createObject(context, pod, flags));
        const { namespace } = context;
        await createQuietly(context, pod);
        const resource = await context.discovery.find('pods');
        try {
          const { attachWhenRunning } = await import('../terminal.ts');
          process.exitCode = await attachWhenRunning(context, name, {
            stdin: flags.stdin ?? false,
            tty: flags.tty ?? false,
            say: flags.quiet ? () => {} : warn,
          });
        } finally {
          if (flags.rm) {
            await deleteObject(context.connection, { resource, namespace, name }, { ignoreNotFound: true });
            if (!flags.quiet) process.stdout.write(`pod "${name}" deleted\n`);
          }
        }
      }),
    );
}

async function createQuietly({ connection, namespace }: KubeContext, pod: Kinded): Promise<void> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods?fieldManager=gantry-run`;
  await connection.request({ method: 'POST', path, body: pod });
}

function podToRun(name: string, args: readonly string[], flags: RunFlags): Kinded {
  if (!['Always', 'OnFailure', 'Never'].includes(flags.restart))
    throw new UsageError(`error: invalid restart policy: ${flags.restart}`);
  const pairs = (texts: readonly string[]) =>
    texts.map((text) => {
      const equals = text.indexOf('=');
      if (equals <= 0) throw new UsageError(`error: invalid pair "${text}", expected name=value`);
      return [text.slice(0, equals), text.slice(equals + 1)] as const;
    });
  const pod: V1Pod & Kinded = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      labels: flags.labels ? Object.fromEntries(pairs(flags.labels.split(','))) : { run: name },
    },
    spec: {
      restartPolicy: flags.restart,
      containers: [
        {
          name,
          image: flags.image,
          ...(args.length > 0 ? { [flags.command ? 'command' : 'args']: [...args] } : {}),
          ...(flags.env ? { env: pairs(flags.env).map(([key, value]) => ({ name: key, value })) } : {}),
          ...(flags.port === undefined ? {} : { ports: [{ containerPort: flags.port }] }),
          ...(flags.imagePullPolicy ? { imagePullPolicy: flags.imagePullPolicy } : {}),
          ...(flags.stdin ? { stdin: true, stdinOnce: true } : {}),
          ...(flags.tty ? { tty: true } : {}),
        },
      ],
    },
  };
  return pod;
}

interface ExposeFlags extends ChangeFlags {
  name?: string;
  port?: number;
  targetPort?: string;
  type?: string;
  protocol: string;
  labels?: string;
  clusterIp?: string;
}

function exposeCommand(program: Command): void {
  outcomeOptions(
    kubeCommand(
      program
        .command('expose <resources...>')
        .description('make a Service for a deployment, replica set, pod or service'),
    ),
  )
    .option('--name <name>', 'name of the Service (default: that of the object)')
    .option('--port <port>', 'its port (default: that of the container)', wholeNumber)
    .option('--target-port <port>', "the pods' port, by number or name (default: the same)")
    .option('--type <type>', 'ClusterIP|NodePort|LoadBalancer')
    .option('--protocol <name>', 'TCP|UDP|SCTP', 'TCP')
    .option('--selector <labels>', 'labels of the pods (default: those of the object)')
    .option('--cluster-ip <address>', 'its address, or None')
    .action((args: string[], flags: ExposeFlags) =>
      withCluster(flags, async (context) => {
        const target = await chosenOne(context, args);
        const object = await getObject(context.connection, target.resource, target.namespace, target.name);
        await createObject(context, serviceFor(object, flags), flags, { past: 'exposed' });
      }),
    );
}

/** The Service that `expose` makes for an object. */
export function serviceFor(object: Stored, flags: Partial<ExposeFlags>): Kinded {
  const { metadata, kind } = object;
  const { selector } = (object as Stored & { spec: unknown }).spec as {
    selector?: V1Deployment['spec']['selector'] & Record<string, string>;
  };
  const labels =
    flags.selector !== undefined
      ? Object.fromEntries(flags.selector.split(',').map((each) => each.split('=') as [string, string]))
      : kind === 'Pod'
        ? metadata.labels
        : kind === 'Service'
          ? (selector as Record<string, string> | undefined)
          : selector?.matchLabels;
  if (!labels || Object.keys(labels).length === 0)
    throw new UsageError(
      `error: couldn't retrieve selectors via --selector flag or introspection: the object has none`,
    );
  const template =
    (object as unknown as V1Deployment).spec.template?.spec ?? (object as unknown as V1Pod).spec;
  const known =
    kind === 'Service'
      ? ((object as unknown as V1Service).spec.ports ?? []).map((each) => each.port)
      : (template.containers ?? []).flatMap((each) => each.ports ?? []).map((each) => each.containerPort);
  const ports = flags.port === undefined ? known : [flags.port];
  if (ports.length === 0) throw new UsageError(`error: couldn't find port via --port flag or introspection`);
  const target = flags.targetPort;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: flags.name ?? metadata.name, ...(metadata.labels ? { labels: metadata.labels } : {}) },
    spec: {
      selector: labels,
      ports: ports.map((port, i) => ({
        ...(ports.length > 1 ? { name: `port-${i + 1}` } : {}),
        port,
        protocol: flags.protocol ?? 'TCP',
        targetPort: target === undefined ? port : /^\d+$/.test(target) ? Number(target) : target,
      })),
      ...(flags.type ? { type: flags.type } : {}),
      ...(flags.clusterIp ? { clusterIP: flags.clusterIp } : {}),
    },
  } as Kinded;
}
