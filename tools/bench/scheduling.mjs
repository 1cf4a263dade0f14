// 1,000 pods onto 100 nodes that exist on paper only: from the first POST until all are bound.
import { ensureNamespace, inParallel } from './client.mjs';
import { withCpuShare } from './load.mjs';
import { PodTimes } from './pods.mjs';

const nodes = 100;
const pods = 1000;
const namespace = 'bench-scheduling';
const path = `/api/v1/namespaces/${namespace}/pods`;
const leases = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';
const nodeName = (i) => `fake-${i}`;
const taint = { key: 'bench', value: 'fake', effect: 'NoSchedule' };

const status = () => {
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const resources = { cpu: '64', memory: '256Gi', pods: '500', 'ephemeral-storage': '1Ti' };
  return {
    capacity: resources,
    allocatable: resources,
    conditions: ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map((type) => ({
      type,
      status: type === 'Ready' ? 'True' : 'False',
      reason: 'Fake',
      message: 'on paper only',
      lastHeartbeatTime: now,
      lastTransitionTime: now,
    })),
  };
};

/** A lease without renewal expires after 40 s: this one is in force from now on, which is longer than the measure lasts. */
const lease = (name) => ({
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { name, namespace: 'kube-node-lease' },
  spec: {
    holderIdentity: name,
    leaseDurationSeconds: 40,
    renewTime: new Date().toISOString().replace('Z', '000Z'),
  },
});

async function createNodes(client) {
  await inParallel(nodes, 32, async (i) => {
    const name = nodeName(i);
    const labels = {
      bench: 'fake',
      'kubernetes.io/hostname': name,
      'topology.kubernetes.io/zone': `z${i % 3}`,
    };
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec: { taints: [taint] } };
    await client.bytes('POST', '/api/v1/nodes', node);
    await client.patch(`/api/v1/nodes/${name}/status`, { status: status() });
    await client.bytes('POST', leases, lease(name));
  });
}

async function removeNodes(client) {
  await inParallel(nodes, 32, async (i) => {
    await client.bytes('DELETE', `/api/v1/nodes/${nodeName(i)}`, undefined, { accept: [404] });
    await client.bytes('DELETE', `${leases}/${nodeName(i)}`, undefined, { accept: [404] });
  });
}

const pod = (name) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: 'bench' } },
  spec: {
    nodeSelector: { bench: 'fake' },
    tolerations: [{ operator: 'Exists' }],
    automountServiceAccountToken: false,
    containers: [{ name: 'none', image: 'none', resources: { requests: { cpu: '10m', memory: '16Mi' } } }],
  },
});

export async function run({ client, report }) {
  await ensureNamespace(client, namespace);
  const times = await PodTimes.open(client, path);
  const names = Array.from({ length: pods }, (_, i) => `p-${Date.now().toString(36)}-${i}`);
  try {
    await createNodes(client);
    const begin = performance.now();
    const { value: bound, clientCpu } = await withCpuShare(async () => {
      await inParallel(pods, 32, (i) => client.bytes('POST', path, pod(names[i])));
      return times.all(names, 'bound', 60);
    });
    const perSecond = (pods * 1000) / (Math.max(...bound) - begin);
    const name = `${pods.toLocaleString('en-US')} pods onto ${nodes} fake nodes`;
    report({ name, unit: 'pods/s', samples: [perSecond], clientCpu });
  } finally {
    // No agent will ever say that these pods have stopped.
    await client.bytes('DELETE', `${path}?gracePeriodSeconds=0`);
    await removeNodes(client);
    times.close();
  }
}
