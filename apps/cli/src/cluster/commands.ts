import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ClusterPki } from '@gantry/pki';
import type { ClusterLayout, ClusterPlan } from './layout.ts';
import { findProgram } from './programs.ts';

type Command = [string, ...string[]];

/**
 * How large each half of V8's new space may get, in MiB. It is filled before anything is collected, however little is going on. The
 * server's is the smallest at which requests cost no more of the processor's time than with V8's default (docs/adr/0900-memory.md).
 */
const semiSpaceMiB: Record<string, number> = { apiserver: 16, agent: 2 };

function nodeFlags(name: string): string[] {
  return semiSpaceMiB[name] === undefined ? [] : [`--max-semi-space-size=${semiSpaceMiB[name]}`];
}

/** Where the apps' bundles lie: beside this one. */
const bundles = dirname(fileURLToPath(import.meta.url));

function app(name: string, ...args: string[]): Command {
  return [process.execPath, ...nodeFlags(name), join(bundles, `${name}.js`), ...args];
}

/**
 * One etcd member. It speaks TLS, with client certificates only, to whoever comes by TCP; the server of this cluster comes by a socket in
 * a folder that is root's alone, where ciphers would only cost time (docs/adr/0203-etcd-on-a-socket.md). etcd 3.4 takes no path in such a
 * URL, so the socket is made in the folder the process is started in. Progress notices let a quiet watch cache stay fresh.
 */
export function etcdCommand(layout: ClusterLayout, plan: ClusterPlan, pki: ClusterPki): Command {
  const { certificate, privateKey } = pki.files.etcdServer;
  const client = `https://127.0.0.1:${plan.etcdPort}`;
  const peer = `https://127.0.0.1:${plan.etcdPeerPort}`;
  return [
    findProgram('etcd') ?? 'etcd',
    `--name=${layout.name}`,
    `--data-dir=${layout.etcdData}`,
    `--listen-client-urls=${client},unix://${basename(layout.etcdSocket)}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=${layout.name}=${peer}`,
    ...['', 'peer-'].flatMap((kind) => [
      `--${kind}cert-file=${certificate}`,
      `--${kind}key-file=${privateKey}`,
      `--${kind}trusted-ca-file=${pki.files.etcdCa}`,
      `--${kind}client-cert-auth`,
    ]),
    '--experimental-watch-progress-notify-interval=5s',
    '--quota-backend-bytes=8589934592',
    '--log-level=warn',
    '--logger=zap',
  ];
}

/**
 * Debian's docker-registry (distribution 2.8). Two processes share one folder: the host's own on 127.0.0.1, which takes pushes,
 * and a read-only one on the bridge, which the nodes pull from.
 */
export function registryCommand(
  layout: ClusterLayout,
  address: string,
  port: number,
  readonly: boolean,
): Command {
  const file = join(layout.run, `registry-${readonly ? 'nodes' : 'host'}.yml`);
  mkdirSync(layout.registryData, { recursive: true });
  writeFileSync(
    file,
    JSON.stringify({
      version: 0.1,
      log: { level: 'warn', accesslog: { disabled: true } },
      storage: {
        filesystem: { rootdirectory: layout.registryData },
        delete: { enabled: true },
        maintenance: {
          readonly: { enabled: readonly },
          // Uploads that were never finished go after a week; the one that takes pushes sees to it.
          uploadpurging: { enabled: !readonly, age: '168h', interval: '24h', dryrun: false },
        },
      },
      http: {
        addr: `${address}:${port}`,
        secret: randomBytes(16).toString('hex'),
        headers: { 'X-Content-Type-Options': ['nosniff'] },
      },
    }),
  );
  return [findProgram('docker-registry') ?? 'docker-registry', 'serve', file];
}

/** API server, scheduler and controllers in one process. */
export function serverCommand(
  layout: ClusterLayout,
  plan: ClusterPlan,
  pki: ClusterPki,
  advertise: string,
): Command {
  return app(
    'apiserver',
    '--components=apiserver,scheduler,controller-manager',
    `--data-dir=${join(layout.data, 'server')}`,
    // The port is for when there is no socket: an etcd that somebody started again elsewhere than in its folder.
    `--etcd-servers=unix://${layout.etcdSocket},https://127.0.0.1:${plan.etcdPort}`,
    `--etcd-cafile=${pki.files.etcdCa}`,
    `--etcd-certfile=${pki.files.etcdClient.certificate}`,
    `--etcd-keyfile=${pki.files.etcdClient.privateKey}`,
    `--secure-port=${plan.securePort}`,
    `--node-service-port=${plan.nodeServicePort}`,
    `--advertise-address=${advertise}`,
    `--tls-san=${advertise}`,
    `--cluster-cidr=${plan.clusterCidr}`,
    `--service-cluster-ip-range=${plan.serviceCidr}`,
    `--admin-kubeconfig=${layout.kubeconfig}`,
    `--log-dir=${layout.logs}`,
    `--log-level=${plan.logLevel}`,
  );
}

/** The agent of one node, inside the node's own network namespace; mounts stay the host's, so that they outlive the agent. */
export function agentCommand(
  layout: ClusterLayout,
  plan: ClusterPlan,
  index: number,
  options: { namespace: string; address: string; server: string; tokenFile: string; registries: string },
): Command {
  const node = layout.node(index);
  return [
    findProgram('nsenter') ?? 'nsenter',
    `--net=${options.namespace}`,
    ...app(
      'agent',
      `--server=https://${options.server}:${plan.securePort}`,
      `--node-service=${options.server}:${plan.nodeServicePort}`,
      `--token-file=${options.tokenFile}`,
      `--node-name=${node.name}`,
      `--node-ip=${options.address}`,
      `--data-dir=${node.data}`,
      `--run-dir=${node.run}`,
      `--cgroup-root=${node.cgroup}`,
      `--cluster-cidr=${plan.clusterCidr}`,
      `--registries=${options.registries}`,
      '--metrics-bind-address=0.0.0.0:10250',
      `--log-level=${plan.logLevel}`,
    ),
  ];
}
