import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, freePorts } from '@gantry/base/testing';
import type { Cluster } from './cluster.ts';
import { isAlive } from './kernel.ts';

/**
 * Takes the one server process of a `gantry up` apart: the API server alone in its place, and schedulers and controller managers as
 * processes of their own that speak to it by the kubeconfig, two of each.
 */
export class SplitControlPlane implements AsyncDisposable {
  readonly #cluster: Cluster;
  readonly #children = new Map<string, ChildProcess>();
  /** By what is in it `gantry down` knows a process as the cluster's. */
  #env: NodeJS.ProcessEnv = {};

  private constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  static async split(cluster: Cluster, controllerFlags: readonly string[]): Promise<SplitControlPlane> {
    const split = new SplitControlPlane(cluster);
    const pid = cluster.pid('server');
    const [node = '', ...args] = commandOf(pid);
    split.#env = Object.fromEntries(
      readFileSync(`/proc/${pid}/environ`, 'utf8')
        .split('\0')
        .filter(Boolean)
        .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    );
    process.kill(pid, 'SIGTERM');
    await eventually(() => !isAlive(pid), { what: 'the server has ended' });
    try {
      split.#start('apiserver', [
        node,
        ...args.map((arg) => (arg.startsWith('--components=') ? '--components=apiserver' : arg)),
      ]);
      await eventually(async () => (await cluster.api.request('GET', '/readyz')).status === 200, {
        what: 'the API server alone is ready',
      });
      // The leases are still the old server's, for 15 s more.
      for (const lease of ['kube-scheduler', 'kube-controller-manager'])
        await cluster.api.request(
          'DELETE',
          `/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/${lease}`,
        );
      const bundle = (name: string) =>
        args
          .map((arg) => arg.replace(/apiserver\.js$/, `${name}.js`))
          .slice(0, args.findIndex((arg) => /\.js$/.test(arg)) + 1);
      const ports = await freePorts(4);
      for (const each of ['a', 'b']) {
        split.#start(`scheduler-${each}`, [
          node,
          ...bundle('scheduler'),
          `--kubeconfig=${cluster.kubeconfig}`,
          `--metrics-bind-address=127.0.0.1:${ports.pop()}`,
        ]);
        split.#start(`controller-manager-${each}`, [
          node,
          ...bundle('controller-manager'),
          `--kubeconfig=${cluster.kubeconfig}`,
          `--secure-port=${ports.pop()}`,
          `--cluster-cidr=${cluster.podCidr}`,
          `--service-cluster-ip-range=${cluster.serviceCidr}`,
          ...controllerFlags,
        ]);
      }
      return split;
    } catch (error) {
      await split[Symbol.asyncDispose]();
      throw error;
    }
  }

  #start(name: string, [program = '', ...args]: string[]): void {
    const log = openSync(join(this.#cluster.data, 'logs', `${name}.log`), 'a');
    const child = spawn(program, args, { stdio: ['ignore', log, log], cwd: '/', env: this.#env });
    closeSync(log);
    this.#children.set(name, child);
  }

  /** Kills a node's agent and returns what starts it again. */
  async killAgent(node: string): Promise<() => void> {
    const pid = this.#cluster.pid(node);
    const command = commandOf(pid);
    process.kill(pid, 'SIGKILL');
    await eventually(() => !isAlive(pid), { what: `${node}'s agent is gone` });
    return () =>
      this.#start(`${node}-again`, ['nsenter', `--net=${this.#cluster.networkNamespace(node)}`, ...command]);
  }

  /** Whether a process has not ended. */
  runs(name: string): boolean {
    const child = this.#children.get(name);
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  /** What a process has logged so far. */
  log(name: string): string {
    return readFileSync(join(this.#cluster.data, 'logs', `${name}.log`), 'utf8');
  }

  async kill(name: string, signal: NodeJS.Signals): Promise<void> {
    const child = this.#children.get(name);
    if (!child || !this.runs(name)) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#children.keys()].map((name) => this.kill(name, 'SIGKILL')));
  }
}

function commandOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
}
