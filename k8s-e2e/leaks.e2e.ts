import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { eventually, gantry, useCluster } from './src/cluster.ts';
import { run } from './src/command.ts';
import { cgroupFolders, cgroupsBelow, leftovers, processes } from './src/kernel.ts';
import { sleeper, webDeployment } from './src/manifests.ts';

const cluster = useCluster();

/** How much of each thing a pod may have the kernel holds for this cluster. The nodes' own share is the same at all times. */
async function held(): Promise<Record<string, number>> {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter((line) => line.includes(`/gantry-${cluster.name}/`));
  const inNodes = async (...command: string[]) => {
    const said = await Promise.all(
      ['node-1', 'node-2'].map((node) =>
        run('nsenter', [`--net=${cluster.networkNamespace(node)}`, ...command]),
      ),
    );
    return said.map(({ stdout }) => stdout).join('');
  };
  const folders = ['node-1', 'node-2'].flatMap((node) =>
    ['pods', 'containers', 'logs', 'pod-files', 'pod-records'].flatMap((folder) => {
      try {
        return readdirSync(`${cluster.data}/nodes/${node}/${folder}`);
      } catch {
        return []; // made with the first pod
      }
    }),
  );
  const elements = (await inNodes('nft', 'list', 'ruleset')).match(/10\.\d+\.\d+\.\d+/g) ?? [];
  return {
    shims: processes().filter(
      ({ commandLine }) =>
        /conmon|runc/.test(commandLine) && commandLine.includes(`/gantry-${cluster.name}/`),
    ).length,
    overlays: mounts.filter((line) => line.includes(' - overlay ')).length,
    volumes: mounts.filter((line) => line.includes('/volumes/')).length,
    // Namespaces kept ready for the next pods are as many as before, once the pool is full again.
    namespaces: mounts.filter((line) => line.includes(' - nsfs ')).length,
    cgroups: cgroupFolders(`/gantry/${cluster.name}`).flatMap(cgroupsBelow).length,
    links: (await inNodes('ip', '-o', 'link')).trimEnd().split('\n').length,
    routes: (await inNodes('ip', 'route')).trimEnd().split('\n').length,
    folders: folders.length,
    addresses: elements.length,
  };
}

it('gives back all that pods and Services had when they are gone', async () => {
  // One pod first on each node, so that what is made once has been made.
  const warm = await cluster.namespace();
  for (const node of ['node-1', 'node-2'])
    await warm.runPod(`warm-${node}`, sleeper, { nodeSelector: { 'kubernetes.io/hostname': node } });
  await cluster.kubectl(['delete', 'namespace', warm.name, '--timeout=120s']);
  const before = await settled();

  const namespace = await cluster.namespace();
  await namespace.kubectl(['create', 'secret', 'generic', 'secret', '--from-literal=a=b']);
  await namespace.apply(
    webDeployment(
      'web',
      cluster.image,
      6,
      {},
      {
        volumes: [
          { name: 'secret', secret: { secretName: 'secret' } },
          { name: 'memory', emptyDir: { medium: 'Memory' } },
          { name: 'disk', emptyDir: {} },
        ],
        container: {
          volumeMounts: ['secret', 'memory', 'disk'].map((name) => ({ name, mountPath: `/${name}` })),
        },
      },
    ),
  );
  await namespace.kubectl(['expose', 'deployment/web', '--port=80', '--target-port=8080', '--type=NodePort']);
  await namespace.kubectl(['rollout', 'status', 'deployment/web', '--timeout=180s']);
  await namespace.createPod('crashing', 'exit 1');
  await namespace.podWhen(
    'crashing',
    (each) => each.status?.containerStatuses?.[0]?.lastState?.terminated,
    'crashes',
  );
  const during = await held();
  expect(during['overlays']).toBeGreaterThanOrEqual(before['overlays']! + 6);
  expect(during['shims']).toBeGreaterThanOrEqual(before['shims']! + 6);

  await cluster.kubectl(['delete', 'namespace', namespace.name, '--timeout=180s']);
  let last = {};
  await eventually(
    async () => {
      last = await held();
      return JSON.stringify(last) === JSON.stringify(before);
    },
    { what: `all is given back: ${JSON.stringify(before)}`, everyMs: 200 },
  ).catch(() => expect(last).toEqual(before));
});

/** What is held once it no longer changes: the same again and again, for a pool may be filled slowly where others are busy. */
async function settled(): Promise<Record<string, number>> {
  let last = '';
  let times = 0;
  return eventually(
    async () => {
      const now = await held();
      times = JSON.stringify(now) === last ? times + 1 : 0;
      last = JSON.stringify(now);
      return times >= 5 ? now : undefined;
    },
    { everyMs: 1_000, timeoutMs: 120_000, what: 'nothing changes any more' },
  );
}

it('leaves nothing in the kernel when it is stopped, and has its objects and pods again when it starts', async () => {
  const namespace = await cluster.namespace();
  await namespace.apply(webDeployment('web', cluster.image, 2));
  await namespace.kubectl(['rollout', 'status', 'deployment/web', '--timeout=180s']);
  await gantry(['down', '--name', cluster.name]);
  expect(await leftovers(cluster)).toEqual([]);
  const before = (await cluster.tryKubectl(['get', 'nodes', '--request-timeout=2s'])).code;
  expect(before).not.toBe(0);

  await cluster.up();
  await namespace.kubectl(['rollout', 'status', 'deployment/web', '--timeout=180s']);
  const pods = await eventually(
    async () => {
      const now = await namespace.pods('app=web');
      return now.length === 2 && now.every((each) => Object.keys(cluster.pidsOf(each)).length === 1)
        ? now
        : undefined;
    },
    { what: 'both pods run again' },
  );
  expect(pods).toHaveLength(2);
});
