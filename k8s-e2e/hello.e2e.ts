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

  // From a pod.
  await namespace.runPod('client', 'sleep 600');
  const fetched = await namespace.exec(
    'client',
    `for i in $(seq 30); do timeout 3 wget -qO- ${page}; done | sort -u`,
  );
  expect(
    new Set(
      fetched
        .trimEnd()
        .split('\n')
        .map((line) => `${line}\n`),
    ),
  ).toEqual(greetings);

  // By the node port, on both nodes.
  const { nodePort } = service.spec!.ports![0]!;
  expect(nodePort).toBeGreaterThanOrEqual(30_000);
  for (const node of ['node-1', 'node-2']) {
    const address = await cluster.nodeAddress(node);
    expect(greetings).toContain(await fetchText(`http://${address}:${nodePort}/`));
  }
});

it('lists the replicas as endpoints, in both kinds of object', async () => {
  await using namespace = await cluster.namespace();
  await applyHello(namespace);
  const addresses = (await namespace.pods('app=hello')).map((each) => each.status!.podIP!).sort();

  const endpoints = await namespace.get<V1Endpoints>('endpoints/hello');
  expect(endpoints.subsets![0]!.addresses!.map((each) => each.ip).sort()).toEqual(addresses);
  expect(endpoints.subsets![0]!.ports).toMatchObject([{ name: 'http', port: 8080, protocol: 'TCP' }]);

  const [slice, ...more] = await namespace.list<V1EndpointSlice>(
    'discovery.k8s.io/v1/endpointslices?labelSelector=kubernetes.io/service-name=hello',
  );
  expect(more).toEqual([]);
  expect(slice!.endpoints!.flatMap((each) => each.addresses).sort()).toEqual(addresses);
  expect(slice!.endpoints!.every((each) => each.conditions?.ready)).toBe(true);

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
  await eventually(
    async () => (await namespace.get<V1Deployment>('apps/v1/deployments/hello')).status?.readyReplicas === 3,
  );
  const ageless = (text: string) =>
    text
      .split('\n')
      .map((line) => line.replace(/ +\d+[smh]\S*/g, ' AGE').trimEnd())
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
