import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { goJson } from '../output/json.ts';
import { type Json, KustomizeError, type Resource } from './resource.ts';

/** What a kustomization says of a ConfigMap or Secret to be made. */
export interface GeneratorSpec {
  name?: string;
  namespace?: string;
  behavior?: string;
  type?: string;
  literals?: string[];
  files?: string[];
  envs?: string[];
  env?: string;
  options?: GeneratorOptions;
}

export interface GeneratorOptions {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  disableNameSuffixHash?: boolean;
  immutable?: boolean;
}

/** Makes the object; `read` gives the bytes of a file by its path in the kustomization. */
export function generate(
  kind: 'ConfigMap' | 'Secret',
  spec: GeneratorSpec,
  defaults: GeneratorOptions | undefined,
  read: (path: string) => Buffer,
): Resource['object'] {
  if (!spec.name) throw new KustomizeError(`a ${kind} generator without a name`);
  const options = optionsOf(spec, defaults);
  const data: Json = {};
  const binaryData: Json = {};
  for (const [key, value] of entriesOf(spec, read)) {
    if (kind === 'Secret') data[key] = base64Lines(value);
    else if (isText(value)) data[key] = value.toString('utf8');
    else binaryData[key] = base64Lines(value);
  }
  const { labels, annotations, immutable } = options;
  return {
    apiVersion: 'v1',
    kind,
    metadata: {
      name: spec.name,
      ...(spec.namespace ? { namespace: spec.namespace } : {}),
      ...(labels ? { labels: { ...labels } } : {}),
      ...(annotations ? { annotations: { ...annotations } } : {}),
    },
    ...(kind === 'Secret' || Object.keys(data).length > 0 ? { data } : {}),
    ...(Object.keys(binaryData).length > 0 ? { binaryData } : {}),
    ...(kind === 'Secret' ? { type: spec.type || 'Opaque' } : {}),
    ...(immutable ? { immutable } : {}),
  } as Resource['object'];
}

/** The generator's own options over those of all. */
export function optionsOf(
  { options = {} }: GeneratorSpec,
  defaults: GeneratorOptions = {},
): GeneratorOptions {
  const merged = (field: 'labels' | 'annotations') =>
    defaults[field] || options[field] ? { [field]: { ...defaults[field], ...options[field] } } : {};
  return {
    ...merged('labels'),
    ...merged('annotations'),
    disableNameSuffixHash: (options.disableNameSuffixHash || defaults.disableNameSuffixHash) ?? false,
    immutable: (options.immutable || defaults.immutable) ?? false,
  };
}

function entriesOf(spec: GeneratorSpec, read: (path: string) => Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  const add = (key: string, value: Buffer) => {
    if (found.has(key))
      throw new KustomizeError(`cannot add key ${key}, another key by that name already exists`);
    found.set(key, value);
  };
  for (const path of [...(spec.envs ?? []), ...(spec.env ? [spec.env] : [])])
    for (const line of read(path)
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .split(/\r?\n/)) {
      const text = line.trimStart();
      if (!text || text.startsWith('#')) continue;
      const equals = text.indexOf('=');
      add(equals < 0 ? text : text.slice(0, equals), Buffer.from(equals < 0 ? '' : text.slice(equals + 1)));
    }
  for (const literal of spec.literals ?? []) {
    const equals = literal.indexOf('=');
    if (equals <= 0) throw new KustomizeError(`invalid literal source ${literal}, expected key=value`);
    add(literal.slice(0, equals), Buffer.from(literal.slice(equals + 1).replace(/^(["'])(.*)\1$/s, '$2')));
  }
  for (const file of spec.files ?? []) {
    const equals = file.indexOf('=');
    const path = file.slice(equals + 1);
    add(equals < 0 ? basename(path) : file.slice(0, equals), read(path));
  }
  return found;
}

const isText = (bytes: Buffer) => Buffer.from(bytes.toString('utf8')).equals(bytes);

/** In lines of 70, each with its end, where it does not fit into one. */
function base64Lines(bytes: Buffer): string {
  const text = bytes.toString('base64');
  return text.length < 70 ? text : `${(text.match(/.{1,70}/g) ?? []).join('\n')}\n`;
}

/**
 * The ten letters that stand for the content of a ConfigMap or Secret (`api/hasher/hasher.go`): a SHA-256 of some of its fields, with
 * digits and vowels that could make a word replaced.
 */
export function contentHash({ object }: Resource): string {
  const isSecret = object.kind === 'Secret';
  const value = (name: string) => (object as unknown as Json)[name] ?? '';
  const optional = isSecret ? 'stringData' : 'binaryData';
  const hashed = {
    kind: object.kind,
    // Kustomize looks for the name in a place where there is none.
    name: '',
    data: value('data'),
    ...(isSecret ? { type: value('type') } : {}),
    ...(value(optional) === '' ? {} : { [optional]: value(optional) }),
  };
  const letters: Readonly<Record<string, string>> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' };
  return createHash('sha256')
    .update(goJson(hashed))
    .digest('hex')
    .slice(0, 10)
    .replace(/[013ae]/g, (letter) => letters[letter]!);
}
