import { Option, type Command } from 'commander';
import {
  describe as describeObject,
  getObject,
  getVerb,
  listObjects,
  parseOutput,
  readTargets,
  UsageError,
  type Surroundings,
  type Target,
} from '@gantry/client';
import {
  formatLabelSelector,
  type CoreV1Event,
  type Stored,
  type V1EndpointSlice,
  type V1Lease,
  type V1Pod,
  type V1ReplicaSet,
} from '@gantry/api';
import { isStatus, systemClock } from '@gantry/base';
import {
  kubeCommand,
  scopeOf,
  warn,
  wholeNumber,
  withCluster,
  write,
  type KubeContext,
  type KubeOptions,
} from '../context.ts';
import { collectList } from '../flags.ts';
import { addressesOf, fileOptions, hasFiles, manifestsOf, type ChangeFlags } from '../objects.ts';

interface GetFlags extends ChangeFlags {
  watch?: boolean;
  watchOnly?: boolean;
  outputWatchEvents?: boolean;
  headers?: boolean;
  showLabels?: boolean;
  labelColumns?: string[];
  ignoreNotFound?: boolean;
  showManagedFields?: boolean;
  sortBy?: string;
  showKind?: boolean;
  template?: string;
  raw?: string;
  chunkSize: number;
  subresource?: string;
}

interface DescribeFlags extends ChangeFlags {
  showEvents: boolean | string;
}

/** `get`, `describe`, `events`, `explain`, `top`. */
export function readCommands(program: Command): void {
  fileOptions(
    kubeCommand(
      program
        .command('get [resources...]')
        .description('show objects: get pods | get pod web | get deploy/web svc/web | get all'),
      {
        allNamespaces: true,
      },
    ),
  )
    .option('-o, --output <format>', 'json|yaml|wide|name|jsonpath=…|go-template=…|custom-columns=…')
    .option('-l, --selector <labels>', 'only objects with these labels: app=web,tier in (a,b),!old')
    .option('--field-selector <fields>', 'only objects with these fields: status.phase=Running')
    .option('-w, --watch', 'go on showing changes')
    .option('--watch-only', 'show changes only')
    .option('--output-watch-events', 'with -w: show what kind of change')
    .option('--no-headers', 'no line of column names')
    .option('--show-labels', 'a column with all labels')
    .option('-L, --label-columns <labels>', 'a column for each of these labels', collectList)
    .option('--ignore-not-found', 'nothing found is no error')
    .option('--show-managed-fields', 'keep metadata.managedFields in the output')
    .option('--sort-by <jsonpath>', 'order by a field')
    .option('--show-kind', "each object's kind before its name")
    .option('--template <template>', 'for -o jsonpath or go-template')
    .option('--chunk-size <n>', 'how many objects to ask for at once (0: all)', wholeNumber, 500)
    .option('--subresource <name>', 'status|scale, in place of the object')
    .option('--raw <path>', 'print what the server answers to a GET of this path')
    .action((args: string[], flags: GetFlags) =>
      withCluster(flags, async (context) => {
        if (flags.raw !== undefined) {
          const body = await context.connection.stream({ path: flags.raw, accept: '*/*' });
          for await (const chunk of body) process.stdout.write(chunk);
          return;
        }
        if (args.length === 0 && !hasFiles(flags)) throw typeNeeded('get');
        await getVerb(
          context.connection,
          await targetsOf(context, args, flags),
          {
            namespace: scopeOf(flags, context),
            output: parseOutput(flags.output ?? (flags.template && 'go-template'), flags.template),
            showKind: flags.showKind ?? false,
            labelSelector: flags.selector,
            fieldSelector: flags.fieldSelector,
            sortBy: flags.sortBy,
            watch: flags.watch ?? false,
            watchOnly: flags.watchOnly ?? false,
            outputWatchEvents: flags.outputWatchEvents ?? false,
            headers: flags.headers ?? true,
            showLabels: flags.showLabels ?? false,
            labelColumns: flags.labelColumns ?? [],
            ignoreNotFound: flags.ignoreNotFound ?? false,
            showManagedFields: flags.showManagedFields ?? false,
            chunkSize: flags.chunkSize,
            subresource: flags.subresource,
          },
          write,
          warn,
        );
      }),
    );

  fileOptions(
    kubeCommand(
      program.command('describe [resources...]').description('tell all about objects, with their events'),
      { allNamespaces: true },
    ),
  )
    .option('-l, --selector <labels>', 'only objects with these labels')
    .addOption(new Option('--show-events [bool]', 'with their events').default(true))
    .action((args: string[], flags: DescribeFlags) =>
      withCluster(flags, async (context) => {
        const texts: string[] = [];
        const alikeTexts: string[] = [];
        const failures: unknown[] = [];
        const textOf = async (object: Stored, kind: string) => {
          object.kind = kind;
          return describeObject(object, await surroundings(context, object, flags.showEvents));
        };
        if (args.length === 0 && !hasFiles(flags)) throw typeNeeded('describe');
        for (const { resource, names, namespace: own } of await targetsOf(context, args, flags)) {
          const namespace = resource.namespaced ? (own ?? scopeOf(flags, context)) : undefined;
          const all = (labelSelector?: string) =>
            listObjects(context.connection, resource, namespace, { labelSelector });
          const objects = names ? [] : (await all(flags.selector)).items;
          for (const name of names ?? [])
            try {
              objects.push(await getObject<Stored>(context.connection, resource, namespace, name));
            } catch (error) {
              if (!isStatus(error, 'NotFound')) throw error;
              // As kubectl does: all whose names begin like this.
              const alike = (await all()).items.filter(({ metadata }) => metadata.name.startsWith(name));
              for (const each of alike) alikeTexts.push(`${await textOf(each, resource.kind)}\n`);
              if (alike.length === 0) failures.push(error);
            }
          for (const object of objects) texts.push(await textOf(object, resource.kind));
        }
        if (texts.length + alikeTexts.length > 0) write(texts.join('\n\n') + alikeTexts.join(''), '');
        else if (failures.length === 0)
          warn(
            flags.allNamespaces
              ? 'No resources found'
              : `No resources found in ${context.namespace} namespace.`,
          );
        if (failures.length > 1) throw new AggregateError(failures);
        if (failures.length > 0) throw failures[0];
      }),
    );

  eventsCommand(program);
  kubeCommand(
    program
      .command('explain <field>')
      .description('what a kind and its fields mean: explain pod.spec.containers'),
  )
    .option('--recursive', 'all fields below, without their texts')
    .option('--api-version <version>', 'of this group and version')
    .action((field: string, flags: KubeOptions & { recursive?: boolean; apiVersion?: string }) =>
      withCluster(flags, async (context) => {
        const { explain } = await import('../explain.ts');
        write(await explain(context, field, flags));
      }),
    );

  const top = program.command('top').description('what nodes and pods use now, where the server measures it');
  for (const kind of ['node', 'pod'] as const)
    kubeCommand(top.command(`${kind} [name]`).alias(`${kind}s`).description(`of ${kind}s`), {
      allNamespaces: kind === 'pod',
    })
      .option('-l, --selector <labels>', 'only objects with these labels')
      .option('--containers', 'each container of a pod')
      .option('--no-headers', 'no line of column names')
      .action(
        (
          name: string | undefined,
          flags: KubeOptions & { selector?: string; containers?: boolean; headers?: boolean },
        ) =>
          withCluster(flags, async (context) => {
            const { usage } = await import('../usage.ts');
            (await usage(context, kind, name, flags)).forEach((line) => write(line));
          }),
      );
}

const typeNeeded = (verb: string) =>
  new UsageError(
    `You must specify the type of resource to ${verb}. Use "gantry api-resources" for a complete list of supported resources.

error: Required resource not specified.
Use "gantry explain <resource>" for a detailed description of that resource (e.g. gantry explain pods).
See 'gantry ${verb} -h' for help and examples`,
  );

/** What is named, by the command line or by the objects of files, each in its own namespace. */
async function targetsOf(
  context: KubeContext,
  args: readonly string[],
  flags: ChangeFlags,
): Promise<Target[]> {
  if (hasFiles(flags))
    return (await addressesOf(context, await manifestsOf(flags))).map(({ resource, namespace, name }) => ({
      resource,
      names: [name],
      ...(namespace === undefined ? {} : { namespace }),
    }));
  return readTargets(context.discovery, args, {
    selected: Boolean(flags.selector ?? flags.fieldSelector),
    everywhere: flags.allNamespaces ?? false,
  });
}

function eventsCommand(program: Command): void {
  kubeCommand(program.command('events').description('what happened, the oldest first'), {
    allNamespaces: true,
  })
    .option('--for <object>', 'only about this object: pod/web')
    .option('--types <types>', 'only of these types: Warning,Normal', collectList)
    .option('-w, --watch', 'go on showing new ones')
    .option('--no-headers', 'no line of column names')
    .option('-o, --output <format>', 'json|yaml|name|jsonpath=…')
    .action(
      (
        flags: KubeOptions & {
          for?: string;
          types?: string[];
          watch?: boolean;
          headers: boolean;
          output?: string;
        },
      ) =>
        withCluster(flags, async (context) => {
          const { showEvents } = await import('../events.ts');
          await showEvents(context, {
            ...flags,
            namespace: scopeOf(flags, context),
            object: flags.for,
          });
        }),
    );
}

async function surroundings(
  { connection, discovery }: KubeContext,
  object: Stored,
  showEvents: boolean | string,
): Promise<Surroundings> {
  const { name, namespace, uid } = object.metadata;
  const items = async <T extends Stored>(
    resource: string,
    selectors: { labelSelector?: string; fieldSelector?: string },
    scope = namespace,
  ) => (await listObjects<T>(connection, await discovery.find(resource), scope, selectors)).items;
  const told = String(showEvents) !== 'false' && object.kind !== 'Secret' && object.kind !== 'Namespace';
  const about = namespace ? `involvedObject.uid=${uid}` : `involvedObject.kind=${object.kind}`;
  const fieldSelector = `involvedObject.name=${name},${about}`;
  const around = {
    events: told
      ? await items<Stored<CoreV1Event>>('events', { fieldSelector }).catch(unlessForbidden([]))
      : undefined,
    nowMs: systemClock.now(),
  };
  switch (object.kind) {
    case 'Node': {
      const lease = await discovery.find('leases.coordination.k8s.io');
      return {
        ...around,
        pods: await items<Stored<V1Pod>>('pods', { fieldSelector: `spec.nodeName=${name}` }, undefined).catch(
          unlessForbidden(undefined),
        ),
        lease: await getObject<Stored<V1Lease>>(connection, lease, 'kube-node-lease', name).catch(
          unlessForbidden(undefined),
        ),
      };
    }
    case 'Deployment':
      return { ...around, replicaSets: await items<Stored<V1ReplicaSet>>('replicasets.apps', {}) };
    case 'ReplicaSet':
      return {
        ...around,
        pods: await items<Stored<V1Pod>>('pods', {
          labelSelector: formatLabelSelector((object as Stored<V1ReplicaSet>).spec.selector),
        }),
      };
    case 'Service':
      return {
        ...around,
        endpointSlices: await items<Stored<V1EndpointSlice>>('endpointslices.discovery.k8s.io', {
          labelSelector: `kubernetes.io/service-name=${name}`,
        }),
      };
    default:
      return around;
  }
}

/** Whoever may read an object need not be allowed to read what is around it, and not all of that is always there. */
const unlessForbidden =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (isStatus(error, 'Forbidden', 'NotFound')) return instead;
    throw error;
  };
