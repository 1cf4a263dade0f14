import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import type { KubeObject, Stored } from '@gantry/api';
import {
  createObjectPrinter,
  locate,
  objectLabel,
  pathOf,
  printObject,
  query,
  readTargets,
  selectedNames,
  UsageError,
  whenDoing,
  type ApiResource,
  type Manifest,
  type ObjectAddress,
  type OutputFormat,
} from '@gantry/client';
import { outputOption, scopeOf, warn, write, type KubeContext, type KubeOptions } from './context.ts';
import { describeError } from './errors.ts';
import { collectList } from './flags.ts';

/** An object that says what it is. */
export type Kinded = KubeObject & { apiVersion: string; kind: string };

/** Options of commands that change objects. */
export interface ChangeFlags extends KubeOptions {
  filename?: string[];
  kustomize?: string;
  recursive?: boolean;
  selector?: string;
  fieldSelector?: string;
  all?: boolean;
  dryRun?: string | boolean;
  output?: string;
  fieldManager?: string;
}

export const fileOptions = (command: Command) =>
  command
    .option(
      '-f, --filename <file>',
      'file, folder, URL or - for standard input; may be repeated',
      collectList,
    )
    .option('-k, --kustomize <folder>', 'what kustomize makes of this folder, in place of -f')
    .option('-R, --recursive', 'folders with all below them');

export const selectionOptions = (command: Command) =>
  command
    .option('-l, --selector <labels>', 'objects with these labels')
    .option('--all', 'all objects of the kind');

export const outcomeOptions = (command: Command) =>
  command
    .option('--dry-run [how]', 'server: try without changing anything; client: do not even ask; none')
    .option('-o, --output <format>', 'print the objects: json|yaml|name|jsonpath=…|go-template=…')
    .option('--field-manager <name>', 'in whose name the fields are set');

/** How `--dry-run` was said; undefined: for real. */
export function dryRunOf(flag: string | boolean | undefined): 'server' | 'client' | undefined {
  if (flag === undefined || flag === 'none' || flag === false) return undefined;
  if (flag === true) return 'client';
  if (flag === 'server' || flag === 'client') return flag;
  throw new UsageError(`error: Invalid dry-run value (${flag}). Must be "none", "server", or "client".`);
}

/** What stands behind a line of outcome. */
export const drySuffix = (dry: 'server' | 'client' | undefined) =>
  dry === undefined ? '' : dry === 'server' ? ' (server dry run)' : ' (dry run)';

/** Prints the object as asked for, or else the line. */
export function show(resource: ApiResource, object: Stored, flags: { output?: string }, line: string): void {
  const output: OutputFormat | undefined = outputOption(flags.output);
  if (!output || output.kind === 'table') return write(line);
  delete object.metadata.managedFields;
  write(printObject(createObjectPrinter(output), resource, object), '');
}

/** Runs `work` on each; one failure does not keep the others from being tried, and any makes the exit code 1. */
export async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (const item of items)
    try {
      await work(item);
    } catch (error) {
      if (items.length === 1) throw error;
      warn(describeError(error));
      process.exitCode = 1;
    }
}

/** Whether objects come from `-f` or `-k`. */
export const hasFiles = (flags: ChangeFlags) => flags.filename !== undefined || flags.kustomize !== undefined;

/** The objects of `-f` or `-k`, as they stand there. A namespace that is named is that of all of them. */
export async function manifestsOf(flags: ChangeFlags): Promise<Manifest[]> {
  const { filename, kustomize, namespace, recursive = false } = flags;
  if (filename && kustomize !== undefined)
    throw new UsageError('error: only one of -f or -k can be specified');
  if (!hasFiles(flags)) throw new UsageError('error: must specify one of -f and -k');
  const { kustomizedManifests, readManifests } = await import('./manifests.ts');
  const manifests =
    kustomize === undefined
      ? await readManifests(filename ?? [], { recursive })
      : kustomizedManifests(kustomize, warn);
  for (const { object } of manifests) {
    const own = object.metadata.namespace;
    if (namespace !== undefined && own && own !== namespace)
      throw new UsageError(
        `error: the namespace from the provided object "${own}" does not match the namespace "${namespace}". You must pass '--namespace=${own}' to perform this operation.`,
      );
  }
  return manifests;
}

/** Where the objects of files are. */
export const addressesOf = (
  { discovery, namespace }: KubeContext,
  manifests: readonly Manifest[],
): Promise<ObjectAddress[]> =>
  Promise.all(
    manifests.map(async ({ object }) => ({
      ...(await locate(discovery, object, namespace)),
      name: object.metadata.name ?? '',
    })),
  );

/** The objects that a command line names, or selects. */
export async function chosen(
  context: KubeContext,
  args: readonly string[],
  flags: ChangeFlags,
): Promise<ObjectAddress[]> {
  if (hasFiles(flags)) return addressesOf(context, await manifestsOf(flags));
  const found: ObjectAddress[] = [];
  const selected = flags.selector !== undefined || flags.fieldSelector !== undefined || (flags.all ?? false);
  const everywhere = flags.allNamespaces ?? false;
  for (const { resource, names } of await readTargets(context.discovery, args, { selected, everywhere })) {
    const namespace = resource.namespaced ? scopeOf(flags, context) : undefined;
    if (names) found.push(...names.map((name) => ({ resource, namespace, name })));
    else if (selected)
      found.push(
        ...(await selectedNames(context.connection, resource, namespace, {
          labelSelector: flags.selector,
          fieldSelector: flags.fieldSelector,
        })),
      );
    else throw new UsageError('error: resource(s) were provided, but no name was specified');
  }
  return found;
}

/** The one object that a command line names. */
export async function chosenOne(context: KubeContext, args: readonly string[]): Promise<ObjectAddress> {
  const [found, ...more] = await chosen(context, args, {});
  if (!found || more.length > 0) throw new UsageError('error: name one object');
  return found;
}

const patchTypes: Record<string, string> = {
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
  strategic: 'application/strategic-merge-patch+json',
};

/** Patches an object and returns what became of it. */
export async function patchObject(
  context: KubeContext,
  { resource, namespace, name }: ObjectAddress,
  patch: object,
  options: {
    type?: string;
    subresource?: string | undefined;
    dryRun?: boolean;
    fieldManager?: string | undefined;
  } = {},
): Promise<Stored> {
  const contentType = patchTypes[options.type ?? 'merge'];
  if (!contentType)
    throw new UsageError(`error: --type must be one of [json merge strategic], not "${options.type}"`);
  const { body } = await context.connection.request({
    method: 'PATCH',
    path:
      pathOf(resource, namespace, name, options.subresource) +
      query({ fieldManager: options.fieldManager ?? 'gantry', dryRun: options.dryRun ? 'All' : undefined }),
    contentType,
    body: Buffer.from(JSON.stringify(patch)),
  });
  return JSON.parse(body.toString()) as Stored;
}

/** Makes an object, or only shows it, and says so. */
export async function createObject(
  context: KubeContext,
  object: Kinded,
  flags: ChangeFlags,
  { source, past = 'created' }: { source?: string; past?: string } = {},
): Promise<Stored> {
  const { resource, namespace } = await locate(context.discovery, object, context.namespace);
  const dry = dryRunOf(flags.dryRun);
  let made = object as Stored;
  if (namespace !== undefined && flags.namespace !== undefined) object.metadata.namespace ??= namespace;
  if (dry !== 'client') {
    const { body } = await context.connection
      .request({
        method: 'POST',
        path:
          pathOf(resource, namespace) +
          query({
            fieldManager: flags.fieldManager ?? 'gantry-create',
            fieldValidation: (flags as { validate?: boolean }).validate === false ? 'Ignore' : 'Strict',
            dryRun: dry ? 'All' : undefined,
          }),
        body: object,
      })
      .catch(
        source === undefined
          ? (error: unknown) => Promise.reject(error as Error)
          : whenDoing('creating', source),
      );
    made = JSON.parse(body.toString()) as Stored;
  }
  show(resource, made, flags, `${objectLabel(resource, made.metadata.name ?? '')} ${past}${drySuffix(dry)}`);
  return made;
}

/** The bytes of a file, or of standard input for `-`. */
export async function readInput(file: string): Promise<Buffer> {
  if (file !== '-') return readFileSync(file);
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
