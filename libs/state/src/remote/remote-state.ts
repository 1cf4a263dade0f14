import { isStatus, messageOf, StatusError, type Status } from '@gantry/base';
import {
  apiVersionOf,
  nameOf,
  type Kind,
  type KubeObject,
  type ObjectName,
  type Stored,
  type V1Pod,
} from '@gantry/api';
import { parseRevision } from '../errors.ts';
import { deepFreeze } from '../json.ts';
import type {
  DeleteOptions,
  Entry,
  EntryList,
  ListQuery,
  State,
  Watch,
  WatchEvent,
  WatchQuery,
  WriteOptions,
} from '../state.ts';
import { jsonLines } from './json-lines.ts';
import { loadKubeconfig } from './kubeconfig.ts';
import { RemoteClient, type RemoteClientOptions, type RemoteRequest } from './remote-client.ts';

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

const patchTypes: Record<PatchType, string> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
};

interface WireList {
  metadata?: { resourceVersion?: string; continue?: string; remainingItemCount?: number };
  items?: KubeObject[] | null;
}

/** An {@link Entry} that came as an object; the bytes are made when somebody asks. */
class RemoteEntry<T extends KubeObject> implements Entry<T> {
  readonly revision: bigint;
  readonly object: Stored<T>;
  #bytes: Buffer | undefined;

  constructor(kind: Kind<T>, object: KubeObject) {
    const { kind: _, apiVersion: __, ...rest } = object;
    this.object = deepFreeze({
      kind: kind.kind,
      apiVersion: apiVersionOf(kind),
      ...rest,
    } as unknown as Stored<T>);
    this.revision = parseRevision(object.metadata?.resourceVersion || '0');
  }

  get bytes(): Buffer {
    return (this.#bytes ??= Buffer.from(JSON.stringify(this.object)));
  }
}

/** A {@link State} behind a Kubernetes API server, ours or any other, over HTTPS. */
export class RemoteState implements State, AsyncDisposable {
  /** For requests that {@link State} has no words for: tables, logs, other APIs. */
  readonly client: RemoteClient;

  constructor(client: RemoteClient) {
    this.client = client;
  }

  async get<T extends KubeObject>(
    kind: Kind<T>,
    name: ObjectName,
    options: { resourceVersion?: string } = {},
  ): Promise<Entry<T>> {
    const { resourceVersion } = options;
    return this.#entry(kind, {
      path: resourcePath(kind, name.namespace, name.name),
      query: { resourceVersion },
    });
  }

  async list<T extends KubeObject>(kind: Kind<T>, query: ListQuery = {}): Promise<EntryList<T>> {
    const { namespace, limit, continue: token, ...others } = query;
    const list = await this.client.json<WireList>({
      path: resourcePath(kind, namespace),
      query: { ...others, limit, continue: token },
    });
    const { metadata = {} } = list;
    return {
      entries: (list.items ?? []).map((item) => new RemoteEntry(kind, item)),
      revision: parseRevision(metadata.resourceVersion || '0'),
      ...(metadata.continue ? { continue: metadata.continue } : {}),
      ...(metadata.remainingItemCount === undefined
        ? {}
        : { remainingItemCount: metadata.remainingItemCount }),
    };
  }

  create<T extends KubeObject>(kind: Kind<T>, object: T, options: WriteOptions = {}): Promise<Entry<T>> {
    const { namespace, name } = nameOf(object);
    return this.#entry(kind, {
      method: 'POST',
      path: options.subresource
        ? resourcePath(kind, namespace, name, options.subresource)
        : resourcePath(kind, namespace),
      query: writeQuery(options),
      body: withKind(kind, object),
    });
  }

  async update<T extends KubeObject>(
    kind: Kind<T>,
    object: T,
    options: WriteOptions = {},
  ): Promise<Entry<T>> {
    const { namespace, name } = nameOf(object);
    if (options.subresource === 'binding') return this.#bind(kind, object, options);
    return this.#entry(kind, {
      method: 'PUT',
      path: resourcePath(kind, namespace, name, options.subresource),
      query: writeQuery(options),
      body: withKind(kind, object),
    });
  }

  /** A binding is no object that is replaced: it is created, once, and names the node. */
  async #bind<T extends KubeObject>(kind: Kind<T>, object: T, options: WriteOptions): Promise<Entry<T>> {
    const { namespace, name } = nameOf(object);
    const { uid } = object.metadata;
    const { nodeName } = (object as unknown as V1Pod).spec;
    await this.client.json({
      method: 'POST',
      path: resourcePath(kind, namespace, name, 'binding'),
      query: writeQuery(options),
      body: {
        apiVersion: 'v1',
        kind: 'Binding',
        metadata: { name, namespace, ...(uid ? { uid } : {}) },
        target: { apiVersion: 'v1', kind: 'Node', name: nodeName },
      },
    });
    return this.get(kind, { namespace, name });
  }

  /** `force` takes fields over from other managers (server-side apply only). */
  patch<T extends KubeObject>(
    kind: Kind<T>,
    name: ObjectName,
    patch: object,
    type: PatchType,
    options: WriteOptions & { force?: boolean } = {},
  ): Promise<Entry<T>> {
    return this.#entry(kind, {
      method: 'PATCH',
      path: resourcePath(kind, name.namespace, name.name, options.subresource),
      query: { ...writeQuery(options), force: options.force },
      headers: { 'content-type': patchTypes[type] },
      body: patch,
    });
  }

  /** The server says what is left; the last state of what is gone is read beforehand. */
  async delete<T extends KubeObject>(
    kind: Kind<T>,
    name: ObjectName,
    options: DeleteOptions = {},
  ): Promise<{ entry: Entry<T>; gone: boolean }> {
    const last = await this.get(kind, name);
    const { gracePeriodSeconds, preconditions, propagationPolicy, dryRun } = options;
    const answer = await this.client.json<KubeObject | Status>({
      method: 'DELETE',
      path: resourcePath(kind, name.namespace, name.name),
      body: {
        kind: 'DeleteOptions',
        apiVersion: 'v1',
        gracePeriodSeconds,
        preconditions,
        propagationPolicy,
        ...(dryRun ? { dryRun: ['All'] } : {}),
      },
    });
    if (answer.kind === 'Status') return { entry: last, gone: true };
    const entry = new RemoteEntry(kind, answer as KubeObject);
    const { finalizers, deletionGracePeriodSeconds, deletionTimestamp } = entry.object.metadata;
    const inSpec = (entry.object as { spec?: { finalizers?: string[] } }).spec?.finalizers;
    const held = finalizers?.length || inSpec?.length || (deletionGracePeriodSeconds ?? 0) > 0;
    return { entry, gone: !(deletionTimestamp && held) };
  }

  /**
   * Without a revision: lists, then watches from there. A stream that the server ends in good order (its timeout) is taken
   * up again where it ended; every other end rejects `done`, and what then is to be done is the caller's to know.
   */
  watch<T extends KubeObject>(
    kind: Kind<T>,
    query: WatchQuery,
    receive: (event: WatchEvent<T>) => void,
  ): Watch {
    const abort = new AbortController();
    const run = this.#watch(kind, query, (event) => abort.signal.aborted || receive(event), abort.signal);
    const done = run.catch((error: unknown) => {
      if (!abort.signal.aborted)
        throw isStatus(error) ? error : StatusError.unavailable(messageOf(error), error);
    });
    done.catch(() => undefined);
    return { done, [Symbol.dispose]: () => abort.abort() };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client[Symbol.asyncDispose]();
  }

  async #watch<T extends KubeObject>(
    kind: Kind<T>,
    query: WatchQuery,
    receive: (event: WatchEvent<T>) => unknown,
    signal: AbortSignal,
  ): Promise<void> {
    const { namespace, labelSelector, fieldSelector } = query;
    const selection = { labelSelector, fieldSelector };
    // Begins once the caller has the watch in hand.
    await Promise.resolve();
    let from = query.resourceVersion;
    if (!from || from === '0') {
      const { entries, revision } = await this.list(kind, { namespace, ...selection });
      for (const entry of entries) receive({ type: 'init', entry });
      receive({ type: 'initDone', revision });
      from = String(revision);
    }
    while (!signal.aborted) {
      const { body } = await this.client.stream({
        path: resourcePath(kind, namespace),
        query: { ...selection, watch: true, allowWatchBookmarks: true, resourceVersion: from },
        signal,
        idleMs: 0,
      });
      let heard = false;
      for await (const line of jsonLines(body as AsyncIterable<Uint8Array>)) {
        heard = true;
        const event = this.#event(kind, line);
        if (event.type === 'bookmark') {
          from = String(event.revision);
          if (query.bookmarks) receive(event);
        } else if ('entry' in event) {
          from = String(event.entry.revision);
          receive(event);
        }
      }
      // Not taken up again at once for ever: the caller knows how to wait.
      if (!heard) throw StatusError.unavailable('the server ended the watch before it said anything');
    }
  }

  #event<T extends KubeObject>(kind: Kind<T>, line: unknown): WatchEvent<T> {
    const { type, object } = (line ?? {}) as { type?: unknown; object?: KubeObject & Partial<Status> };
    if (typeof object !== 'object' || object === null)
      throw new StatusError('InternalError', 'the server sent a watch event without an object');
    switch (type) {
      case 'ADDED':
        return { type: 'added', entry: new RemoteEntry(kind, object) };
      case 'MODIFIED':
        return { type: 'modified', entry: new RemoteEntry(kind, object) };
      case 'DELETED':
        return { type: 'deleted', entry: new RemoteEntry(kind, object) };
      case 'BOOKMARK':
        return { type: 'bookmark', revision: parseRevision(object.metadata?.resourceVersion ?? '') };
      case 'ERROR':
        throw StatusError.fromStatus(object as unknown as Partial<Status>);
      default:
        throw new StatusError(
          'InternalError',
          `the server sent a watch event of type ${JSON.stringify(type)}`,
        );
    }
  }

  async #entry<T extends KubeObject>(kind: Kind<T>, request: RemoteRequest): Promise<Entry<T>> {
    return new RemoteEntry(kind, await this.client.json<KubeObject>(request));
  }
}

/** `/api/v1/namespaces/default/pods/web/status`; the collection without a name. */
export function resourcePath(
  kind: Pick<Kind, 'group' | 'version' | 'plural' | 'namespaced'>,
  namespace?: string,
  name?: string,
  subresource?: string,
): string {
  const parts = [kind.group ? `/apis/${kind.group}/${kind.version}` : `/api/${kind.version}`];
  if (kind.namespaced && namespace) parts.push('namespaces', encodeURIComponent(namespace));
  parts.push(kind.plural);
  if (name !== undefined) parts.push(encodeURIComponent(name));
  if (subresource) parts.push(subresource);
  return parts.join('/');
}

/** A {@link RemoteState} for a context of a kubeconfig. Default: its current one. */
export async function clientFromKubeconfig(
  path: string,
  options: RemoteClientOptions & { context?: string } = {},
): Promise<RemoteState> {
  const config = await loadKubeconfig(path);
  return new RemoteState(new RemoteClient(await config.access(options.context), options));
}

function writeQuery({ dryRun, fieldManager }: WriteOptions): RemoteRequest['query'] & object {
  return { dryRun: dryRun ? 'All' : undefined, fieldManager };
}

function withKind<T extends KubeObject>(kind: Kind<T>, object: T): object {
  return { ...object, kind: kind.kind, apiVersion: apiVersionOf(kind) };
}
