import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Backoff,
  counter,
  gauge,
  isStatus,
  messageOf,
  StatusError,
  whenRead,
  type Clock,
  type Logger,
  type Metrics,
} from '@gantry/base';
import {
  fetchAuthority,
  joinCluster,
  nodeNameOf,
  renewCertificate,
  type NodeCredentials,
} from '@gantry/link';
import { parseJoinToken, readCertificate } from '@gantry/pki';

export interface IdentityOptions {
  nodeServices: readonly string[];
  token?: string;
  caFile?: string;
  dataDir: string;
  nodeName: string;
}

/** A server that starts together with its nodes is there in a second or two. */
const retry = { initialMs: 50, maxMs: 1_000, factor: 1.5 };
/** For so long a token that the server does not know is one it does not know yet: who starts a cluster makes it at the same time. */
const tokenGraceMs = 5_000;
const renewRetryMs = 60_000;

/**
 * Who this node is: its key and certificate, kept in `<dataDir>/pki` (0600). Joins with the token when there is none yet, and keeps
 * trying while the server does not answer.
 */
export class NodeIdentity {
  readonly #options: IdentityOptions;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #listeners: ((credentials: NodeCredentials) => void)[] = [];
  #present: NodeCredentials;
  #failures: { inc(): void } | undefined;

  private constructor(options: IdentityOptions, clock: Clock, log: Logger, present: NodeCredentials) {
    this.#options = options;
    this.#clock = clock;
    this.#log = log;
    this.#present = present;
  }

  static async open(
    options: IdentityOptions,
    clock: Clock,
    log: Logger,
    signal: AbortSignal,
  ): Promise<NodeIdentity> {
    const found = read(options, clock.now());
    if (found) return new NodeIdentity(options, clock, log, found);
    const joined = await joinWithToken(options, clock, log, signal);
    write(options.dataDir, joined);
    log.info('joined the cluster', { node: options.nodeName });
    return new NodeIdentity(options, clock, log, joined);
  }

  get credentials(): NodeCredentials {
    return this.#present;
  }

  /** Called with each certificate that takes the place of the one before. */
  onRenewed(listener: (credentials: NodeCredentials) => void): void {
    this.#listeners.push(listener);
  }

  /** Tells how long the certificate is good for and how often it could not be renewed, under the kubelet's names. */
  measure(metrics: Metrics): void {
    const left = gauge(
      metrics,
      'kubelet_certificate_manager_client_ttl_seconds',
      'For how long the client certificate is still good, in seconds.',
    );
    whenRead(left, () =>
      left.set((readCertificate(this.#present.certificate).notAfterMs - this.#clock.now()) / 1000),
    );
    this.#failures = counter(
      metrics,
      'kubelet_certificate_manager_client_expiration_renew_errors',
      'How often the certificate could not be renewed.',
    );
  }

  /** Renews the certificate when two thirds of its life are over, for as long as the signal lets it. */
  async keepFresh(signal: AbortSignal): Promise<void> {
    const { nodeServices, nodeName, dataDir } = this.#options;
    while (!signal.aborted) {
      const { notBeforeMs, notAfterMs } = readCertificate(this.#present.certificate);
      const dueMs = notBeforeMs + ((notAfterMs - notBeforeMs) * 2) / 3;
      // A timer holds 24 days at most; look again then.
      await this.#clock
        .sleep(Math.max(1_000, Math.min(dueMs - this.#clock.now(), 24 * 3_600_000)), signal)
        .catch(() => undefined);
      if (signal.aborted || this.#clock.now() < dueMs) continue;
      try {
        this.#present = await renewCertificate(nodeServices, nodeName, this.#present);
        write(dataDir, this.#present);
        for (const listener of this.#listeners) listener(this.#present);
        this.#log.info('certificate renewed', { node: nodeName });
      } catch (error) {
        this.#failures?.inc();
        this.#log.warn('certificate could not be renewed', { cause: messageOf(error) });
        await this.#clock.sleep(renewRetryMs, signal).catch(() => undefined);
      }
    }
  }
}

async function joinWithToken(
  options: IdentityOptions,
  clock: Clock,
  log: Logger,
  signal: AbortSignal,
): Promise<NodeCredentials> {
  const { nodeServices, nodeName, caFile } = options;
  if (options.token === undefined)
    throw StatusError.badRequest(
      'this node has no certificate yet: pass --token (made by `gantry token create`)',
    );
  const token = parseJoinToken(options.token);
  if (!token)
    throw StatusError.badRequest('--token is not of the form K10<ca hash>::<id>.<secret> or <id>.<secret>');
  if (!token.caHash && caFile === undefined)
    throw StatusError.badRequest('--token names no CA hash: pass --ca-file, or a token that begins with K10');
  const backoff = new Backoff(retry);
  const startedMs = clock.monotonicMs();
  for (let said = false; ;) {
    for (const server of nodeServices) {
      try {
        const ca = token.caHash ? await fetchAuthority(server, token.caHash) : readFileSync(caFile!, 'utf8');
        return await joinCluster({ servers: [server], token: `${token.id}.${token.secret}`, nodeName, ca });
      } catch (error) {
        const early = isStatus(error, 'Unauthorized') && clock.monotonicMs() - startedMs < tokenGraceMs;
        if (!early && !isStatus(error, 'ServiceUnavailable', 'Timeout', 'TooManyRequests')) throw error;
        if (!said) log.info('waiting for the server', { server, cause: messageOf(error) });
        said = true;
      }
    }
    await clock.sleep(backoff.next(), signal);
  }
}

const files = { ca: 'ca.crt', certificate: 'node.crt', privateKey: 'node.key' } as const;

/** Undefined when there is none, when it has expired, or when it is another node's. */
function read({ dataDir, nodeName }: IdentityOptions, nowMs: number): NodeCredentials | undefined {
  try {
    const text = (name: string) => readFileSync(join(dataDir, 'pki', name), 'utf8');
    const found = {
      ca: text(files.ca),
      certificate: text(files.certificate),
      privateKey: text(files.privateKey),
    };
    const { notAfterMs } = readCertificate(found.certificate);
    const own = nodeNameOf(Buffer.from(found.certificate)) === nodeName;
    return own && notAfterMs > nowMs ? found : undefined;
  } catch {
    return undefined;
  }
}

/** The key first: a certificate on disk always has its key beside it. */
function write(dataDir: string, credentials: NodeCredentials): void {
  const folder = join(dataDir, 'pki');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const each of ['ca', 'privateKey', 'certificate'] as const) {
    const file = join(folder, files[each]);
    writeFileSync(`${file}.new`, credentials[each], { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
}
