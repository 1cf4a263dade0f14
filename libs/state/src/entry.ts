import { apiVersionOf, type Kind, type KubeObject, type Stored } from '@gantry/api';
import { deepFreeze } from './json.ts';
import type { Entry } from './state.ts';

/** An {@link Entry} over bytes; the object is parsed and frozen when somebody looks. */
export class StoredEntry<T extends KubeObject = KubeObject> implements Entry<T> {
  readonly revision: bigint;
  readonly bytes: Buffer;
  #object: Stored<T> | undefined;

  constructor(revision: bigint, bytes: Buffer) {
    this.revision = revision;
    this.bytes = bytes;
  }

  get object(): Stored<T> {
    return (this.#object ??= deepFreeze(JSON.parse(this.bytes.toString('utf8')) as Stored<T>));
  }

  /** Lets go of the parsed object, which takes three times the room of the bytes; who looks again has it parsed again. */
  release(): void {
    this.#object = undefined;
  }
}

/**
 * The last state of an object with the revision of its deletion. Its bytes are made when somebody asks: most deletions
 * are seen by programs in this process, which read the object.
 */
export class RevisedEntry<T extends KubeObject = KubeObject> implements Entry<T> {
  readonly revision: bigint;
  readonly #kind: Kind;
  readonly #last: Entry<T>;
  #revised: StoredEntry<T> | undefined;

  constructor(kind: Kind, last: Entry<T>, revision: bigint) {
    this.revision = revision;
    this.#kind = kind;
    this.#last = last;
  }

  get bytes(): Buffer {
    return this.#entry.bytes;
  }

  get object(): Stored<T> {
    return this.#entry.object;
  }

  get #entry(): StoredEntry<T> {
    return (this.#revised ??= new StoredEntry(
      this.revision,
      withRevision(this.#kind, withoutRevision(this.#kind, this.#last), this.revision),
    ));
  }
}

/** `{"kind":"Pod","apiVersion":"v1","metadata":{`, as kube-apiserver's JSON storage begins too. */
const headers = new WeakMap<Kind, Buffer>();

function headerOf(kind: Kind): Buffer {
  let header = headers.get(kind);
  if (!header) {
    header = Buffer.from(
      `{"kind":${JSON.stringify(kind.kind)},"apiVersion":${JSON.stringify(apiVersionOf(kind))},"metadata":{`,
    );
    headers.set(kind, header);
  }
  return header;
}

/** The object as it is stored: its kind's header first, and no `metadata.resourceVersion`. */
export function encodeValue(kind: Kind, object: KubeObject): Buffer {
  const { resourceVersion: _, ...metadata } = object.metadata;
  const { kind: __, apiVersion: ___, metadata: ____, ...rest } = object;
  return Buffer.from(JSON.stringify({ kind: kind.kind, apiVersion: apiVersionOf(kind), metadata, ...rest }));
}

const revisionMember = Buffer.from('"resourceVersion":"');

/**
 * The stored value with its revision, as clients get it. The revision is spliced in behind the header; values that other
 * programs wrote in another shape are parsed. Throws a SyntaxError or TypeError for what is no object of the kind.
 */
export function withRevision(kind: Kind, value: Uint8Array, revision: bigint): Buffer {
  const stored = asBuffer(value);
  const header = headerOf(kind);
  if (
    stored.length > header.length + 2 &&
    stored[header.length] === 0x22 && // a member follows: neither `}` nor white space
    stored.compare(header, 0, header.length, 0, header.length) === 0 &&
    stored.indexOf(revisionMember) < 0
  )
    return splice(stored, header.length, revision);
  const parsed = JSON.parse(stored.toString('utf8')) as KubeObject;
  if (
    typeof parsed !== 'object' ||
    parsed === null ||
    typeof parsed.metadata !== 'object' ||
    !parsed.metadata
  )
    throw new TypeError('not an object with metadata');
  const { resourceVersion: _, ...metadata } = parsed.metadata;
  const { kind: ofKind, apiVersion, metadata: __, ...rest } = parsed;
  return Buffer.from(
    JSON.stringify({
      kind: ofKind ?? kind.kind,
      apiVersion: apiVersion ?? apiVersionOf(kind),
      metadata: { resourceVersion: String(revision), ...metadata },
      ...rest,
    }),
  );
}

function splice(stored: Buffer, at: number, revision: bigint): Buffer {
  const member = `"resourceVersion":"${revision}",`;
  const bytes = Buffer.allocUnsafeSlow(stored.length + member.length);
  stored.copy(bytes, 0, 0, at);
  bytes.write(member, at, 'latin1');
  stored.copy(bytes, at + member.length, at);
  return bytes;
}

/** The reverse of {@link withRevision}: what is stored for the entry. */
export function withoutRevision(kind: Kind, entry: Entry): Buffer {
  const bytes = asBuffer(entry.bytes);
  const at = headerOf(kind).length;
  const member = `"resourceVersion":"${entry.revision}",`;
  if (
    bytes.compare(headerOf(kind), 0, at, 0, at) === 0 &&
    bytes.toString('latin1', at, at + member.length) === member
  )
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + member.length)]);
  return encodeValue(kind, entry.object);
}

export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
