import {
  Backoff,
  abortable,
  aborted,
  isAbort,
  type Clock,
  type Logger,
  StatusError,
  type Random,
  type StatusCause,
} from '@gantry/base';
import {
  keyOf,
  kinds,
  nameOf,
  needsHealthCheck,
  type KubeObject,
  type V1Service,
  type V1ServicePort,
  type V1ServiceSpec,
} from '@gantry/api';
import {
  invalid,
  type AdmissionAttributes,
  type AdmissionPlugin,
  type State,
  type WatchEvent,
} from '@gantry/state';
import { formatAddress, parseAddress, parseRange, type AddressRange } from './address-range.ts';
import { NumberPool } from './pool.ts';

export interface ServiceAddressesOptions {
  /** Where Services are read from: below the rules, so that no admission is met. */
  state: State;
  clock: Clock;
  random: Random;
  log: Logger;
  /** Default `10.43.0.0/16`. */
  clusterIpRange?: string;
  /** Inclusive. Default 30000 to 32767. */
  nodePorts?: { first: number; last: number };
}

/** What one stored Service holds. */
interface Held {
  addresses: number[];
  ports: number[];
  /** Among the ports. */
  healthCheckPort?: number | undefined;
}

/**
 * Gives Services their cluster addresses and node ports. What is stored is the only record: it is read at the start and followed
 * by watch, so that what a crash or a failed write left reserved is free again.
 *
 *     write ──admit──▶ reserve in the pools ──▶ stored ──watch──▶ held … deleted ──watch──▶ free
 *
 * `run` must be running; writes of Services wait until the stored ones are known.
 */
export class ServiceAddresses implements AdmissionPlugin {
  readonly name = 'ServiceAddresses';
  readonly #options: ServiceAddressesOptions;
  readonly #range: AddressRange;
  readonly #nodePorts: { first: number; last: number };
  readonly #addresses: NumberPool;
  readonly #ports: NumberPool;
  readonly #services = new Map<string, Held>();
  readonly #known = Promise.withResolvers<void>();

  /** @throws RangeError for a range that is none. */
  constructor(options: ServiceAddressesOptions) {
    const { clock, random } = options;
    this.#options = options;
    this.#range = parseRange(options.clusterIpRange ?? '10.43.0.0/16');
    this.#nodePorts = options.nodePorts ?? { first: 30_000, last: 32_767 };
    this.#addresses = new NumberPool(this.#range.first, this.#range.size, clock, random);
    const { first, last } = this.#nodePorts;
    this.#ports = new NumberPool(first, last - first + 1, clock, random);
  }

  /** The first address of the range: the API server's own. */
  get apiServerAddress(): string {
    return formatAddress(this.#range.first);
  }

  /** Follows the stored Services until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { state, clock, log, random } = this.#options;
    const backoff = new Backoff({ initialMs: 50, maxMs: 5000, jitter: 0.2, random });
    while (!signal.aborted) {
      const seen = new Set<string>();
      let initial = true;
      using watching = state.watch(kinds.service, {}, (event: WatchEvent<V1Service>) => {
        if (!('entry' in event)) {
          if (event.type !== 'initDone') return;
          for (const key of this.#services.keys()) if (!seen.has(key)) this.#forget(key);
          initial = false;
          backoff.reset();
          this.#known.resolve();
          return;
        }
        const key = keyOf(nameOf(event.entry.object));
        if (initial) seen.add(key);
        if (event.type === 'deleted') this.#forget(key);
        else this.#note(key, event.entry.object);
      });
      try {
        await Promise.race([watching.done, aborted(signal)]);
      } catch (error) {
        log.warn('watch of services lost', { err: error });
        await clock.sleep(backoff.next(), signal).catch((reason: unknown) => {
          if (!isAbort(reason) && !signal.aborted) throw reason;
        });
      }
    }
  }

  /** Resolves when the stored Services are known. */
  ready(signal: AbortSignal): Promise<void> {
    return abortable(this.#known.promise, signal);
  }

  async admit({
    kind,
    operation,
    subresource,
    object,
    old,
    name,
    dryRun,
  }: AdmissionAttributes): Promise<void> {
    if ((kind as unknown) !== kinds.service || operation === 'DELETE' || subresource) return;
    await this.#known.promise;
    const service = object as KubeObject as V1Service;
    // What the Service had it keeps, and what it may have no longer is dropped, before anything is given out.
    if (old) kinds.service.prepareForUpdate(service, old as never, subresource);
    const before = old ? heldBy(old as KubeObject as V1Service) : { addresses: [], ports: [] };
    const reserved: Held = { addresses: [], ports: [] };
    const causes = [
      ...this.#giveAddress(service, before, reserved),
      ...this.#givePorts(service, before, reserved),
    ];
    const failed = causes.length > 0 ? undefined : this.#giveHealthCheckPort(service, before, reserved);
    if (dryRun || failed !== undefined || causes.length > 0) this.#giveBack(reserved);
    if (causes.length > 0) throw invalid(kind, name.name, causes);
    if (failed !== undefined) throw new StatusError('InternalError', `Internal error occurred: ${failed}`);
  }

  /**
   * The port by which a balancer learns whether a node has endpoints, out of the node ports. Tells what failed, in upstream's words
   * (`pkg/registry/core/service/storage/alloc.go`, `allocHealthCheckNodePort`).
   */
  #giveHealthCheckPort({ spec }: V1Service, before: Held, reserved: Held): string | undefined {
    // Validation refuses another one in place of what the Service has.
    if (!needsHealthCheck(spec) || before.healthCheckPort) return undefined;
    const wanted = spec.healthCheckNodePort;
    if (!wanted) {
      const given = this.#ports.allocate();
      if (given === undefined) return 'failed to allocate a HealthCheck NodePort 0: range is full';
      reserved.ports.push(given);
      spec.healthCheckNodePort = given;
      return undefined;
    }
    const why = this.#refusedPort(wanted, reserved);
    return why && `failed to allocate requested HealthCheck NodePort ${wanted}: ${why}`;
  }

  #giveAddress({ spec }: V1Service, before: Held, reserved: Held): StatusCause[] {
    if (spec.type === 'ExternalName') return [];
    const causes = familiesWanting(spec);
    if (causes.length > 0) return causes;
    if (spec.clusterIP === 'None') {
      spec.clusterIPs = ['None'];
      return [];
    }
    if (!spec.clusterIP) {
      const given = this.#addresses.allocate();
      if (given === undefined)
        return [
          {
            reason: 'InternalError',
            field: 'spec.clusterIPs',
            message: 'Internal error: failed to allocate a serviceIP: range is full',
          },
        ];
      reserved.addresses.push(given);
      spec.clusterIP = formatAddress(given);
      spec.clusterIPs = [spec.clusterIP];
      return [];
    }
    spec.clusterIPs ??= [spec.clusterIP];
    const wanted = parseAddress(spec.clusterIP);
    const refuse = (why: string): StatusCause[] => [
      {
        reason: 'FieldValueInvalid',
        field: 'spec.clusterIPs',
        message: `Invalid value: ["${spec.clusterIP}"]: failed to allocate IP ${spec.clusterIP}: ${why}`,
      },
    ];
    // Not an IPv4 address at all: validation says so.
    if (wanted === undefined || before.addresses.includes(wanted)) return [];
    if (!this.#addresses.contains(wanted))
      return refuse(
        `the provided IP (${spec.clusterIP}) is not in the valid range. The range of valid IPs is ${this.#range.cidr}`,
      );
    if (!this.#addresses.claim(wanted)) return refuse('provided IP is already allocated');
    reserved.addresses.push(wanted);
    return [];
  }

  #givePorts({ spec }: V1Service, before: Held, reserved: Held): StatusCause[] {
    const needsPorts =
      spec.type === 'NodePort' ||
      (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false);
    const causes: StatusCause[] = [];
    const ports = spec.ports ?? [];
    for (const [index, port] of ports.entries()) {
      if (port.nodePort) this.#claimPort(port, index, before, reserved, causes);
    }
    if (!needsPorts) return causes;
    for (const port of ports) {
      if (port.nodePort) continue;
      // The same port over TCP and UDP is the same on the nodes, too.
      const twin = ports.find(
        (each) =>
          each !== port && each.port === port.port && each.nodePort && each.protocol !== port.protocol,
      );
      const given = twin?.nodePort ?? this.#ports.allocate();
      if (given === undefined) {
        causes.push({
          reason: 'InternalError',
          field: 'spec.ports',
          message: 'Internal error: failed to allocate a nodePort: range is full',
        });
        break;
      }
      if (!twin) reserved.ports.push(given);
      port.nodePort = given;
    }
    return causes;
  }

  #claimPort(
    { nodePort }: V1ServicePort,
    index: number,
    before: Held,
    reserved: Held,
    causes: StatusCause[],
  ): void {
    const wanted = nodePort!;
    const isHad = before.ports.includes(wanted) && wanted !== before.healthCheckPort;
    if (isHad || reserved.ports.includes(wanted)) return;
    const why = this.#refusedPort(wanted, reserved);
    if (why !== undefined)
      causes.push({
        reason: 'FieldValueInvalid',
        field: `spec.ports[${index}].nodePort`,
        message: `Invalid value: ${wanted}: ${why}`,
      });
  }

  /** Reserves that port, or tells why not. */
  #refusedPort(wanted: number, reserved: Held): string | undefined {
    const { first, last } = this.#nodePorts;
    if (!this.#ports.contains(wanted))
      return `provided port is not in the valid range. The range of valid ports is ${first}-${last}`;
    if (!this.#ports.claim(wanted)) return 'provided port is already allocated';
    reserved.ports.push(wanted);
    return undefined;
  }

  #giveBack(reserved: Held): void {
    for (const each of reserved.addresses) this.#addresses.release(each);
    for (const each of reserved.ports) this.#ports.release(each);
  }

  #note(key: string, service: V1Service): void {
    const before = this.#services.get(key);
    const held = heldBy(service);
    for (const each of held.addresses) this.#addresses.hold(each, key);
    for (const each of held.ports) this.#ports.hold(each, key);
    for (const each of before?.addresses ?? [])
      if (!held.addresses.includes(each)) this.#addresses.letGo(each, key);
    for (const each of before?.ports ?? []) if (!held.ports.includes(each)) this.#ports.letGo(each, key);
    this.#services.set(key, held);
  }

  #forget(key: string): void {
    const held = this.#services.get(key);
    this.#services.delete(key);
    for (const each of held?.addresses ?? []) this.#addresses.letGo(each, key);
    for (const each of held?.ports ?? []) this.#ports.letGo(each, key);
  }
}

function heldBy({ spec }: V1Service): Held {
  return {
    addresses: (spec.clusterIPs ?? (spec.clusterIP ? [spec.clusterIP] : []))
      .map(parseAddress)
      .filter((each) => each !== undefined),
    ports: [...(spec.ports ?? []).map(({ nodePort }) => nodePort ?? 0), spec.healthCheckNodePort ?? 0].filter(
      (each) => each > 0,
    ),
    healthCheckPort: spec.healthCheckNodePort,
  };
}

/**
 * What a cluster of one family, IPv4, does not have. Headless Services without a selector may name what they like, since whoever writes
 * their endpoints has to have it (`pkg/registry/core/service/storage/alloc.go`, `initIPFamilyFields`).
 */
function familiesWanting({
  clusterIP,
  selector,
  ipFamilies = [],
  ipFamilyPolicy,
}: V1ServiceSpec): StatusCause[] {
  if (clusterIP === 'None' && Object.keys(selector ?? {}).length === 0) return [];
  const causes: StatusCause[] = [];
  const refuse = (field: string, value: string, why: string) =>
    causes.push({
      reason: 'FieldValueInvalid',
      field,
      message: `Invalid value: ${JSON.stringify(value)}: ${why}`,
    });
  if (ipFamilyPolicy === 'RequireDualStack')
    refuse('spec.ipFamilyPolicy', ipFamilyPolicy, 'this cluster is not configured for dual-stack services');
  for (const [index, family] of ipFamilies.entries())
    if (family === 'IPv6') refuse(`spec.ipFamilies[${index}]`, family, 'not configured on this cluster');
  return causes;
}
