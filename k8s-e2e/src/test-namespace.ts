import { randomBytes } from 'node:crypto';
import type { KubeObject, Stored, CoreV1Event, V1Pod } from '@gantry/api';
import { eventually } from '@gantry/base/testing';
import type { Cluster } from './cluster.ts';
import type { CommandOptions, CommandResult } from './command.ts';
import { pod, type PodParts } from './manifests.ts';

/** A namespace that one test has to itself. */
export class TestNamespace implements AsyncDisposable {
  readonly name: string;
  readonly cluster: Cluster;

  private constructor(cluster: Cluster, name: string) {
    this.cluster = cluster;
    this.name = name;
  }

  static async create(cluster: Cluster): Promise<TestNamespace> {
    const namespace = new TestNamespace(cluster, `t-${randomBytes(4).toString('hex')}`);
    await cluster.api.json('/api/v1/namespaces', 'POST', { body: { metadata: { name: namespace.name } } });
    await eventually(() => namespace.get('serviceaccounts/default'), { what: 'the default service account' });
    return namespace;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cluster.api
      .request('DELETE', `/api/v1/namespaces/${this.name}`)
      .catch((error: Error) => console.error(`namespace ${this.name} is left: ${error.message}`));
  }

  kubectl(args: readonly string[], options: CommandOptions = {}): Promise<string> {
    return this.cluster.kubectl(['-n', this.name, ...args], options);
  }

  tryKubectl(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    return this.cluster.tryKubectl(['-n', this.name, ...args], options);
  }

  gantry(args: readonly string[], options: CommandOptions = {}): Promise<string> {
    return this.cluster.gantry(['-n', this.name, ...args], options);
  }

  /** `kubectl apply -f -` of these objects. */
  apply(...objects: object[]): Promise<string> {
    const list = { apiVersion: 'v1', kind: 'List', items: objects };
    return this.kubectl(['apply', '-f', '-'], { input: JSON.stringify(list) });
  }

  /** Where the API has something of this namespace: `pods/web`, `apps/v1/deployments/web`. */
  path(what: string): string {
    const [first = ''] = what.split('?')[0]!.split('/');
    const group = first.includes('.') || first === 'apps' ? what.split('/').slice(0, 2).join('/') : undefined;
    return group
      ? `/apis/${group}/namespaces/${this.name}/${what.slice(group.length + 1)}`
      : `/api/v1/namespaces/${this.name}/${what}`;
  }

  get<T = KubeObject>(what: string): Promise<T> {
    return this.cluster.api.json<T>(this.path(what));
  }

  async list<T>(what: string): Promise<T[]> {
    return (await this.get<{ items: T[] }>(what)).items;
  }

  pod(name: string): Promise<Stored<V1Pod>> {
    return this.get<Stored<V1Pod>>(`pods/${name}`);
  }

  pods(labelSelector = ''): Promise<Stored<V1Pod>[]> {
    return this.list<Stored<V1Pod>>(`pods?labelSelector=${encodeURIComponent(labelSelector)}`);
  }

  /** A pod that runs a shell script in the cluster's image; resolves when it has been accepted. */
  async createPod(name: string, script: string, parts: PodParts = {}): Promise<void> {
    await this.apply(pod(name, this.cluster.image, script, parts));
  }

  /** The pod, once `holds` says so of it. */
  async podWhen(
    name: string,
    holds: (pod: Stored<V1Pod>) => unknown,
    what: string,
    timeoutMs = 90_000,
  ): Promise<Stored<V1Pod>> {
    let last: Stored<V1Pod> | undefined;
    try {
      await eventually(
        async () => {
          last = await this.pod(name);
          return holds(last);
        },
        { what: `pod ${name}: ${what}`, timeoutMs, everyMs: 50 },
      );
    } catch (error) {
      const events = await this.events(name).catch(() => []);
      throw new Error(
        `${(error as Error).message}\nstatus: ${JSON.stringify(last?.status)}\nevents: ${events
          .map((each) => `${each.reason}: ${each.message}`)
          .join('\n')}`,
      );
    }
    return last!;
  }

  /** Starts such a pod and waits until it is Ready. */
  async runPod(name: string, script: string, parts: PodParts = {}): Promise<Stored<V1Pod>> {
    await this.createPod(name, script, parts);
    return this.podWhen(name, isPodReady, 'is Ready');
  }

  /** The exit code of a pod that runs to its end. */
  async exitCode(name: string): Promise<number> {
    const ended = await this.podWhen(
      name,
      (each) => each.status?.containerStatuses?.[0]?.state?.terminated,
      'has ended',
    );
    return ended.status!.containerStatuses![0]!.state!.terminated!.exitCode;
  }

  async events(name: string): Promise<CoreV1Event[]> {
    const selector = encodeURIComponent(`involvedObject.name=${name}`);
    return this.list<CoreV1Event>(`events?fieldSelector=${selector}`);
  }

  /** What a shell command in a pod prints. */
  async exec(podName: string, script: string, options: CommandOptions = {}): Promise<string> {
    return this.kubectl(['exec', podName, '--', 'sh', '-c', script], options);
  }
}

export function isPodReady(pod: V1Pod): boolean {
  return pod.status?.conditions?.some((each) => each.type === 'Ready' && each.status === 'True') ?? false;
}
