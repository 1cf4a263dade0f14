import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import {
  collectWhenIdle,
  gitVersion,
  productVersion,
  systemClock,
  type Logger,
  type Metrics,
} from '@gantry/base';
import { bootstrapTokenVerifier, NodeLinkServer } from '@gantry/link';
import { openClusterPki, type ClusterPki } from '@gantry/pki';
import {
  ApiServer,
  authorizerChain,
  bootstrapCluster,
  keepBootstrapped,
  mastersAuthorizer,
  nodeAuthorizer,
  ruleAuthorizer,
  systemGrants,
} from '@gantry/serving';
import { writeAdminKubeconfig } from './admin-kubeconfig.ts';
import { runElected, type ComponentContext } from './component.ts';
import type { ServerOptions } from './options.ts';
import { openStateStack, type StateStack } from './state-stack.ts';

/**
 * Everything that runs in this process, put together:
 *
 *     API server ─┐
 *     node link  ─┼─▶ RegistryState ▶ CachedState ▶ EtcdState
 *     scheduler, ─┘
 *     controllers
 */
export class ControlPlane {
  readonly pki: ClusterPki;
  readonly apiServer: ApiServer;
  readonly #options: ServerOptions;
  readonly #stack: StateStack;
  readonly #link: NodeLinkServer;
  readonly #log: Logger;
  readonly #metrics: Metrics;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>[] = [];
  #bootstrapped = false;

  private constructor(
    options: ServerOptions,
    pki: ClusterPki,
    stack: StateStack,
    log: Logger,
    metrics: Metrics,
  ) {
    this.#options = options;
    this.pki = pki;
    this.#stack = stack;
    this.#log = log;
    this.#metrics = metrics;
    const { state } = stack;
    this.#link = new NodeLinkServer({
      state,
      verifyToken: bootstrapTokenVerifier(state, systemClock),
      signer: pki.ca,
      clusterInfo: {
        serverVersion: gitVersion(productVersion),
        clusterCidr: options.clusterCidr,
        serviceCidr: options.serviceCidr,
        clusterDomain: options.clusterDomain,
        clusterDns: options.clusterDns,
      },
      clock: systemClock,
      log,
      metrics,
      random: Math.random,
    });
    this.apiServer = new ApiServer({
      state,
      authorizer: authorizerChain([mastersAuthorizer, nodeAuthorizer(state), ruleAuthorizer(systemGrants)]),
      nodeStreams: this.#link,
      metrics,
      version: productVersion,
      inFlight: options.inFlight,
      publicAddress: `${options.advertiseAddress}:${options.securePort}`,
      logger: log.child({ component: 'serving' }),
      healthChecks: [
        ...stack.healthChecks,
        { name: 'poststarthook/bootstrap', readinessOnly: true, check: () => this.#checkBootstrapped() },
      ],
    });
  }

  static async open(options: ServerOptions, log: Logger, metrics: Metrics): Promise<ControlPlane> {
    const stack = await openStateStack(options, { clock: systemClock, random: Math.random, log, metrics });
    const pki = await openClusterPki(join(options.dataDirectory, 'pki'), {
      sans: [options.advertiseAddress, ...options.tlsSans],
      serviceAddress: stack.serviceAddress,
      clusterDomain: options.clusterDomain,
    });
    return new ControlPlane(options, pki, stack, log, metrics);
  }

  /** Begins to work: fills the cache, takes nodes, runs what else belongs here. The API's port is the caller's. */
  async start(): Promise<void> {
    const { signal } = this.#stop;
    const { bindAddress, nodeServicePort, adminKubeconfig, securePort } = this.#options;
    this.#run('state', this.#stack.run(signal));
    const host = bindAddress === '0.0.0.0' || bindAddress === '::' ? '127.0.0.1' : bindAddress;
    await writeAdminKubeconfig(
      adminKubeconfig ?? join(this.#options.dataDirectory, 'admin.kubeconfig'),
      `https://${host.includes(':') ? `[${host}]` : host}:${securePort}`,
      this.pki,
    );
    const { ca, serving } = this.pki;
    await this.#link.listen({
      address: bindAddress,
      port: nodeServicePort,
      tls: { ca: ca.certificate, ...serving },
    });
    this.#run('bootstrap', this.#bootstrap(signal));
    this.#run('idle-collector', collectWhenIdle(systemClock, signal));
  }

  /** Waits for the store, however long it takes, and then sets up what needs it. */
  async #bootstrap(signal: AbortSignal): Promise<void> {
    await this.#stack.ready(signal);
    this.#run('node-link', this.#link.run(signal));
    const { advertiseAddress, securePort } = this.#options;
    const { state, serviceAddress } = this.#stack;
    const here = { advertiseAddress, securePort, serviceAddress };
    for (;;) {
      try {
        await bootstrapCluster(state, here);
        break;
      } catch (error) {
        this.#log.warn('bootstrap failed, and is tried again', { err: error });
        await systemClock.sleep(500, signal);
      }
    }
    this.#bootstrapped = true;
    this.#log.info('ready', { startupMs: Math.round(performance.now()) });
    this.#startComponents(signal);
    await keepBootstrapped(state, here, { clock: systemClock, log: this.#log }, signal);
  }

  #startComponents(signal: AbortSignal): void {
    const { components, clusterCidr, serviceCidr, dataDirectory, securePort } = this.#options;
    const { nodeMonitorGracePeriodMs, nodeMonitorPeriodMs } = this.#options;
    const context: ComponentContext = {
      state: this.#stack.state,
      clock: systemClock,
      random: Math.random,
      log: this.#log,
      metrics: this.#metrics,
      clusterCidr,
      serviceCidr,
      nodeMonitorGracePeriodMs,
      nodeMonitorPeriodMs,
      caCertificate: this.pki.ca.certificate,
      identity: stableIdentity(resolve(dataDirectory), securePort),
    };
    // Loaded only where they run.
    if (components.has('scheduler'))
      this.#run(
        'scheduler',
        import('./scheduler-component.ts').then(({ runSchedulerHere }) =>
          runElected('kube-scheduler', context, runSchedulerHere, signal),
        ),
      );
    if (components.has('controller-manager'))
      this.#run(
        'controllers',
        import('./controllers-component.ts').then(({ runControllersHere }) =>
          runElected('kube-controller-manager', context, runControllersHere, signal),
        ),
      );
  }

  #checkBootstrapped(): void {
    if (!this.#bootstrapped) throw new Error('the store has not been read yet');
  }

  /** Nothing that runs here may end by itself; when it does, the process has to go. */
  #run(name: string, running: Promise<void>): void {
    this.#running.push(
      running.catch((error: unknown) => {
        if (this.#stop.signal.aborted) return;
        this.#log.error('part failed', { part: name, err: error });
        process.exitCode = 1;
        process.kill(process.pid, 'SIGTERM');
      }),
    );
  }

  /** Ends watches and streams first, then everything else; a few seconds at most. */
  async close(): Promise<void> {
    await this.apiServer.close(1000);
    this.#stop.abort();
    await Promise.race([Promise.all(this.#running), systemClock.sleep(2000)]);
    this.#stack.close();
  }
}

/**
 * Who we are in elections: the same after a restart, so that we need not wait for our own lease to run out, and different from any
 * other process, for none has this machine, this folder and this port as well.
 */
function stableIdentity(dataDirectory: string, port: number): string {
  const machine = existsSync('/etc/machine-id') ? readFileSync('/etc/machine-id', 'utf8') : '';
  const digest = createHash('sha256').update(`${machine}\0${dataDirectory}\0${port}`).digest('hex');
  return `${hostname()}_${digest.slice(0, 12)}`;
}
