import type { Command } from 'commander';
import { isAbort, isStatus } from '@gantry/base';
import {
  deploymentRollout,
  describeTemplate,
  getObject,
  listObjects,
  objectLabel,
  parseDuration,
  parseWaitFor,
  qualifiedName,
  untilObject,
  UsageError,
  type ObjectAddress,
} from '@gantry/client';
import type { Stored, V1Deployment, V1ReplicaSet } from '@gantry/api';
import { timestamp, systemClock } from '@gantry/base';
import { collect } from '../flags.ts';
import { chosen, patchObject } from '../objects.ts';
import {
  kubeCommand,
  wholeNumber,
  withCluster,
  write,
  type KubeContext,
  type KubeOptions,
} from '../context.ts';

const revisionOf = (set: V1ReplicaSet) =>
  Number(set.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);

/** `wait`, `rollout`. */
export function progressCommands(program: Command): void {
  kubeCommand(
    program
      .command('wait [resources...]')
      .description('wait until objects are in a state: wait --for=condition=Ready pod/web'),
  )
    .requiredOption('--for <what>', "delete | create | condition=Name[=value] | jsonpath='{.path}'[=value]")
    .option('--timeout <duration>', 'give up after', '30s')
    .option('-l, --selector <labels>', 'objects with these labels')
    .option('--all', 'all objects of the kind')
    .option('-f, --filename <file>', 'the objects of a file', collect)
    .action(
      (
        args: string[],
        flags: KubeOptions & {
          for: string;
          timeout: string;
          selector?: string;
          all?: boolean;
          filename?: string[];
        },
      ) =>
        withCluster(flags, async (context) => {
          const condition = parseWaitFor(flags.for);
          const timeoutMs = parseDuration(flags.timeout);
          const signal = AbortSignal.timeout(timeoutMs > 0 ? timeoutMs : 7 * 24 * 3_600_000);
          const requests = await chosen(context, args, flags);
          if (requests.length === 0) throw new UsageError('error: no matching resources found');
          const deletion = flags.for.toLowerCase() === 'delete';
          const existence = deletion || flags.for.toLowerCase() === 'create';
          const late: UsageError[] = [];
          for (const { resource, namespace, name } of requests) {
            // What is not there has no conditions to wait for.
            if (!existence) await getObject(context.connection, resource, namespace, name);
            // Of what was not there in the first place kubectl says nothing.
            if (deletion && (await isAbsent(context, resource, namespace, name))) continue;
            try {
              await untilObject(context.connection, resource, namespace, name, condition, signal);
            } catch (error) {
              if (!isAbort(error)) throw error;
              late.push(
                new UsageError(`timed out waiting for the condition on ${qualifiedName(resource)}/${name}`),
              );
              continue;
            }
            write(`${objectLabel(resource, name)} ${deletion ? 'deleted' : 'condition met'}`);
          }
          if (late.length > 1) throw new AggregateError(late);
          if (late.length > 0) throw late[0];
        }),
    );

  const rollout = program.command('rollout').description("follow and steer a Deployment's changes");
  kubeCommand(rollout.command('status <deployment...>').description('wait until a rollout is done'))
    .option('--timeout <duration>', 'give up after (0: never)', '0')
    .option('-w, --watch <bool>', 'wait for it to finish', 'true')
    .action((words: string[], flags: KubeOptions & { timeout: string; watch: string }) =>
      withCluster(flags, async (context) => {
        const request = await deployment(context, words);
        const timeoutMs = parseDuration(flags.timeout);
        const signal = timeoutMs > 0 ? AbortSignal.timeout(timeoutMs) : new AbortController().signal;
        await getObject(context.connection, request.resource, request.namespace, request.name);
        let last = '';
        await untilObject<Stored<V1Deployment>>(
          context.connection,
          request.resource,
          request.namespace,
          request.name,
          (object) => {
            if (!object) throw new UsageError(`error: object has been deleted`);
            const { line, done } = deploymentRollout(object);
            if (line !== last) write((last = line));
            return done || flags.watch === 'false';
          },
          signal,
        ).catch((error: unknown) => {
          if (isAbort(error)) throw new UsageError('error: timed out waiting for the condition');
          throw error;
        });
      }),
    );
  kubeCommand(rollout.command('history <deployment...>').description('the revisions there have been'))
    .option('--revision <n>', 'all of the pod template of this one', wholeNumber, 0)
    .action((words: string[], flags: KubeOptions & { revision: number }) =>
      withCluster(flags, async (context) => {
        const request = await deployment(context, words);
        const sets = await revisions(context, request);
        const label = objectLabel(request.resource, request.name);
        if (flags.revision > 0) {
          const set = sets.find((each) => revisionOf(each) === flags.revision);
          if (!set?.spec.template) throw new UsageError(`error: unable to find the specified revision`);
          write(`${label} with revision #${flags.revision}`);
          return write(describeTemplate(set.spec.template), '');
        }
        write(`${label} `);
        write('REVISION  CHANGE-CAUSE');
        for (const set of sets)
          write(
            `${String(revisionOf(set)).padEnd(10)}${set.metadata.annotations?.['kubernetes.io/change-cause'] ?? '<none>'}`,
          );
        write('');
      }),
    );
  kubeCommand(rollout.command('undo <deployment...>').description('go back to an earlier revision'))
    .option('--to-revision <n>', 'which (default: the one before)', wholeNumber, 0)
    .action((words: string[], flags: KubeOptions & { toRevision: number }) =>
      withCluster(flags, async (context) => {
        const request = await deployment(context, words);
        const sets = await revisions(context, request);
        const target =
          flags.toRevision > 0 ? sets.find((set) => revisionOf(set) === flags.toRevision) : sets.at(-2);
        if (!target)
          throw new UsageError(
            flags.toRevision > 0
              ? `error: unable to find specified revision ${flags.toRevision} in history`
              : `error: no rollout history found for deployment "${request.name}"`,
          );
        const template = structuredClone(target.spec.template!);
        delete template.metadata?.labels?.['pod-template-hash'];
        await patchObject(context, request, [{ op: 'replace', path: '/spec/template', value: template }], {
          type: 'json',
        });
        write(`${objectLabel(request.resource, request.name)} rolled back`);
      }),
    );
  kubeCommand(
    rollout.command('restart <deployment...>').description('replace all pods, one after the other'),
  ).action((words: string[], flags: KubeOptions) =>
    withCluster(flags, async (context) => {
      const request = await deployment(context, words);
      const { spec } = await current(context, request);
      if (spec.paused)
        throw new UsageError(
          `error: ${qualifiedName(request.resource)} "${request.name}" can't restart paused deployment (run rollout resume first)`,
        );
      const annotations = { 'kubectl.kubernetes.io/restartedAt': timestamp(systemClock.now()) };
      await patchObject(context, request, { spec: { template: { metadata: { annotations } } } });
      write(`${objectLabel(request.resource, request.name)} restarted`);
    }),
  );
  for (const [verb, paused] of [
    ['pause', true],
    ['resume', false],
  ] as const)
    kubeCommand(
      rollout
        .command(`${verb} <deployment...>`)
        .description(paused ? 'hold further changes back' : 'let changes through again'),
    ).action((words: string[], flags: KubeOptions) =>
      withCluster(flags, async (context) => {
        const request = await deployment(context, words);
        const { spec } = await current(context, request);
        if ((spec.paused ?? false) === paused)
          throw new UsageError(
            `error: ${qualifiedName(request.resource)} "${request.name}" is ${paused ? 'already' : 'not'} paused`,
          );
        await patchObject(context, request, { spec: { paused: paused || null } });
        write(`${objectLabel(request.resource, request.name)} ${verb}d`);
      }),
    );
}

const isAbsent = (
  { connection }: KubeContext,
  resource: ObjectAddress['resource'],
  namespace: string | undefined,
  name: string,
): Promise<boolean> =>
  getObject(connection, resource, namespace, name).then(
    () => false,
    (error: unknown) => {
      if (isStatus(error, 'NotFound')) return true;
      throw error;
    },
  );

const current = (
  { connection }: KubeContext,
  { resource, namespace, name }: ObjectAddress,
): Promise<Stored<V1Deployment>> => getObject(connection, resource, namespace, name);

/** `deployment/web`, `deployment web`, `web`. */
async function deployment(context: KubeContext, words: readonly string[]) {
  const [first = '', ...rest] = words;
  const named = first.includes('/') || rest.length > 0 ? words : [`deployments.apps/${first}`];
  const [request] = await chosen(context, named, {});
  if (request?.resource.name !== 'deployments')
    throw new UsageError(`error: no rollouts are known of ${words.join(' ')}: only of deployments`);
  return request;
}

/** A Deployment's ReplicaSets, the oldest revision first. */
async function revisions(
  { connection, discovery }: KubeContext,
  request: { namespace: string | undefined; name: string; resource: { name: string } },
) {
  const owner = await getObject<Stored<V1Deployment>>(
    connection,
    await discovery.find('deployments.apps'),
    request.namespace,
    request.name,
  );
  const { items } = await listObjects<Stored<V1ReplicaSet>>(
    connection,
    await discovery.find('replicasets.apps'),
    request.namespace,
  );
  return items
    .filter(
      (set) =>
        set.metadata.ownerReferences?.some((each) => each.uid === owner.metadata.uid) && revisionOf(set) > 0,
    )
    .sort((a, b) => revisionOf(a) - revisionOf(b));
}
