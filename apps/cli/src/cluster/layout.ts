import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { messageOf } from '@gantry/base';

/** What `gantry up` was told and chose; kept in `<data>/cluster.json` so that `down`, `status` and the next `up` find it. */
export interface ClusterPlan {
  name: string;
  nodes: number;
  data: string;
  securePort: number;
  nodeServicePort: number;
  etcdPort: number;
  etcdPeerPort: number;
  /** Absent: no registry. */
  registryPort?: number;
  /** File of mirrors and credentials that the agents get besides the rule for the cluster's own registry. */
  registries?: string;
  clusterCidr: string;
  serviceCidr: string;
  logLevel: string;
}

/** Where everything of one cluster on this host lies. */
export class ClusterLayout {
  readonly name: string;
  readonly data: string;
  /** Goes with a reboot, as /run does: pid files, namespaces, sockets. */
  readonly run: string;

  /** `data` absent: where the cluster of this name that runs has it, or the usual folder. */
  constructor(name: string, data?: string, root = '/') {
    this.name = name;
    const own = name === 'gantry' ? 'gantry' : `gantry-${name}`;
    this.run = join(root, 'run', own);
    this.data = resolve(data ?? this.#runningData() ?? join(root, 'var/lib', own));
  }

  /** A cluster started with `--data` is found again without it for as long as it runs. */
  #runningData(): string | undefined {
    const file = join(this.run, 'data');
    return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  }

  get planFile(): string {
    return join(this.data, 'cluster.json');
  }
  get kubeconfig(): string {
    return join(this.data, 'admin.kubeconfig');
  }
  get pki(): string {
    return join(this.data, 'server', 'pki');
  }
  get etcdData(): string {
    return join(this.data, 'etcd');
  }
  /** Where the server reaches etcd. etcd 3.4 wants the name to look like `host:port`. */
  get etcdSocket(): string {
    return join(this.run, 'etcd', 'client.sock:0');
  }
  get registryData(): string {
    return join(this.data, 'registry');
  }
  /** What the agents get as their registries.yaml. */
  get registriesFile(): string {
    return join(this.data, 'registries.yaml');
  }
  get logs(): string {
    return join(this.data, 'logs');
  }
  /** The cgroup below which all nodes' containers are, in every hierarchy. */
  get cgroup(): string {
    return `/gantry/${this.name}`;
  }
  nodeName(index: number): string {
    return `node-${index + 1}`;
  }
  node(index: number): { name: string; data: string; run: string; cgroup: string } {
    const name = this.nodeName(index);
    return {
      name,
      data: join(this.data, 'nodes', name),
      run: join(this.run, name),
      cgroup: `${this.cgroup}/${name}`,
    };
  }
  pidFile(process: string): string {
    return join(this.run, `${process}.pid`);
  }
  logFile(process: string): string {
    return join(this.logs, `${process}.log`);
  }

  makeFolders(): void {
    mkdirSync(this.data, { recursive: true, mode: 0o755 });
    for (const each of [this.run, this.logs]) mkdirSync(each, { recursive: true });
    for (const each of [this.etcdData, dirname(this.etcdSocket), join(this.data, 'server')])
      mkdirSync(each, { recursive: true, mode: 0o700 });
    writeFileSync(join(this.run, 'data'), `${this.data}\n`);
  }

  /** Removes what a cluster keeps, and the folder if nothing else is in it: `--data` may name one that holds more. */
  purge(): void {
    for (const each of [
      this.planFile,
      this.kubeconfig,
      this.registriesFile,
      this.etcdData,
      this.registryData,
      this.logs,
      join(this.data, 'server'),
      join(this.data, 'nodes'),
    ])
      rmSync(each, { recursive: true, force: true });
    if (existsSync(this.data) && readdirSync(this.data).length === 0) rmdirSync(this.data);
  }

  readPlan(): ClusterPlan | undefined {
    if (!existsSync(this.planFile)) return undefined;
    try {
      return JSON.parse(readFileSync(this.planFile, 'utf8')) as ClusterPlan;
    } catch (error) {
      throw new Error(
        `${this.planFile} cannot be read (${messageOf(error)}): remove it, or all with gantry down --name ${this.name} --purge`,
        { cause: error },
      );
    }
  }

  writePlan(plan: ClusterPlan): void {
    const aside = `${this.planFile}.new`;
    writeFileSync(aside, JSON.stringify(plan, undefined, 2) + '\n');
    renameSync(aside, this.planFile);
  }
}

/** Names of all processes of a cluster, in the order in which they are stopped. */
export function processNames(plan: ClusterPlan): string[] {
  const agents = Array.from({ length: plan.nodes }, (_, index) => `node-${index + 1}`);
  return [
    ...agents,
    'server',
    ...(plan.registryPort === undefined ? [] : ['registry-nodes', 'registry']),
    'etcd',
  ];
}
