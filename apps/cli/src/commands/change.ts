import type { Command } from 'commander';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAbort, isStatus } from '@gantry/base';
import {
  appliedLine,
  applyManifest,
  deleteObject,
  formatYaml,
  inOrder,
  lastAppliedAnnotation,
  listObjects,
  locate,
  objectLabel,
  parseDuration,
  pathOf,
  query,
  timedOut,
  untilGone,
  UsageError,
  whenDoing,
  type Applied,
  type ObjectAddress,
} from '@gantry/client';
import { matchesLabels, parseLabelSelector, type Stored } from '@gantry/api';
import { kubeCommand, warn, wholeNumber, withCluster, write, type KubeContext } from '../context.ts';
import { addSwitchOn, collectList } from '../flags.ts';
import {
  chosen,
  dryRunOf,
  drySuffix,
  eachOf,
  fileOptions,
  manifestsOf,
  outcomeOptions,
  show,
  type ChangeFlags,
  type Kinded,
} from '../objects.ts';

interface ApplyFlags extends ChangeFlags {
  serverSide?: boolean;
  forceConflicts?: boolean;
  validate?: boolean | string;
  prune?: boolean;
  pruneAllowlist?: string[];
  wait?: boolean;
}

interface DeleteFlags extends ChangeFlags {
  gracePeriod?: number;
  now?: boolean;
  force?: boolean;
  cascade: string;
  ignoreNotFound?: boolean;
  wait: boolean;
  timeout: string;
}

const checked = (command: Command) =>
  addSwitchOn(command, 'validate', 'refuse fields that the kind does not have');

/** `apply`, `diff`, `replace`, `edit`, `delete`, `kustomize`. */
export function changeCommands(program: Command): void {
  checked(
    outcomeOptions(
      fileOptions(
        kubeCommand(
          program.command('apply').description('bring objects to what files say, leaving what others set'),
        ),
      ),
    ),
  )
    .option('--server-side', 'let the server merge, by field ownership')
    .option('--force-conflicts', 'with --server-side: take fields over from other managers')
    .option('--overwrite', 'accepted for compatibility: what the files say wins')
    .option('-l, --selector <labels>', 'only objects with these labels')
    .option('--prune', 'delete objects applied earlier, with the labels of -l, that the files no longer have')
    .option('--all', 'with --prune: whatever their labels')
    .option('--prune-allowlist <kinds>', 'with --prune: of these kinds, as core/v1/ConfigMap', collectList)
    .action((flags: ApplyFlags) => withCluster(flags, (context) => apply(context, flags)));

  fileOptions(
    kubeCommand(
      program
        .command('diff')
        .description('show what apply would change; exit code 1 when there is something'),
    ),
  )
    .option('--server-side', 'let the server merge, by field ownership')
    .option('--force-conflicts', 'with --server-side: take fields over from other managers')
    .option('--field-manager <name>', 'in whose name the fields are set')
    .action((flags: ApplyFlags) =>
      withCluster(flags, async (context) => {
        const { diffManifests } = await import('../diff.ts');
        process.exitCode = await diffManifests(context, inOrder(await manifestsOf(flags)), flags);
      }),
    );

  checked(
    outcomeOptions(
      fileOptions(
        kubeCommand(
          program.command('replace').description('put whole objects in the place of those there are'),
        ),
      ),
    ),
  )
    .option('--force', 'delete and create again')
    .option('--save-config', 'accepted for compatibility')
    .action((flags: ChangeFlags & { force?: boolean; validate?: boolean }) =>
      withCluster(flags, async (context) => {
        const dry = dryRunOf(flags.dryRun);
        await eachOf(inOrder(await manifestsOf(flags)), async ({ object, source }) => {
          const target = {
            ...(await locate(context.discovery, object, context.namespace)),
            name: object.metadata.name ?? '',
          };
          if (flags.force) {
            await deleteObject(context.connection, target, { gracePeriodSeconds: 0, ignoreNotFound: true });
            await untilGone(context.connection, [target], new AbortController().signal);
          }
          const made = await replaceObject(context, target, object, {
            create: flags.force ?? false,
            dryRun: dry === 'server',
            validate: flags.validate ?? true,
          }).catch(whenDoing('replacing', source));
          show(
            target.resource,
            made,
            flags,
            `${objectLabel(target.resource, target.name)} replaced${drySuffix(dry)}`,
          );
        });
      }),
    );

  fileOptions(
    kubeCommand(
      program
        .command('edit [resources...]')
        .description('change objects in your editor ($KUBE_EDITOR, $EDITOR)'),
    ),
  )
    .option('-o, --output <format>', 'edit as yaml or json', 'yaml')
    .action((args: string[], flags: ChangeFlags) =>
      withCluster(flags, async (context) => {
        const { editObject } = await import('../editor.ts');
        for (const target of await chosen(context, args, flags))
          await editObject(context, target, flags.output === 'json');
      }),
    );

  deleteCommand(program);

  program
    .command('kustomize [folder]')
    .description('print what kustomize makes of a folder; apply -k applies it')
    .option('-o, --output <path>', 'write to this file, or a file for each object into this folder')
    .action(async (folder: string | undefined, flags: { output?: string }) => {
      const { kustomizedManifests } = await import('../manifests.ts');
      const objects = kustomizedManifests(folder ?? '.', warn).map(({ object }) => object);
      const text = () => objects.map(formatYaml).join('---\n');
      if (flags.output === undefined) write(text(), '');
      else if (!statSync(flags.output, { throwIfNoEntry: false })?.isDirectory())
        writeFileSync(flags.output, text());
      else
        for (const object of objects) {
          const { apiVersion, kind, metadata } = object;
          const name = `${apiVersion.replace('/', '_')}_${kind}_${metadata.name}.yaml`.toLowerCase();
          writeFileSync(join(flags.output, name), formatYaml(object));
        }
    });
}

async function apply(context: KubeContext, flags: ApplyFlags): Promise<void> {
  const { connection, discovery, namespace } = context;
  const dry = dryRunOf(flags.dryRun);
  if (flags.prune && flags.selector === undefined && !flags.all)
    throw new UsageError(
      'error: all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
    );
  if (flags.forceConflicts && !flags.serverSide)
    throw new UsageError('error: --force-conflicts only works with --server-side');
  let manifests = inOrder(await manifestsOf(flags));
  if (flags.selector !== undefined) {
    const wanted = parseLabelSelector(flags.selector);
    manifests = manifests.filter(({ object }) => matchesLabels(wanted, object.metadata.labels));
    if (manifests.length === 0 && !flags.prune) throw new UsageError('error: no objects passed to apply');
  }
  const kept: Applied[] = [];
  await eachOf(manifests, async (manifest) => {
    const applied = await applyManifest(connection, discovery, manifest, {
      namespace,
      serverSide: flags.serverSide ?? false,
      forceConflicts: flags.forceConflicts ?? false,
      fieldManager: flags.fieldManager,
      validate: flags.validate !== false,
      // Without a change, the server's answer to a trial says best what would become of it.
      dryRun: dry === undefined ? undefined : 'server',
    });
    kept.push(applied);
    show(applied.resource, applied.object, flags, appliedLine(applied) + drySuffix(dry));
  });
  if (flags.prune) await prune(context, kept, flags, dry !== undefined);
}

/** Deletes what an earlier apply made and this one's files do not have: in the namespaces of the files, of the kinds listed. */
async function prune(
  context: KubeContext,
  kept: readonly Applied[],
  flags: ApplyFlags,
  dry: boolean,
): Promise<void> {
  const { connection, discovery, namespace } = context;
  const kinds = flags.pruneAllowlist ?? [
    'core/v1/ConfigMap',
    'core/v1/Secret',
    'core/v1/Service',
    'core/v1/Pod',
    'apps/v1/Deployment',
    'apps/v1/ReplicaSet',
  ];
  const uids = new Set(kept.map(({ object }) => object.metadata.uid));
  const namespaces = new Set([
    ...kept.flatMap(({ object }) => object.metadata.namespace ?? []),
    ...(kept.length === 0 ? [namespace] : []),
  ]);
  for (const text of kinds) {
    const [group = '', version = '', kind = ''] = text.split('/');
    if (!kind)
      throw new UsageError(
        `error: invalid GroupVersionKind format: ${text}, please follow <group/version/kind>`,
      );
    const resource = await discovery.ofKind(group === 'core' ? version : `${group}/${version}`, kind);
    for (const where of resource.namespaced ? namespaces : [undefined]) {
      const { items } = await listObjects(connection, resource, where, { labelSelector: flags.selector });
      for (const { metadata } of items) {
        if (uids.has(metadata.uid) || metadata.annotations?.[lastAppliedAnnotation] === undefined) continue;
        const target = { resource, namespace: where, name: metadata.name };
        await deleteObject(connection, target, { dryRun: dry ? 'server' : undefined, ignoreNotFound: true });
        write(`${objectLabel(resource, metadata.name)} pruned${drySuffix(dry ? 'server' : undefined)}`);
      }
    }
  }
}

async function replaceObject(
  { connection }: KubeContext,
  { resource, namespace, name }: ObjectAddress,
  object: Kinded,
  options: { create: boolean; dryRun: boolean; validate: boolean },
): Promise<Stored> {
  const { body } = await connection.request({
    method: options.create ? 'POST' : 'PUT',
    path:
      pathOf(resource, namespace, options.create ? undefined : name) +
      query({
        fieldManager: 'gantry-replace',
        fieldValidation: options.validate ? 'Strict' : 'Ignore',
        dryRun: options.dryRun ? 'All' : undefined,
      }),
    body: object,
  });
  return JSON.parse(body.toString()) as Stored;
}

function deleteCommand(program: Command): void {
  const command = fileOptions(
    kubeCommand(
      program.command('delete [resources...]').description('delete objects by file, name or label'),
      {
        allNamespaces: true,
      },
    ),
  )
    .option('-l, --selector <labels>', 'objects with these labels')
    .option('--field-selector <fields>', 'objects with these fields')
    .option('--all', 'all objects of the kind in the namespace')
    .option('--grace-period <seconds>', 'how long a pod may take to stop', wholeNumber)
    .option('--now', 'the same as --grace-period=1')
    .option('--force', 'do not wait for the node: with --grace-period=0')
    .option('--cascade [how]', 'background|foreground|orphan', 'background')
    .option('--ignore-not-found', 'what is not there is no error')
    .option('--timeout <duration>', 'how long to wait (0: as long as it takes)', '0')
    .option('--dry-run [how]', 'server|client|none')
    .option('-o, --output <format>', 'name');
  addSwitchOn(command, 'wait', 'wait until the objects are gone').action(
    (args: string[], flags: DeleteFlags) => withCluster(flags, (context) => deleteAll(context, args, flags)),
  );
}

async function deleteAll(context: KubeContext, args: readonly string[], flags: DeleteFlags): Promise<void> {
  const cascade = String(flags.cascade);
  if (!['background', 'foreground', 'orphan', 'true'].includes(cascade))
    throw new UsageError(
      `error: invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan".`,
    );
  if (flags.now && flags.gracePeriod !== undefined && flags.gracePeriod !== -1)
    throw new UsageError('error: --now and --grace-period cannot be specified together');
  const bySelector =
    flags.selector !== undefined || flags.fieldSelector !== undefined || (flags.all ?? false);
  const targets = await chosen(context, args, flags);
  if (targets.length === 0) {
    if (!flags.ignoreNotFound) write('No resources found');
    return;
  }
  const dry = dryRunOf(flags.dryRun);
  const timeoutMs = parseDuration(flags.timeout);
  const grace = flags.now ? 1 : (flags.gracePeriod ?? (flags.force ? 0 : undefined));
  // kubectl, too, lets a grace period of 0 pass for 1 unless it is forced: the node then still gets to stop the pod.
  const gracePeriodSeconds =
    grace === 0 && !flags.force ? 1 : grace !== undefined && grace < 0 ? undefined : grace;
  if (gracePeriodSeconds === 0)
    process.stderr.write(
      'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n',
    );
  const gone: ObjectAddress[] = [];
  await eachOf(targets, async (target) => {
    if (dry !== 'client') {
      const there = await deleteObject(context.connection, target, {
        gracePeriodSeconds,
        cascade: cascade === 'true' ? 'background' : (cascade as 'background'),
        dryRun: dry,
        // By selector, what went away meanwhile is no error.
        ignoreNotFound: (flags.ignoreNotFound ?? false) || bySelector,
      });
      if (!there) return;
      gone.push(target);
    }
    const { resource, name } = target;
    const kind = objectLabel(resource, '').slice(0, -1);
    write(
      flags.output === 'name'
        ? objectLabel(resource, name)
        : `${kind} "${name}" ${gracePeriodSeconds === 0 ? 'force deleted' : 'deleted'}${drySuffix(dry)}`,
    );
  });
  if (!flags.wait || dry) return;
  const signal = timeoutMs > 0 ? AbortSignal.timeout(timeoutMs) : new AbortController().signal;
  await untilGone(context.connection, gone, signal).catch((error: unknown) => {
    if (isAbort(error)) throw new UsageError(timedOut(gone[0]!));
    // Whoever may delete need not be allowed to watch.
    if (isStatus(error, 'Forbidden', 'MethodNotAllowed')) return;
    throw error;
  });
}
