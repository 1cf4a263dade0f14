import type { Command } from 'commander';
import { isAbort, isStatus, systemClock } from '@gantry/base';
import type { Stored, V1Node, V1Pod, V1Taint } from '@gantry/api';
import {
  getObject,
  listObjects,
  parseDuration,
  untilGone,
  UsageError,
  type ObjectAddress,
} from '@gantry/client';
import {
  kubeCommand,
  warn,
  wholeNumber,
  withCluster,
  write,
  type KubeContext,
  type KubeOptions,
} from '../context.ts';
import { eachOf, patchObject, selectionOptions, type ChangeFlags } from '../objects.ts';

/** `cordon`, `uncordon`, `drain`, `taint`. */
export function nodeCommands(program: Command): void {
  for (const [verb, unschedulable, description] of [
    ['cordon', true, 'keep new pods off nodes'],
    ['uncordon', false, 'let pods onto nodes again'],
  ] as const)
    selectionOptions(kubeCommand(program.command(`${verb} [nodes...]`).description(description))).action(
      (names: string[], flags: ChangeFlags) =>
        withCluster(flags, async (context) => {
          await eachOf(await nodesOf(context, names, flags), (node) =>
            setSchedulable(context, node, !unschedulable),
          );
        }),
    );

  selectionOptions(
    kubeCommand(
      program.command('drain [nodes...]').description('keep new pods off nodes and evict those there'),
    ),
  )
    .option('--ignore-daemonsets', 'leave pods of DaemonSets alone')
    .option('--delete-emptydir-data', 'also pods with emptyDir volumes, whose data is lost')
    .option('--force', 'also pods that no controller will replace')
    .option('--disable-eviction', 'delete instead of evicting: disruption budgets do not count')
    .option(
      '--grace-period <seconds>',
      "how long pods may take to stop (default: each pod's own)",
      wholeNumber,
      -1,
    )
    .option('--pod-selector <labels>', 'only pods with these labels')
    .option('--timeout <duration>', 'give up after (0: never)', '0')
    .action((names: string[], flags: DrainFlags) =>
      withCluster(flags, async (context) => {
        await eachOf(await nodesOf(context, names, flags), async (node) => {
          await setSchedulable(context, node, false);
          await drain(context, node, flags);
        });
      }),
    );

  selectionOptions(
    kubeCommand(
      program
        .command('taint <nodes> [arguments...]')
        .description('taint nodes node-1 key=value:NoSchedule, or key- to remove'),
    ),
  )
    .option('--overwrite', 'replace a taint of the same key and effect')
    .action((kind: string, args: string[], flags: ChangeFlags & { overwrite?: boolean }) =>
      withCluster(flags, async (context) => {
        if (!/^nodes?$|^no$/.test(kind))
          throw new UsageError(`error: only nodes have taints: taint nodes <name> …`);
        const isTaint = (text: string) => text.includes(':') || text.includes('=') || text.endsWith('-');
        const changes = args.filter(isTaint).map(readTaint);
        if (changes.length === 0) throw new UsageError('error: at least one taint update is required');
        await eachOf(
          await nodesOf(
            context,
            args.filter((arg) => !isTaint(arg)),
            flags,
          ),
          (node) => taint(context, node, changes, flags.overwrite ?? false),
        );
      }),
    );
}

interface DrainFlags extends ChangeFlags {
  ignoreDaemonsets?: boolean;
  deleteEmptydirData?: boolean;
  force?: boolean;
  disableEviction?: boolean;
  gracePeriod: number;
  podSelector?: string;
  timeout: string;
}

async function nodesOf(
  { connection, discovery }: KubeContext,
  names: readonly string[],
  flags: KubeOptions & { selector?: string; all?: boolean },
): Promise<Stored<V1Node>[]> {
  const resource = await discovery.find('nodes');
  if (names.length > 0)
    return Promise.all(
      names.map((name) =>
        getObject<Stored<V1Node>>(connection, resource, undefined, name.replace(/^nodes?\//, '')),
      ),
    );
  if (flags.selector === undefined && !flags.all)
    throw new UsageError('error: name a node, or select some with -l or --all (see --help)');
  return (
    await listObjects<Stored<V1Node>>(connection, resource, undefined, { labelSelector: flags.selector })
  ).items;
}

const address = async ({ discovery }: KubeContext, node: Stored<V1Node>): Promise<ObjectAddress> => ({
  resource: await discovery.find('nodes'),
  namespace: undefined,
  name: node.metadata.name,
});

async function setSchedulable(
  context: KubeContext,
  node: Stored<V1Node>,
  schedulable: boolean,
): Promise<void> {
  const done = schedulable ? 'uncordoned' : 'cordoned';
  if ((node.spec.unschedulable ?? false) === !schedulable)
    return write(`node/${node.metadata.name} already ${done}`);
  await patchObject(context, await address(context, node), {
    spec: { unschedulable: schedulable ? null : true },
  });
  write(`node/${node.metadata.name} ${done}`);
}

/** What `drain` does about a pod. */
export type DrainVerdict = { evict: boolean; warning?: string } | { problem: string };

/** kubectl's rules (`kubectl/pkg/drain/filters.go`): finished and mirror pods are no obstacle; the rest needs a controller, or permission. */
export function drainVerdict(
  { metadata, spec, status }: Stored<V1Pod>,
  flags: Pick<DrainFlags, 'ignoreDaemonsets' | 'deleteEmptydirData' | 'force'>,
): DrainVerdict {
  const finished = status?.phase === 'Succeeded' || status?.phase === 'Failed';
  const controller = metadata.ownerReferences?.find((each) => each.controller);
  if (metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return { evict: false };
  if (controller?.kind === 'DaemonSet' && !finished)
    return flags.ignoreDaemonsets
      ? { evict: false, warning: 'ignoring DaemonSet-managed Pods' }
      : { problem: 'cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' };
  if (spec.volumes?.some((each) => each.emptyDir) && !finished && !flags.deleteEmptydirData)
    return { problem: 'cannot delete Pods with local storage (use --delete-emptydir-data to override)' };
  if (!controller && !finished)
    return flags.force
      ? { evict: true, warning: 'deleting Pods that declare no controller' }
      : { problem: 'cannot delete Pods that declare no controller (use --force to override)' };
  return { evict: true };
}

async function drain(context: KubeContext, node: Stored<V1Node>, flags: DrainFlags): Promise<void> {
  const { connection, discovery } = context;
  const pods = await discovery.find('pods');
  const { items } = await listObjects<Stored<V1Pod>>(connection, pods, undefined, {
    fieldSelector: `spec.nodeName=${node.metadata.name}`,
    labelSelector: flags.podSelector,
  });
  const verdicts = items.map((pod) => ({ pod, verdict: drainVerdict(pod, flags) }));
  const label = ({ metadata }: Stored<V1Pod>) => `${metadata.namespace}/${metadata.name}`;
  const grouped = new Map<string, string[]>();
  const group = (text: string, pod: Stored<V1Pod>) =>
    grouped.set(text, [...(grouped.get(text) ?? []), label(pod)]);
  for (const { pod, verdict } of verdicts) if ('problem' in verdict) group(verdict.problem, pod);
  if (grouped.size > 0)
    throw new UsageError(
      `error: unable to drain node "${node.metadata.name}" due to error: ${[...grouped].map(([text, names]) => `${text}: ${names.join(', ')}`).join('; ')}`,
    );
  for (const { pod, verdict } of verdicts)
    if ('warning' in verdict && verdict.warning) group(verdict.warning, pod);
  for (const [text, names] of grouped) warn(`Warning: ${text}: ${names.join(', ')}`);
  const leaving = verdicts.flatMap(({ pod, verdict }) => ('evict' in verdict && verdict.evict ? [pod] : []));
  const timeoutMs = parseDuration(flags.timeout);
  const signal = timeoutMs > 0 ? AbortSignal.timeout(timeoutMs) : new AbortController().signal;
  try {
    await Promise.all(
      leaving.map(async (pod) => {
        write(`evicting pod ${label(pod)}`);
        await evict(context, pod, flags, signal);
        const { namespace, name, uid } = pod.metadata;
        await untilGone(connection, [{ resource: pods, namespace, name, uid }], signal);
        write(`pod/${name} evicted`);
      }),
    );
  } catch (error) {
    if (isAbort(error))
      throw new UsageError(
        `error: unable to drain node "${node.metadata.name}": global timeout reached: ${flags.timeout}`,
      );
    throw error;
  }
  write(`node/${node.metadata.name} drained`);
}

/** Evicts, again and again while a disruption budget forbids it. */
async function evict(
  { connection }: KubeContext,
  pod: Stored<V1Pod>,
  flags: DrainFlags,
  signal: AbortSignal,
): Promise<void> {
  const { namespace = '', name, uid } = pod.metadata;
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`;
  const deleteOptions = {
    ...(flags.gracePeriod >= 0 ? { gracePeriodSeconds: flags.gracePeriod } : {}),
    preconditions: { uid },
  };
  for (;;)
    try {
      if (flags.disableEviction)
        await connection.request({
          method: 'DELETE',
          path,
          body: { kind: 'DeleteOptions', apiVersion: 'v1', ...deleteOptions },
        });
      else
        await connection.request({
          method: 'POST',
          path: `${path}/eviction`,
          body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace }, deleteOptions },
        });
      return;
    } catch (error) {
      if (isStatus(error, 'NotFound')) return;
      if (!isStatus(error, 'TooManyRequests')) throw error;
      warn(`error when evicting pods/"${name}" -n "${namespace}" (will retry after 5s): ${error.message}`);
      await systemClock.sleep(5_000, signal);
    }
}

/** A change of taints: with `remove` the effect may be left out, for all effects of the key. */
export interface TaintChange {
  key: string;
  value?: string;
  effect?: string;
  remove: boolean;
}

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** `key=value:Effect`, `key:Effect`, `key:Effect-`, `key-`. */
export function readTaint(text: string): TaintChange {
  const remove = text.endsWith('-');
  const [, key = '', value, effect] =
    /^([^=:]+)(?:=([^:]*))?(?::(\w+))?$/.exec(remove ? text.slice(0, -1) : text) ?? [];
  if (!key || (!remove && effect === undefined))
    throw new UsageError(`error: invalid taint spec: ${text}, expected key=value:Effect`);
  if (effect !== undefined && !effects.includes(effect))
    throw new UsageError(
      `error: invalid taint spec: ${text}, unsupported taint effect: one of ${effects.join(', ')}`,
    );
  return {
    key,
    remove,
    ...(value === undefined ? {} : { value }),
    ...(effect === undefined ? {} : { effect }),
  };
}

/** The taints after the changes. Throws where a taint is there already, unless `overwrite`, or is to go and is not there. */
export function changeTaints(
  taints: readonly V1Taint[],
  changes: readonly TaintChange[],
  overwrite: boolean,
): V1Taint[] {
  let result = [...taints];
  for (const change of changes) {
    const same = (each: V1Taint) =>
      each.key === change.key && (change.effect === undefined || each.effect === change.effect);
    const there = result.find(same);
    if (change.remove && !there)
      throw new UsageError(
        `error: taint "${change.key}${change.effect ? `:${change.effect}` : ''}" not found`,
      );
    if (!change.remove && there && !overwrite) {
      if ((there.value ?? '') === (change.value ?? '')) continue;
      throw new UsageError(
        `error: node already has ${change.key} taint(s) with same effect(s) and --overwrite is false`,
      );
    }
    result = result.filter((each) => !same(each));
    if (!change.remove)
      result.push({
        key: change.key,
        effect: change.effect!,
        ...(change.value === undefined ? {} : { value: change.value }),
      });
  }
  return result;
}

async function taint(
  context: KubeContext,
  node: Stored<V1Node>,
  changes: readonly TaintChange[],
  overwrite: boolean,
): Promise<void> {
  const taints = changeTaints(node.spec.taints ?? [], changes, overwrite);
  // The version read goes along: taints are set by controllers, too, and lists are written whole.
  const patch = {
    metadata: { resourceVersion: node.metadata.resourceVersion },
    spec: { taints: taints.length > 0 ? taints : null },
  };
  await patchObject(context, await address(context, node), patch);
  const removed = changes.every((each) => each.remove);
  write(`node/${node.metadata.name} ${removed ? 'untainted' : 'tainted'}`);
}
