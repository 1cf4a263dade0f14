import type { Clock, Logger } from '@gantry/base';
import { keyOf, kinds, nameOf, type Kind, type KubeObject, type V1Pod } from '@gantry/api';
import type { Entry, State } from '@gantry/state';
import { podReferences } from '../references.ts';
import { KindFeed } from './kind-feed.ts';
import type { Outbox } from './outbox.ts';

/** What every node gets whole. */
const shared = [kinds.node, kinds.service, kinds.endpointSlice] as readonly Kind[];
/** What a node gets when one of its pods names it. */
const referenced = [kinds.configMap, kinds.secret, kinds.serviceAccount] as readonly Kind[];

/** A session as the hub sees it. */
export interface Subscriber {
  readonly nodeName: string;
  readonly outbox: Outbox;
}

/**
 * Knows which node needs which object, and tells each session of changes: one watch per kind, whatever the number of nodes.
 *
 *     State ──watch──▶ KindFeed(pods) ──by spec.nodeName──┐
 *           ──watch──▶ KindFeed(secrets …) ──by reference─┼──▶ Outbox of the session
 *           ──watch──▶ KindFeed(services …) ──to all──────┘
 */
export class ObjectHub {
  readonly #pods = new KindFeed<V1Pod>(kinds.pod);
  readonly #feeds = new Map<string, KindFeed<KubeObject>>();
  readonly #sessions = new Map<string, Subscriber>();
  /** Node name to keys of its pods. */
  readonly #podsOf = new Map<string, Set<string>>();
  /** `secrets/ns/name` to node names, each with the number of its pods that name it. */
  readonly #users = new Map<string, Map<string, number>>();

  constructor() {
    this.#pods.onChange((key, entry, old) => this.#podChanged(key, entry, old));
    for (const kind of [...shared, ...referenced]) this.#feeds.set(kind.plural, new KindFeed(kind));
    for (const { plural } of shared)
      this.#feeds.get(plural)!.onChange((key, entry, old) => {
        for (const { outbox } of this.#sessions.values()) tell(outbox, plural, key, entry, old);
      });
    for (const { plural } of referenced)
      this.#feeds.get(plural)!.onChange((key, entry, old) => {
        for (const nodeName of this.#users.get(`${plural}/${key}`)?.keys() ?? []) {
          const session = this.#sessions.get(nodeName);
          if (session) tell(session.outbox, plural, key, entry, old);
        }
      });
  }

  async run(state: State, clock: Clock, log: Logger, signal: AbortSignal): Promise<void> {
    const feeds = [this.#pods as unknown as KindFeed<KubeObject>, ...this.#feeds.values()];
    await Promise.all(feeds.map((feed) => feed.run(state, clock, log, signal)));
  }

  get synced(): Promise<unknown> {
    return Promise.all([this.#pods.synced, ...[...this.#feeds.values()].map((feed) => feed.synced)]);
  }

  pod(namespace: string, name: string): Entry<V1Pod> | undefined {
    return this.#pods.get(keyOf({ namespace, name }));
  }

  node(name: string): Entry<KubeObject> | undefined {
    return this.#feeds.get('nodes')!.get(name);
  }

  /** Sends the session all it needs, what pods depend on before them, and every change from then on. Synchronous: nothing is missed. */
  subscribe(session: Subscriber): void {
    this.#sessions.set(session.nodeName, session);
    for (const { plural } of shared)
      for (const [key, entry] of this.#feeds.get(plural)!.entries())
        tell(session.outbox, plural, key, entry, undefined);
    const sent = new Set<string>();
    for (const key of this.#podsOf.get(session.nodeName) ?? []) {
      const entry = this.#pods.get(key)!;
      for (const reference of referencesOf(entry.object)) {
        if (sent.has(reference)) continue;
        sent.add(reference);
        this.#sendReference(session, reference);
      }
      tell(session.outbox, 'pods', key, entry, undefined);
    }
  }

  unsubscribe(session: Subscriber): void {
    if (this.#sessions.get(session.nodeName) === session) this.#sessions.delete(session.nodeName);
  }

  #podChanged(key: string, entry: Entry<V1Pod> | undefined, old: Entry<V1Pod> | undefined): void {
    const nodeName = entry?.object.spec?.nodeName;
    const oldNode = old?.object.spec?.nodeName;
    // A pod that took the place of another of its name is another pod.
    const replaced = entry && old && entry.object.metadata.uid !== old.object.metadata.uid;
    if (entry && nodeName) {
      const before = oldNode === nodeName && old && !replaced ? referencesOf(old.object) : [];
      if (old && oldNode && (replaced || oldNode !== nodeName)) this.#podLeft(key, old, oldNode);
      const session = this.#sessions.get(nodeName);
      setOf(this.#podsOf, nodeName).add(key);
      const now = referencesOf(entry.object);
      for (const reference of now)
        if (!before.includes(reference) && this.#use(reference, nodeName) && session)
          this.#sendReference(session, reference);
      if (session) tell(session.outbox, 'pods', key, entry, old);
      for (const reference of before) if (!now.includes(reference)) this.#release(reference, nodeName);
    } else if (old && oldNode) this.#podLeft(key, old, oldNode);
  }

  #podLeft(key: string, old: Entry<V1Pod>, nodeName: string): void {
    const keys = this.#podsOf.get(nodeName);
    keys?.delete(key);
    if (keys?.size === 0) this.#podsOf.delete(nodeName);
    const session = this.#sessions.get(nodeName);
    if (session) tell(session.outbox, 'pods', key, undefined, old);
    for (const reference of referencesOf(old.object)) this.#release(reference, nodeName);
  }

  /** True when the node did not have it before. */
  #use(reference: string, nodeName: string): boolean {
    const users = this.#users.get(reference) ?? new Map<string, number>();
    this.#users.set(reference, users);
    const count = users.get(nodeName) ?? 0;
    users.set(nodeName, count + 1);
    return count === 0;
  }

  #release(reference: string, nodeName: string): void {
    const users = this.#users.get(reference);
    const count = users?.get(nodeName) ?? 0;
    if (!users || count === 0) return;
    if (count > 1) return void users.set(nodeName, count - 1);
    users.delete(nodeName);
    if (users.size === 0) this.#users.delete(reference);
    // The node forgets it: a Secret stays nowhere it is not needed.
    const session = this.#sessions.get(nodeName);
    const { plural, key } = splitReference(reference);
    const entry = this.#feeds.get(plural)!.get(key);
    if (session && entry) tell(session.outbox, plural, key, undefined, entry);
  }

  #sendReference(session: Subscriber, reference: string): void {
    const { plural, key } = splitReference(reference);
    const entry = this.#feeds.get(plural)!.get(key);
    if (entry) tell(session.outbox, plural, key, entry, undefined);
  }
}

function setOf<V>(map: Map<string, Set<V>>, key: string): Set<V> {
  const present = map.get(key) ?? new Set<V>();
  map.set(key, present);
  return present;
}

/** `secrets/ns/name`. */
function referencesOf(pod: V1Pod): string[] {
  return podReferences(pod).map(({ resource, name }) => `${resource}/${pod.metadata.namespace}/${name}`);
}

function splitReference(reference: string): { plural: string; key: string } {
  const slash = reference.indexOf('/');
  return { plural: reference.slice(0, slash), key: reference.slice(slash + 1) };
}

function tell(
  outbox: Outbox,
  resource: string,
  key: string,
  entry: Entry<KubeObject> | undefined,
  old: Entry<KubeObject> | undefined,
): void {
  const uid = (entry ?? old)!.object.metadata.uid;
  const line = resource === 'pods' ? `pods/${key}/${uid}` : `${resource}/${key}`;
  if (entry) outbox.put(line, { put: { resource, object: entry.bytes } }, resource === 'pods');
  else {
    const { namespace = '', name } = nameOf(old!.object);
    outbox.put(line, { gone: { resource, namespace, name, uid } }, resource === 'pods');
  }
}
