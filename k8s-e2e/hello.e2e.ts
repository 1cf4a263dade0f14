import type { V1Deployment, V1Endpoints, V1EndpointSlice, V1Service } from '@gantry/api';
import { expect, it } from 'vitest';
import { eventually, fetchText, repositoryFile, useCluster } from './src/cluster.ts';
import type { TestNamespace } from './src/test-namespace.ts';

const cluster = useCluster();

/** The manifests as they are in the repository, with the image from this cluster's registry. */
async function applyHello(namespace: TestNamespace): Promise<void> {
  for (const file of ['config', 'deployment', 'service'])
    await namespace.kubectl(['apply', '-f', '-'], {
      input: repositoryFile('examples/hello', `${file}.yaml`).replace(
        '127.0.0.1:5000/hello:1',
        cluster.image,
      ),
    });
  await namespace.kubectl(['rollout', 'status', 'deployment/hello', '--timeout=60s']);
}

it('runs the example on both nodes, behind one address', async () => {
  await using namespace = await cluster.namespace();
  await applyHello(namespace);
  const pods = await namespace.pods('app=hello');
  expect(pods).toHaveLength(3);
  expect(new Set(pods.map((each) => each.spec.nodeName))).toEqual(new Set(['node-1', 'node-2']));
  for (const each of pods) expect(cluster.pidsOf(each)).toEqual({ web: expect.any(Number) as number });

  const service = await namespace.get<V1Service>('services/hello');
  const page = `http://${service.spec!.clusterIP}/`;
  const greetings = new Set(
    pods.map((each) => `Hello from Gantry, from ${each.metadata.name} on ${each.spec.nodeName}\n`),
  );

  // From the host, through the Service: all replicas in the end, and nobody else.
  const seen = new Set<string>();
  await eventually(
    async () => {
      seen.add(await fetchText(page));
      return seen.size === 3;
    },
    { what: 'all three replicas answer the host through the Service' },
  );
  expect(seen).toEqual(greetings);

  // From a pod, whose node may hear of them a moment later. Each connection is drawn: how often one must try is not told.
  await namespace.runPod('client', 'sleep 600');
  const fetched = new Set<string>();
  await eventually(
    async () => {
      const script = `for i in 1 2 3 4 5 6 7 8; do timeout 10 wget -qO- ${page}; done`;
      for (const line of (await namespace.exec('client', script)).trimEnd().split('\n'))
        fetched.add(`${line}\n`);
      return fetched.size >= 3;
    },
    { what: 'all three replicas answer a pod through the Service' },
  );
  expect(fetched).toEqual(greetings);

  // By the node port, on both nodes.
  const { nodePort } = service.spec!.ports![0]!;
  expect(nodePort).toBeGreaterThanOrEqual(30_000);
  for (const node of ['node-1', 'node-2']) {
    const address = await cluster.nodeAddress(node);
    const answer = await eventually(() => fetchText(`http://${address}:${nodePort}/`), {
      what: `the node port of ${node} answers`,
    });
    expect(greetings).toContain(answer);
  }
});

it('lists the replicas as endpoints, in both kinds of object', async () => {
  await using namespace = await cluster.namespace();
  await applyHello(namespace);
  const addresses = (await namespace.pods('app=hello')).map((each) => each.status!.podIP!).sort();

  // The controllers of both come after the pods.
  const [subset] = await eventually(
    async () => {
      const { subsets = [] } = await namespace.get<V1Endpoints>('endpoints/hello');
      return subsets[0]?.addresses?.length === 3 && subsets;
    },
    { what: 'three endpoints' },
  );
  expect(subset!.addresses!.map((each) => each.ip).sort()).toEqual(addresses);
  expect(subset!.ports).toMatchObject([{ name: 'http', port: 8080, protocol: 'TCP' }]);

  const [slice, ...more] = await eventually(
    async () => {
      const slices = await namespace.list<V1EndpointSlice>(
        'discovery.k8s.io/v1/endpointslices?labelSelector=kubernetes.io/service-name=hello',
      );
      const ready = slices.flatMap((each) => each.endpoints ?? []).filter((each) => each.conditions?.ready);
      return ready.length === 3 && slices;
    },
    { what: 'a slice of three ready endpoints' },
  );
  expect(more).toEqual([]);
  expect(slice!.endpoints!.flatMap((each) => each.addresses).sort()).toEqual(addresses);

  await namespace.kubectl(['scale', 'deployment/hello', '--replicas=1']);
  await eventually(
    async () => {
      const now = await namespace.get<V1Endpoints>('endpoints/hello');
      return now.subsets?.[0]?.addresses?.length === 1;
    },
    { what: 'one endpoint is left' },
  );
});

it('is shown alike by kubectl and by gantry', async () => {
  await using namespace = await cluster.namespace();
  await applyHello(namespace);
  await eventually(async () => {
    const { status } = await namespace.get<V1Deployment>('apps/v1/deployments/hello');
    const { subsets = [] } = await namespace.get<V1Endpoints>('endpoints/hello');
    return status?.readyReplicas === 3 && subsets[0]?.addresses?.length === 3;
  });
  // What one of the two shows may be a second older, and its column wider or narrower for it.
  const ageless = (text: string) =>
    text
      .split('\n')
      .map((line) => line.replace(/ +(AGE|(\d+[smh])+)(?= |$) */g, ' AGE ').trimEnd())
      .join('\n');
  for (const args of [
    ['get', 'pods'],
    ['get', 'deployments,services,endpoints', '-o', 'wide'],
    ['get', 'pods', '-o', 'name'],
    ['get', 'configmap', 'hello', '-o', 'jsonpath={.data.greeting}'],
    ['get', 'nodes'],
  ]) {
    const [theirs, ours] = await Promise.all([namespace.kubectl(args), namespace.gantry(args)]);
    expect(ageless(ours).trim(), args.join(' ')).toBe(ageless(theirs).trim());
  }
});
