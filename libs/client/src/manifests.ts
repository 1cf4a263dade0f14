import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parseAllDocuments, type Document } from 'yaml';
import { messageOf } from '@gantry/base';
import { yamlOptions, type KubeObject } from '@gantry/api';
import { aliasLimit } from './yaml.ts';

/** One object of a file, and where it stood, for messages. */
export interface Manifest {
  object: KubeObject & { apiVersion: string; kind: string };
  source: string;
}

export class ManifestError extends Error {
  override readonly name = 'ManifestError';
}

/** Larger inputs are a mistake or an attack; the server takes 3 MiB an object. */
const largestBytes = 64 << 20;

/**
 * Reads objects from files, folders (`.yaml .yml .json`, deeper ones with `recursive`), http(s) URLs and `-` for standard input;
 * several documents in one file, and Lists, give several objects.
 */
export async function readManifests(
  sources: readonly string[],
  options: { recursive?: boolean; stdin?: () => Promise<Buffer> } = {},
): Promise<Manifest[]> {
  const manifests: Manifest[] = [];
  for (const source of sources)
    for (const { text, name } of await texts(source, options)) manifests.push(...parseManifests(text, name));
  if (manifests.length === 0) throw new ManifestError('error: no objects passed to apply');
  return manifests;
}

async function texts(source: string, options: { recursive?: boolean; stdin?: () => Promise<Buffer> }) {
  if (source === '-') return [{ text: String(await (options.stdin ?? readStandardInput)()), name: 'STDIN' }];
  if (/^https?:\/\//.test(source)) {
    const answer = await fetch(source, { signal: AbortSignal.timeout(30_000) }).catch((error: Error) => {
      // "fetch failed" alone says nothing.
      throw new ManifestError(`unable to read URL "${source}": ${messageOf(error.cause ?? error)}`);
    });
    if (!answer.ok)
      throw new ManifestError(
        `unable to read URL "${source}", server reported ${answer.status} ${answer.statusText}`,
      );
    return [{ text: await answer.text(), name: source }];
  }
  const found = files(source, options.recursive ?? false);
  return found.map((name) => ({ text: readFileSync(name, 'utf8'), name }));
}

function files(path: string, recursive: boolean): string[] {
  const about = statSync(path, { throwIfNoEntry: false });
  if (!about) throw new ManifestError(`the path "${path}" does not exist`);
  if (!about.isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const child = join(path, entry.name);
      if (entry.isDirectory()) return recursive ? files(child, true) : [];
      return ['.yaml', '.yml', '.json'].includes(extname(entry.name)) ? [child] : [];
    });
}

/** The objects of a text. Without `names`, as in patches that say elsewhere what they are for, an object may do without one. */
export function parseManifests(
  text: string,
  source: string,
  { names = true, yaml = yamlOptions }: { names?: boolean; yaml?: typeof yamlOptions } = {},
): Manifest[] {
  if (text.length > largestBytes) throw new ManifestError(`${source} is too large`);
  return parseAllDocuments(text, yaml).flatMap((document, index) => {
    const [problem] = document.errors;
    if (problem) throw new ManifestError(`error parsing ${source}: ${problem.message.split('\n')[0]}`);
    const value = valueOf(document, source);
    if (value === null || value === undefined) return [];
    return flatten(value, source, index, names);
  });
}

/** Aliases that stand for more than a hundred times their number are an attack, which the parser refuses. */
function valueOf(document: Document, source: string): unknown {
  try {
    return document.toJS(aliasLimit);
  } catch (error) {
    throw new ManifestError(`error parsing ${source}: ${messageOf(error)}`);
  }
}

function flatten(value: unknown, source: string, index: number, names: boolean): Manifest[] {
  const object = value as Partial<KubeObject> & { items?: unknown };
  const where = index === 0 ? source : `${source}, document ${index + 1}`;
  if (typeof value !== 'object' || Array.isArray(value))
    throw new ManifestError(`${where}: not an object of the Kubernetes API`);
  if (typeof object.kind !== 'string' || object.kind === '')
    throw new ManifestError(`${where}: Object 'Kind' is missing`);
  if (typeof object.apiVersion !== 'string')
    throw new ManifestError(`${where}: Object 'apiVersion' is missing`);
  if (object.kind.endsWith('List') && Array.isArray(object.items))
    return object.items.flatMap((item) => flatten(item, source, index, names));
  const { metadata } = object;
  if (!names)
    return [{ object: { ...object, metadata: metadata ?? {} } as Manifest['object'], source: where }];
  if (typeof metadata !== 'object' || metadata === null || (!metadata.name && !metadata.generateName))
    throw new ManifestError(`${where}: ${object.kind} without metadata.name`);
  return [{ object: object as Manifest['object'], source: where }];
}

async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
