import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually, FakeClock } from '@gantry/base/testing';
import { kinds } from '@gantry/api';
import type { MemoryState, State } from '@gantry/state';
import { TestClient } from '../testing/client.ts';
import { serveOnLoopback, type LoopbackServer } from '../testing/loopback-server.ts';
import { memoryRegistry } from '../testing/memory-registry.ts';

interface Line {
  type: string;
  object: {
    kind: string;
    metadata: { name?: string; resourceVersion: string; annotations?: Record<string, string> };
    code?: number;
    rows?: object[];
    columnDefinitions?: object[];
  };
}

/** The lines of a watch as they come. */
class Watching {
  readonly lines: Line[] = [];
  ended = false;
  readonly response: IncomingMessage;

  constructor(response: IncomingMessage) {
    this.response = response;
    let rest = '';
    response.on('data', (chunk: Buffer) => {
      const parts = (rest + chunk.toString()).split('\n');
      rest = parts.pop()!;
      for (const part of parts) this.lines.push(JSON.parse(part) as Line);
    });
    response.on('end', () => (this.ended = true));
    response.on('error', () => {});
  }

  seen(): string[] {
    return this.lines.map(({ type, object }) => `${type} ${object.metadata?.name ?? object.kind}`);
  }

  has(count: number): Promise<unknown> {
    return eventually(() => this.lines.length >= count, { what: `${count} lines of the watch` });
  }
}

describe('a watch', () => {
  let state: State;
  let below: MemoryState;
  let server: LoopbackServer;
  let admin: TestClient;
  const clock = new FakeClock(Date.now());
  const watches: Watching[] = [];
  const path = '/api/v1/namespaces/default/configmaps?watch=1';
  const watch = async (query = '', headers: Record<string, string> = {}) => {
    const watching = new Watching(await admin.open('GET', `${path}${query}`, { headers }));
    watches.push(watching);
    return watching;
  };
  const create = (name: string, labels: Record<string, string> = {}) =>
    state.create(kinds.configMap, { metadata: { name, namespace: 'default', labels } });

  beforeEach(async () => {
    ({ state, below } = memoryRegistry());
    server = await serveOnLoopback(state, { clock });
    admin = await TestClient.connect(server);
  });
  afterEach(async () => {
    for (const each of watches.splice(0)) each.response.destroy();
    admin[Symbol.dispose]();
    await server[Symbol.asyncDispose]();
  });

  it('without initial events shows only what comes to be', async () => {
    await create('a');
    const watching = await watch('&sendInitialEvents=false&resourceVersionMatch=NotOlderThan');
    await create('b');
    await watching.has(1);
    expect(watching.seen()).toEqual(['ADDED b']);
  });

  it('shows what is there and then every change, in order', async () => {
    await create('a');
    const watching = await watch();
    await watching.has(1);
    await create('b');
    await state.delete(kinds.configMap, { namespace: 'default', name: 'a' });
    await watching.has(3);
    expect(watching.seen()).toEqual(['ADDED a', 'ADDED b', 'DELETED a']);
  });

  it('goes on from a revision, and shows what begins and ceases to match', async () => {
    const { revision } = await create('a');
    const watching = await watch(`&resourceVersion=${revision}&labelSelector=x%3D1`);
    await create('b');
    await state.update(kinds.configMap, {
      metadata: { name: 'a', namespace: 'default', labels: { x: '1' } },
    });
    await state.update(kinds.configMap, { metadata: { name: 'a', namespace: 'default' } });
    await watching.has(2);
    expect(watching.seen()).toEqual(['ADDED a', 'DELETED a']);
  });

  it('marks the end of the initial events for who asks', async () => {
    await create('a');
    const watching = await watch(
      '&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true',
    );
    await watching.has(2);
    expect(watching.lines[1]).toMatchObject({
      type: 'BOOKMARK',
      object: {
        kind: 'ConfigMap',
        metadata: {
          resourceVersion: String(below.revision),
          annotations: { 'k8s.io/initial-events-end': 'true' },
        },
      },
    });
  });

  it.each([
    ['Table', 'Table', (object: Line['object']) => (object.rows as { object: object }[])[0]!.object],
    ['PartialObjectMetadata', 'PartialObjectMetadata', (object: Line['object']) => object],
  ])(
    'ends the initial events of a %s in that form: its reader may know no other',
    async (as, kind, bearer) => {
      const watching = await watch(
        '&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&includeObject=None',
        { accept: `application/json;as=${as};v=v1;g=meta.k8s.io` },
      );
      await watching.has(1);
      const [{ type, object }] = watching.lines as [Line];
      expect([type, object.kind]).toEqual(['BOOKMARK', kind]);
      expect(bearer(object)).toMatchObject({
        kind: 'PartialObjectMetadata',
        metadata: {
          resourceVersion: String(below.revision),
          annotations: { 'k8s.io/initial-events-end': 'true' },
        },
      });
    },
  );

  it('begins with nothing older than was asked for', async () => {
    const future = below.revision + 1000n;
    const watching = await watch(
      `&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&resourceVersion=${future}`,
    );
    await watching.has(1);
    expect(watching.lines[0]).toMatchObject({ type: 'ERROR', object: { code: 504, reason: 'Timeout' } });
    await eventually(() => watching.ended);
  });

  it('does not come as YAML', async () => {
    const answer = await admin.request('GET', path, { headers: { accept: 'application/yaml' } });
    expect([answer.status, answer.text]).toEqual([
      406,
      expect.stringContaining('only the following media types are accepted: application/json;stream=watch'),
    ]);
  });

  it('comes as table rows, the columns once', async () => {
    const watching = await watch('', { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' });
    await create('a');
    await create('b');
    await watching.has(2);
    expect(watching.lines.map(({ object }) => [object.kind, object.columnDefinitions !== undefined])).toEqual(
      [
        ['Table', true],
        ['Table', false],
      ],
    );
  });

  it('from a revision that does not exist any more says so as an event', async () => {
    below.store.compact();
    await create('a');
    below.store.compact();
    const watching = await watch('&resourceVersion=1');
    await watching.has(1);
    expect(watching.lines[0]).toMatchObject({
      type: 'ERROR',
      object: { kind: 'Status', code: 410, reason: 'Expired' },
    });
    await eventually(() => watching.ended);
  });

  it('ends when its time is over', async () => {
    const watching = await watch('&timeoutSeconds=5');
    await create('a');
    await watching.has(1);
    expect(watching.ended).toBe(false);
    await clock.advance(5001);
    await eventually(() => watching.ended);
  });

  it('ends with the server', async () => {
    const watching = await watch();
    await create('a');
    await watching.has(1);
    await server.server.close();
    await eventually(() => watching.ended);
  });

  it('whose reader stands still is cut off instead of being kept in memory', async () => {
    const watching = await watch();
    await create('first');
    await watching.has(1);
    watching.response.pause();
    const text = 'x'.repeat(500_000);
    for (let i = 0; i < 60; i++)
      await state.create(kinds.configMap, {
        metadata: { name: `big-${i}`, namespace: 'default' },
        data: { text },
      });
    const { text: metrics } = await admin.request('GET', '/metrics');
    expect(metrics).toMatch(
      /apiserver_longrunning_requests\{verb="WATCH"[^}]*resource="configmaps"[^}]*\} 0/,
    );
  });
});
