import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import type { Stored, V1Container, V1PodSpec } from '@gantry/api';
import {
  getObject,
  objectLabel,
  parseDuration,
  parseYaml,
  untilObject,
  UsageError,
  type ObjectAddress,
} from '@gantry/client';
import { kubeCommand, wholeNumber, withCluster, write } from '../context.ts';
import {
  chosen,
  dryRunOf,
  drySuffix,
  eachOf,
  fileOptions,
  outcomeOptions,
  patchObject,
  selectionOptions,
  show,
  type ChangeFlags,
} from '../objects.ts';

const editing = (program: Command, usage: string, description: string) =>
  outcomeOptions(
    selectionOptions(
      fileOptions(kubeCommand(program.command(usage).description(description), { allNamespaces: true })),
    ),
  );

/** `label`, `annotate`, `patch`, `scale`, `set`. */
export function editCommands(program: Command): void {
  for (const [verb, field] of [
    ['label', 'labels'],
    ['annotate', 'annotations'],
  ] as const)
    editing(program, `${verb} <resources...>`, `set (key=value) and remove (key-) ${field}`)
      .option('--overwrite', 'replace values that are there')
      .option('--list', `show the ${field} in the end`)
      .action((args: string[], flags: MetadataFlags) => setMetadata(verb, field, args, flags));

  editing(program, 'patch [resources...]', 'change fields of an object')
    .option('-p, --patch <json>', 'the patch, as JSON or YAML')
    .option('--patch-file <file>', 'a file with the patch')
    .option('--type <type>', 'strategic|merge|json', 'strategic')
    .option('--subresource <name>', 'status|scale')
    .action(
      (
        args: string[],
        flags: ChangeFlags & { patch?: string; patchFile?: string; type: string; subresource?: string },
      ) =>
        withCluster(flags, async (context) => {
          const text = flags.patchFile === undefined ? flags.patch : readFileSync(flags.patchFile, 'utf8');
          if (text === undefined)
            throw new UsageError(
              'error: must specify --patch or --patch-file containing the contents of the patch',
            );
          const patch: unknown = parseYaml(text);
          if (typeof patch !== 'object' || patch === null)
            throw new UsageError(`error: unable to parse "${text}": it is no object or list`);
          const dry = dryRunOf(flags.dryRun);
          await eachOf(await chosen(context, args, flags), async (target) => {
            const before = await getObject(
              context.connection,
              target.resource,
              target.namespace,
              target.name,
            );
            const after = await patchObject(context, target, patch, {
              type: flags.type,
              subresource: flags.subresource,
              dryRun: dry !== undefined,
              fieldManager: flags.fieldManager ?? 'gantry-patch',
            });
            const same =
              before.metadata.resourceVersion === after.metadata.resourceVersion && dry === undefined;
            show(
              target.resource,
              after,
              flags,
              `${objectLabel(target.resource, target.name)} patched${same ? ' (no change)' : ''}${drySuffix(dry)}`,
            );
          });
        }),
    );

  editing(program, 'scale [resources...]', 'set the number of replicas')
    .option('--replicas <n>', 'how many', wholeNumber)
    .option('--current-replicas <n>', 'only if there are so many now', wholeNumber, -1)
    .option('--resource-version <version>', 'only if the object still has this version')
    .option('--timeout <duration>', 'wait until there are so many, at most this long (0: do not wait)', '0')
    .action(
      (
        args: string[],
        flags: ChangeFlags & { replicas?: number; currentReplicas: number; timeout: string },
      ) => scale(args, flags),
    );

  setCommands(program);
}

interface MetadataFlags extends ChangeFlags {
  overwrite?: boolean;
  list?: boolean;
}

/** `key=value` and `key-`; a kind and a name have neither, nor has `kind/name` (where keys have slashes, they have values). */
export const isChange = (argument: string) =>
  argument.includes('=') || (argument.endsWith('-') && argument.length > 1);

/** A change as the value to merge: null removes. */
export function readChange(text: string): [key: string, value: string | null] {
  const equals = text.indexOf('=');
  return equals < 0 ? [text.slice(0, -1), null] : [text.slice(0, equals), text.slice(equals + 1)];
}

function setMetadata(
  verb: 'label' | 'annotate',
  field: 'labels' | 'annotations',
  args: string[],
  flags: MetadataFlags,
): Promise<void> {
  return withCluster(flags, async (context) => {
    const changes = Object.fromEntries(args.filter(isChange).map(readChange));
    if (Object.keys(changes).length === 0 && !flags.list)
      throw new UsageError(
        `error: at least one ${verb === 'label' ? 'label' : 'annotation'} update is required`,
      );
    const dry = dryRunOf(flags.dryRun);
    const targets = await chosen(
      context,
      args.filter((arg) => !isChange(arg)),
      flags,
    );
    await eachOf(targets, async (target) => {
      const { resource, namespace, name } = target;
      const current = await getObject(context.connection, resource, namespace, name);
      const values = current.metadata[field] ?? {};
      for (const [key, value] of Object.entries(changes)) {
        const old = values[key];
        if (!flags.overwrite && value !== null && old !== undefined && old !== value)
          throw new UsageError(`error: '${key}' already has a value (${old}), and --overwrite is false`);
        if (value === null && old === undefined)
          write(`${verb === 'label' ? 'label' : 'annotation'} "${key}" not found.`);
      }
      const patched =
        dry === 'client' || Object.keys(changes).length === 0
          ? current
          : await patchObject(
              context,
              target,
              { metadata: { [field]: changes } },
              { dryRun: dry !== undefined, fieldManager: flags.fieldManager ?? `gantry-${verb}` },
            );
      const changed = Object.entries(changes).some(([key, value]) => (values[key] ?? null) !== value);
      const onlyRemoved = Object.values(changes).every((value) => value === null);
      const past =
        verb === 'annotate' ? 'annotated' : !changed ? 'not labeled' : onlyRemoved ? 'unlabeled' : 'labeled';
      if (!flags.list || Object.keys(changes).length > 0)
        show(resource, patched, flags, `${objectLabel(resource, name)} ${past}${drySuffix(dry)}`);
      if (flags.list)
        for (const [key, value] of Object.entries(patched.metadata[field] ?? {})) write(`${key}=${value}`);
    });
  });
}

function scale(
  args: string[],
  flags: ChangeFlags & { replicas?: number; currentReplicas: number; timeout: string },
): Promise<void> {
  const { replicas } = flags;
  if (replicas === undefined) throw new UsageError('error: required flag(s) "replicas" not set');
  if (replicas < 0)
    throw new UsageError(
      'error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0',
    );
  return withCluster(flags, async (context) => {
    const dry = dryRunOf(flags.dryRun);
    const targets = await chosen(context, args, flags);
    if (targets.length === 0) throw new UsageError('error: no objects passed to scale');
    await eachOf(targets, async (target) => {
      const { resource, namespace, name } = target;
      const now = await getObject<Stored & Replicated>(
        context.connection,
        resource,
        namespace,
        name,
        'scale',
      );
      const current = now.spec.replicas ?? 0;
      if (flags.currentReplicas >= 0 && current !== flags.currentReplicas)
        throw new UsageError(`error: Expected replicas to be ${flags.currentReplicas}, was ${current}`);
      // The version read goes along, so that "only if there are so many now" holds at the moment of the write.
      const condition =
        flags.currentReplicas >= 0 ? { metadata: { resourceVersion: now.metadata.resourceVersion } } : {};
      if (dry !== 'client')
        await patchObject(
          context,
          target,
          { ...condition, spec: { replicas } },
          { subresource: 'scale', dryRun: dry !== undefined },
        );
      const timeoutMs = parseDuration(flags.timeout);
      if (timeoutMs > 0 && !dry)
        await untilObject<Stored & Replicated>(
          context.connection,
          resource,
          namespace,
          name,
          (object) => (object?.status?.replicas ?? 0) === replicas,
          AbortSignal.timeout(timeoutMs),
        );
      write(
        flags.output === 'name'
          ? objectLabel(resource, name)
          : `${objectLabel(resource, name)} scaled${drySuffix(dry)}`,
      );
    });
  });
}

interface Replicated {
  spec: { replicas?: number };
  status?: { replicas?: number };
}

interface SetFlags extends ChangeFlags {
  containers: string;
  requests?: string;
  limits?: string;
  list?: boolean;
  overwrite?: boolean;
}

/** `set image|env|resources`. */
function setCommands(program: Command): void {
  const set = program
    .command('set')
    .description('change the image, variables or resources of a pod template');
  editing(set, 'image <arguments...>', 'set image deploy/web main=registry/app:2 (container, or *)').action(
    (args: string[], flags: SetFlags) =>
      setInTemplate(
        args.filter((arg) => !isChange(arg)),
        flags,
        'image updated',
        (spec) => setImages(spec, args.filter(isChange).map(readChange)),
      ),
  );
  editing(set, 'env <arguments...>', 'set env deploy/web COLOR=green OLD-')
    .option('-c, --containers <name>', 'in these containers (* for a part of the name)', '*')
    .option('--list', 'show the variables instead')
    .option('--overwrite', 'accepted for compatibility: new values win')
    .action((args: string[], flags: SetFlags) => {
      const changes = args.filter(isChange).map(readChange);
      return setInTemplate(
        args.filter((arg) => !isChange(arg)),
        flags,
        'env updated',
        (spec) => {
          for (const container of matching(spec, flags.containers)) {
            if (flags.list) for (const { name, value = '' } of container.env ?? []) write(`${name}=${value}`);
            setVariables(container, changes);
          }
        },
      );
    });
  editing(
    set,
    'resources <arguments...>',
    'set resources deploy/web --requests=cpu=100m --limits=memory=64Mi',
  )
    .option('-c, --containers <name>', 'in these containers (* for a part of the name)', '*')
    .option('--requests <amounts>', 'cpu=100m,memory=64Mi')
    .option('--limits <amounts>', 'cpu=100m,memory=64Mi')
    .action((args: string[], flags: SetFlags) => {
      if (flags.requests === undefined && flags.limits === undefined)
        throw new UsageError(
          'error: you must specify an update to requests or limits (in the form of --requests/--limits)',
        );
      return setInTemplate(args, flags, 'resource requirements updated', (spec) => {
        for (const container of matching(spec, flags.containers))
          for (const which of ['requests', 'limits'] as const)
            if (flags[which] !== undefined)
              container.resources = {
                ...container.resources,
                [which]: { ...container.resources?.[which], ...amounts(flags[which]) },
              };
      });
    });
}

const amounts = (text: string) =>
  Object.fromEntries(text.split(',').map((each) => each.split('=') as [string, string]));

function matching(spec: V1PodSpec, pattern: string): V1Container[] {
  const text = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*');
  const wanted = new RegExp(`^${text}$`);
  return spec.containers.filter(({ name }) => wanted.test(name));
}

/** Sets images by container name; `*` is all of them. */
export function setImages(spec: V1PodSpec, changes: readonly [string, string | null][]): void {
  for (const [wanted, image] of changes) {
    const found = [...(spec.initContainers ?? []), ...spec.containers].filter(
      ({ name }) => wanted === '*' || name === wanted,
    );
    if (found.length === 0) throw new UsageError(`error: unable to find container named "${wanted}"`);
    if (image) for (const container of found) container.image = image;
  }
}

/** Sets and removes variables; new ones come last. */
export function setVariables(container: V1Container, changes: readonly [string, string | null][]): void {
  for (const [name, value] of changes) {
    const env = container.env ?? [];
    if (value === null) container.env = env.filter((each) => each.name !== name);
    else if (env.some((each) => each.name === name))
      container.env = env.map((each) => (each.name === name ? { name, value } : each));
    else container.env = [...env, { name, value }];
  }
}

/** Changes the pod spec in each object that has one; the version read goes along, so that nobody else's change is lost. */
function setInTemplate(
  args: string[],
  flags: SetFlags,
  past: string,
  change: (spec: V1PodSpec) => void,
): Promise<void> {
  return withCluster(flags, async (context) => {
    const dry = dryRunOf(flags.dryRun);
    await eachOf(await chosen(context, args, flags), async (target: ObjectAddress) => {
      const { resource, namespace, name } = target;
      const object = await getObject(context.connection, resource, namespace, name);
      const before = podSpecOf(object);
      if (!before) throw new UsageError(`error: ${resource.kind} has no pods to set anything of`);
      const spec = structuredClone(before.spec);
      change(spec);
      if (JSON.stringify(spec) === JSON.stringify(before.spec)) return;
      const patch = [
        { op: 'test', path: '/metadata/resourceVersion', value: object.metadata.resourceVersion },
        { op: 'replace', path: before.path, value: spec },
      ];
      const changed =
        dry === 'client'
          ? object
          : await patchObject(context, target, patch, {
              type: 'json',
              dryRun: dry !== undefined,
              fieldManager: flags.fieldManager ?? 'gantry-set',
            });
      show(resource, changed, flags, `${objectLabel(resource, name)} ${past}${drySuffix(dry)}`);
    });
  });
}

function podSpecOf(object: Stored): { path: string; spec: V1PodSpec } | undefined {
  const spec = (object as Stored & { spec: unknown }).spec as {
    template?: { spec?: V1PodSpec };
  } & Partial<V1PodSpec>;
  if (spec.template?.spec) return { path: '/spec/template/spec', spec: spec.template.spec };
  return spec.containers ? { path: '/spec', spec: spec as V1PodSpec } : undefined;
}
