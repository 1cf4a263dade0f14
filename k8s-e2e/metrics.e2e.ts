import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '@gantry/base/testing';
import { eventually, useCluster } from './src/cluster.ts';
import { sleeper } from './src/manifests.ts';
import type { TestNamespace } from './src/test-namespace.ts';

const cluster = useCluster();

let folder: string;
let prometheus: ChildProcess;
let address: string;
let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await cluster.namespace();
  await namespace.runPod('measured', sleeper, {
    nodeSelector: { 'kubernetes.io/hostname': 'node-1' },
    container: {
      resources: { limits: { memory: '32Mi' } },
      readinessProbe: { exec: { command: ['true'] }, periodSeconds: 1 },
    },
  });
  await namespace.createPod('unplaceable', sleeper, { nodeSelector: { no: 'node' } });
  folder = mkdtempSync(join(tmpdir(), `gantry-${cluster.name}-prometheus-`));
  const { ca, certificate, key } = cluster.api.credentials;
  for (const [file, text] of Object.entries({ 'ca.crt': ca, 'client.crt': certificate, 'client.key': key }))
    writeFileSync(join(folder, file), text ?? '', { mode: 0o600 });
  const nodes = await Promise.all(['node-1', 'node-2'].map((name) => cluster.nodeAddress(name)));
  const agents = nodes.map((each) => `${each}:10250`);
  const { host } = new URL(cluster.api.server);
  const keys = { cert_file: join(folder, 'client.crt'), key_file: join(folder, 'client.key') };
  // A node's certificate names no address, as a kubelet's own does not.
  const node = { scheme: 'https', tls_config: { ...keys, insecure_skip_verify: true } };
  const paths = { cadvisor: '/metrics/cadvisor', resource: '/metrics/resource', probes: '/metrics/probes' };
  const config = {
    global: { scrape_interval: '5s', scrape_timeout: '5s' },
    scrape_configs: [
      {
        job_name: 'server',
        scheme: 'https',
        tls_config: { ca_file: join(folder, 'ca.crt'), ...keys },
        static_configs: [{ targets: [host] }],
      },
      { job_name: 'agents', ...node, static_configs: [{ targets: agents }] },
      ...Object.entries(paths).map(([job_name, metrics_path]) => ({
        ...{ job_name, metrics_path, ...node },
        static_configs: [{ targets: agents }],
      })),
    ],
  };
  // JSON is YAML.
  writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(config));
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  const log = openSync(join(folder, 'log'), 'a');
  prometheus = spawn(
    'prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: ['ignore', log, log] },
  );
  closeSync(log);
  await eventually(async () => (await fetch(`${address}/-/ready`)).ok, {
    what: 'Prometheus is ready',
    everyMs: 100,
  });
});

afterAll(async () => {
  if (prometheus && prometheus.exitCode === null) {
    const ended = new Promise((resolve) => prometheus.once('exit', resolve));
    prometheus.kill('SIGKILL');
    await ended;
  }
  if (folder) rmSync(folder, { recursive: true, force: true });
});

interface Sample {
  metric: Record<string, string>;
  value: [number, string];
}

async function query(expression: string): Promise<Sample[]> {
  const answer = await fetch(`${address}/api/v1/query?query=${encodeURIComponent(expression)}`);
  const { data, error } = (await answer.json()) as { data?: { result: Sample[] }; error?: string };
  if (!data) throw new Error(`Prometheus: ${error}`);
  return data.result;
}

/** The samples, once there are any. */
const samples = (expression: string) =>
  eventually(
    async () => {
      const found = await query(expression);
      return found.length > 0 ? found : undefined;
    },
    { what: `Prometheus has ${expression}`, everyMs: 200 },
  );

it('is scraped by Prometheus, all targets without an error', async () => {
  const targets = await eventually(
    async () => {
      const answer = await fetch(`${address}/api/v1/targets`);
      const { data } = (await answer.json()) as {
        data: { activeTargets: { scrapeUrl: string; health: string; lastError: string }[] };
      };
      return data.activeTargets.length === 9 && data.activeTargets.every((each) => each.health === 'up')
        ? data.activeTargets
        : undefined;
    },
    { what: 'every target is up' },
  );
  for (const each of targets) expect(each, each.scrapeUrl).toMatchObject({ lastError: '' });
  expect(readFileSync(join(folder, 'log'), 'utf8')).not.toMatch(
    /level=(warn|error).*(scrape|append|duplicate)/i,
  );
});

/** A counter that alerts know without `_total`. */
const upstreamsName = 'kubelet_certificate_manager_client_expiration_renew_errors ';

it('shows what passes promtool’s checks, at each of its addresses', async () => {
  const nodes = ['', '/cadvisor', '/resource', '/probes'].map(
    (path) => `/api/v1/nodes/node-1/proxy/metrics${path}`,
  );
  for (const path of ['/metrics', ...nodes]) {
    const text = await namespace.kubectl(['get', '--raw', path]);
    const { error, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
      input: text,
      encoding: 'utf8',
    });
    expect(error).toBeUndefined();
    const complaints = (stdout + stderr)
      .split('\n')
      .filter((line) => line && !line.startsWith(upstreamsName));
    expect(complaints, path).toEqual([]);
  }
});

it.each([
  'apiserver_request_total{resource="pods",verb="POST",code="201"} > 0',
  'apiserver_request_duration_seconds_bucket{resource="pods",le="+Inf"} > 0',
  'etcd_request_duration_seconds_bucket{le="+Inf"} > 0',
  'scheduler_scheduling_attempt_duration_seconds_count{result="scheduled"} > 0',
  'scheduler_pending_pods{queue="unschedulable"} == 1',
  'workqueue_depth{name="replicaset"}',
  'workqueue_adds_total > 0',
  'process_resident_memory_bytes{job="server"} > 0',
  'apiserver_request_sli_duration_seconds_bucket{resource="pods",le="1"} > 0',
  'apiserver_response_sizes_count{resource="pods"} > 0',
  'apiserver_client_certificate_expiration_seconds_count > 0',
  'count(kubernetes_build_info{job=~"server|agents"}) == 3',
  'scheduler_scheduling_algorithm_duration_seconds_count > 0',
  'scheduler_framework_extension_point_duration_seconds_count{extension_point="Filter"} > 0',
  'workqueue_unfinished_work_seconds{name="replicaset"}',
  'kubelet_node_name{node="node-1"} == 1',
  'kubelet_certificate_manager_client_ttl_seconds > 0',
  'container_network_receive_bytes_total{pod="measured",interface="eth0"}',
  'container_memory_cache{pod="measured",container="main"}',
  'container_last_seen{pod="measured"} > 0',
  'prober_probe_total{probe_type="Readiness",result="successful",pod="measured"} > 0',
  'kubelet_running_pods{job="agents"}',
  'kubelet_running_containers{job="agents"}',
])('has %s', async (expression) => {
  expect((await samples(expression)).length).toBeGreaterThan(0);
});

it('counts the pods of each node', async () => {
  await eventually(
    async () => {
      const [sum] = await query('sum(kubelet_running_pods)');
      return Number(sum?.value[1]) === 1;
    },
    { what: 'one pod runs', everyMs: 200 },
  );
});

it('measures what a container uses', async () => {
  const container = `container="main",pod="measured",namespace="${namespace.name}"`;
  const [memory] = await samples(`container_memory_working_set_bytes{${container}}`);
  expect(Number(memory!.value[1])).toBeGreaterThan(10_000);
  expect(Number(memory!.value[1])).toBeLessThan(32 * 1024 * 1024);
  await namespace.exec('measured', 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done');
  const [cpu] = await samples(`container_cpu_usage_seconds_total{${container}} > 0.05`);
  expect(Number(cpu!.value[1])).toBeLessThan(60);
});
