import { Option, type Command } from 'commander';
import {
  describe as describeObject,
  getObject,
  getVerb,
  listObjects,
  parseOutput,
  qualifiedName,
  readTargets,
} from '@gantry/client';
import type { CoreV1Event, Stored, V1EndpointSlice, V1Pod, V1ReplicaSet } from '@gantry/api';
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
import { fileOptions, type ChangeFlags } from '../objects.ts';

interface GetFlags extends KubeOptions {
  output?: string;
  selector?: string;
  fieldSelector?: string;
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
  filename?: string[];
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
        await getVerb(
          context.connection,
          context.discovery,
          flags.filename ? await namesOf(context, flags) : args,
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
        const failures: unknown[] = [];
        const named = flags.filename ? await namesOf(context, flags) : args;
        const targets = await readTargets(context.discovery, named, {
          selected: flags.selector !== undefined,
          everywhere: flags.allNamespaces ?? false,
        });
        for (const { resource, names } of targets) {
          const namespace = resource.namespaced ? scopeOf(flags, context) : undefined;
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
              objects.push(...alike);
              if (alike.length === 0) failures.push(error);
            }
          for (const object of objects) {
            object.kind = resource.kind;
            texts.push(describeObject(object, await surroundings(context, object, flags.showEvents)));
          }
        }
        if (texts.length > 0) write(texts.join('\n\n\n'));
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

/** The objects of `-f`, as a command line names them. */
async function namesOf({ discovery }: KubeContext, flags: ChangeFlags): Promise<string[]> {
  const { readManifests } = await import('@gantry/client');
  const manifests = await readManifests(flags.filename ?? [], { recursive: flags.recursive ?? false });
  return Promise.all(
    manifests.map(
      async ({ object }) =>
        `${qualifiedName(await discovery.ofKind(object.apiVersion, object.kind))}/${object.metadata.name ?? ''}`,
    ),
  );
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
) {
  const { name, namespace, uid } = object.metadata;
  const items = async <T extends Stored>(
    resource: string,
    selectors: { labelSelector?: string; fieldSelector?: string },
    scope = namespace,
  ) => (await listObjects<T>(connection, await discovery.find(resource), scope, selectors)).items;
  const about = namespace ? `involvedObject.uid=${uid}` : `involvedObject.kind=${object.kind}`;
  const selectors = { fieldSelector: `involvedObject.name=${name},${about}` };
  const events = await items<Stored<CoreV1Event>>('events', selectors).catch((error: unknown) => {
    // Whoever may read the object need not be allowed to read events.
    if (isStatus(error, 'Forbidden')) return [];
    throw error;
  });
  return {
    events: String(showEvents) === 'false' ? undefined : events,
    nowMs: systemClock.now(),
    ...(object.kind === 'Node'
      ? { pods: await items<Stored<V1Pod>>('pods', { fieldSelector: `spec.nodeName=${name}` }, undefined) }
      : {}),
    ...(object.kind === 'Deployment'
      ? { replicaSets: await items<Stored<V1ReplicaSet>>('replicasets.apps', {}) }
      : {}),
    ...(object.kind === 'Service'
      ? {
          endpointSlices: await items<Stored<V1EndpointSlice>>('endpointslices.discovery.k8s.io', {
            labelSelector: `kubernetes.io/service-name=${name}`,
          }),
        }
      : {}),
  };
}
