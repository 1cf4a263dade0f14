import { messageOf, type Clock, type Logger } from '@gantry/base';
import type { V1Node } from '@gantry/api';
import {
  serviceHealthChecks,
  servicePorts,
  type NodeRoute,
  type PodNetwork,
  type ProxyNode,
  type ServiceProxy,
} from '@gantry/network';
import type { NodeObjects } from '../objects.ts';

/** Changes that come so close together are one. */
const debounceMs = 4;
const retryMs = 1_000;

export interface NodeNetworkOptions {
  nodeName: string;
  network: PodNetwork;
  proxy: ServiceProxy;
  objects: NodeObjects;
  clock: Clock;
  log: Logger;
}

/** Keeps the pod network and the service proxy as the server's objects want them. */
export class NodeNetwork {
  readonly #options: NodeNetworkOptions;
  readonly #log: Logger;
  readonly #ready = Promise.withResolvers<void>();
  #opening: Promise<void> | undefined;
  /** What the Node says now, and what the network was opened with. */
  #wantedCidr = '';
  #openCidr = '';
  #isReady = false;
  #failure = 'waiting for a pod CIDR';
  #synced = false;
  readonly #dirty = { routes: false, services: false };
  #timer: Disposable | undefined;
  #working = false;
  /** What the Services were last worked out for: its zone may change. */
  #appliedAs = '';

  constructor(options: NodeNetworkOptions) {
    this.#options = options;
    this.#log = options.log.child({ component: 'node-network' });
  }

  /** Resolves when pods may be given a network. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Why there is none, or not the one that the cluster believes in, for the node's Ready condition. */
  get problem(): string | undefined {
    const failure = !this.#isReady ? this.#failure : this.#mismatch;
    return failure === undefined
      ? undefined
      : `container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:${failure}`;
  }

  /** Other nodes send what is for the new range here, and pods have addresses of the old: nothing works, so it has to be seen. */
  get #mismatch(): string | undefined {
    return this.#wantedCidr === this.#openCidr
      ? undefined
      : `the pod CIDR of the Node is now ${this.#wantedCidr}, but the pod network is open with ${this.#openCidr}: ` +
          'drain the node and restart its agent';
  }

  /**
   * Opens the pod network as soon as the node's range is known; tried again until it succeeds. A range that changes after that is a
   * `problem` until it changes back or the agent is restarted. `opened` is called when the network or the problem has changed.
   */
  open(podCidr: string, known: () => readonly string[], opened: () => void): void {
    const changed = this.#wantedCidr !== podCidr;
    this.#wantedCidr = podCidr;
    if (this.#isReady && changed) {
      if (this.#mismatch) this.#log.error('pod CIDR has changed', { cause: this.#mismatch });
      else this.#log.info('pod CIDR is again that of the pod network', { podCidr });
      opened();
    }
    this.#opening ??= (async () => {
      const { network, clock } = this.#options;
      for (;;) {
        const podCidr = this.#wantedCidr;
        try {
          await network.open({ podCidr, known: known() });
          this.#openCidr = podCidr;
          break;
        } catch (error) {
          this.#failure = messageOf(error);
          this.#log.error('pod network could not be opened', { podCidr, err: error });
          await clock.sleep(retryMs);
        }
      }
      this.#isReady = true;
      if (this.#mismatch) this.#log.error('pod CIDR has changed', { cause: this.#mismatch });
      this.#ready.resolve();
      opened();
      this.changed('routes');
    })();
  }

  /** Everything is known: before that, rules of an earlier run of the agent are better than half of the new ones. */
  synced(): void {
    this.#synced = true;
    this.changed('routes');
    this.changed('services');
  }

  changed(what: 'routes' | 'services'): void {
    this.#dirty[what] = true;
    if (!this.#synced || this.#working || this.#timer) return;
    this.#timer = this.#options.clock.after(debounceMs, () => void this.#apply());
  }

  async #apply(): Promise<void> {
    const { network, proxy, objects, nodeName, clock } = this.#options;
    this.#timer = undefined;
    this.#working = true;
    let failed = false;
    try {
      if (this.#dirty.routes && this.#isReady) {
        this.#dirty.routes = false;
        await network.setRoutes(nodeRoutes(objects.nodes(), nodeName));
      }
      const node = proxyNode(nodeName, objects.node(nodeName));
      const nodeText = JSON.stringify(node);
      if (this.#dirty.services || nodeText !== this.#appliedAs) {
        this.#dirty.services = false;
        this.#appliedAs = nodeText;
        const [services, slices] = [objects.services(), objects.endpointSlices()];
        await proxy.apply(servicePorts(services, slices, node), serviceHealthChecks(services, slices, node));
      }
    } catch (error) {
      failed = true;
      this.#dirty.routes = this.#dirty.services = true;
      this.#log.error('network could not be brought up to date', { err: error });
    } finally {
      this.#working = false;
    }
    if (failed) this.#timer = clock.after(retryMs, () => void this.#apply());
    else if (this.#dirty.services || (this.#dirty.routes && this.#isReady)) this.changed('services');
  }
}

/** What of its own Node object decides where this node's clients of Services are sent. */
export function proxyNode(name: string, node: V1Node | undefined): ProxyNode {
  const zone = node?.metadata.labels?.['topology.kubernetes.io/zone'];
  const addresses = (node?.status?.addresses ?? [])
    .filter(({ type }) => type === 'InternalIP')
    .map(({ address }) => address);
  return { name, ...(zone === undefined ? {} : { zone }), addresses };
}

export function nodeRoutes(nodes: readonly V1Node[], self: string): NodeRoute[] {
  return nodes.flatMap(({ metadata, spec, status }) => {
    const address = status?.addresses?.find(({ type }) => type === 'InternalIP')?.address;
    const podCidrs = spec?.podCIDRs ?? (spec?.podCIDR ? [spec.podCIDR] : []);
    return metadata.name === self || !address || podCidrs.length === 0
      ? []
      : [{ name: metadata.name!, address, podCidrs }];
  });
}
