import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { Duplex } from 'node:stream';
import { StatusError, isAbort, isStatus, messageOf, versionInfo } from '@gantry/base';
import {
  AuthenticatorChain,
  ClientCertificateAuthenticator,
  anonymous,
  unauthorized,
} from './auth/authenticator.ts';
import { impersonated } from './auth/impersonation.ts';
import { forbidden, type AccessRequest } from './auth/authorizer.ts';
import type { ServingContext } from './context.ts';
import { Discovery } from './discovery/discovery.ts';
import { sendHealth } from './discovery/health.ts';
import { Exchange } from './exchange.ts';
import { endUnread, isGone, type HttpRequest, type HttpResponse } from './http.ts';
import { InFlight, isLongRunning } from './in-flight.ts';
import { ServingMetrics } from './metrics.ts';
import { OpenApi } from './openapi/openapi.ts';
import { timeoutMsOf } from './request/options.ts';
import type { RequestInfo } from './request/request-info.ts';
import { resolveApiServerOptions, type ApiServerOptions } from './options.ts';
import { resourceKey, type ServedResource, type ServedSubresource } from './resource.ts';
import { FrameScheduler } from './respond/frame-writer.ts';
import { reviewResources } from './reviews/reviews.ts';
import { storedResource } from './stored-resource.ts';

const healthPath = /^\/(healthz|livez|readyz)(\/|$)/;

/**
 * The Kubernetes API over HTTP for everything in a `State`. It owns no socket: whoever has a server hands it requests and
 * upgrades. Nothing it is sent makes it throw.
 *
 *     authenticate ▶ slot ▶ authorize ▶ route ▶ verb (decode ▶ State ▶ represent)
 */
export class ApiServer implements AsyncDisposable {
  readonly #options;
  readonly #context: ServingContext;
  readonly #authenticators: AuthenticatorChain;
  readonly #resources = new Map<string, ServedResource>();
  readonly #discovery: Discovery;
  readonly #openApi: OpenApi;
  readonly #inFlight: InFlight;
  readonly #stopping = new AbortController();
  /** Requests being answered, so that closing can wait for them. */
  readonly #open = new Set<Promise<void>>();

  constructor(options: ApiServerOptions) {
    this.#options = resolveApiServerOptions(options);
    const { state, kinds, authorizer, nodeStreams, clock, random, logger, metrics, inFlight } = this.#options;
    this.#context = {
      ...{ state, kinds, authorizer, nodeStreams, clock, random, logger },
      metrics: new ServingMetrics(metrics),
      frames: new FrameScheduler(),
      stopping: this.#stopping.signal,
    };
    this.#inFlight = new InFlight(inFlight, metrics, () => clock.monotonicMs());
    this.#authenticators = new AuthenticatorChain([
      new ClientCertificateAuthenticator((notAfterMs) =>
        this.#context.metrics.certificate(notAfterMs - clock.now()),
      ),
      ...this.#options.authenticators,
    ]);
    const resources = [...kinds.map(storedResource), ...reviewResources];
    for (const resource of resources) {
      const { group, version } = resource.type;
      this.#resources.set(resourceKey(group, version, resource.plural), resource);
    }
    this.#discovery = new Discovery(resources, this.#options.publicAddress);
    this.#openApi = new OpenApi(this.#discovery.groupVersions, this.#options.version);
  }

  /** Answers one request. Never throws and never rejects. */
  handle(req: IncomingMessage | Http2ServerRequest, res: ServerResponse | Http2ServerResponse): void {
    this.#run(req as HttpRequest, res as unknown as HttpResponse, (exchange) => this.#answer(exchange));
  }

  /**
   * Answers a request with `Connection: Upgrade` (HTTP/1.1), taking over its socket. What is no stream is answered as if the
   * upgrade had not been asked for.
   */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const res = new ServerResponse(req);
    res.shouldKeepAlive = false;
    res.assignSocket(socket as never);
    res.once('finish', () => socket.end());
    this.#run(req as HttpRequest, res as unknown as HttpResponse, async (exchange) => {
      const { subresource } = this.#find(exchange.info);
      if (!subresource?.upgrade) return this.#answer(exchange);
      await this.#authenticate(exchange);
      exchange.served = true;
      // Entering a container is a change, by whichever method a WebSocket comes.
      exchange.info.verb = 'create';
      await this.#authorize(exchange);
      using _running = this.#context.metrics.longRunning(exchange);
      exchange.code = 101;
      res.detachSocket(socket as never);
      try {
        await subresource.upgrade(exchange, this.#context, socket, head);
      } catch (error) {
        if (socket.destroyed) return;
        // Not switched yet: the refusal is still an answer of HTTP.
        res.assignSocket(socket as never);
        throw error;
      }
    });
  }

  /** Ends watches and streams and waits for what is being answered, at most `graceMs` (default 2000). */
  async close(graceMs = 2000): Promise<void> {
    this.#stopping.abort();
    await Promise.race([Promise.allSettled(this.#open), this.#context.clock.sleep(graceMs)]);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #run(req: HttpRequest, res: HttpResponse, answer: (exchange: Exchange) => Promise<void>): void {
    const { clock, logger } = this.#context;
    const exchange = new Exchange(req, res, clock.monotonicMs());
    const running = answer(exchange)
      .catch((error: unknown) => this.#fail(exchange, error))
      .finally(() => {
        this.#open.delete(running);
        const nowMs = clock.monotonicMs();
        this.#context.metrics.done(exchange, nowMs);
        logger.debug('request', {
          id: exchange.id,
          method: req.method,
          path: exchange.info.path,
          user: exchange.user.name,
          code: exchange.code,
          ms: Math.round((nowMs - exchange.startMs) * 10) / 10,
        });
      });
    this.#open.add(running);
  }

  /** Turns whatever was thrown into an answer; after the headers only the connection can say that something is wrong. */
  async #fail(exchange: Exchange, error: unknown): Promise<void> {
    const { res, req } = exchange;
    let status: StatusError;
    if (isStatus(error)) status = error;
    else if (isAbort(error) && isGone(res)) return;
    else {
      this.#context.logger.error('request failed', {
        id: exchange.id,
        method: req.method,
        path: exchange.info.path,
        err: error,
      });
      status = new StatusError('InternalError', `Internal error occurred: ${messageOf(error)}`, {
        details: { causes: [{ reason: 'InternalError', message: messageOf(error) }] },
      });
    }
    try {
      if (res.headersSent) res.destroy();
      else {
        // Of a body that was too large, or too slow, the rest is not waited for.
        if (status.code === 413 || status.code === 504) endUnread(req, res);
        await exchange.sendError(status);
      }
    } catch (cause) {
      this.#context.logger.debug('an error could not be told', { id: exchange.id, err: cause });
      res.destroy();
    }
  }

  async #answer(exchange: Exchange): Promise<void> {
    const longRunning = isLongRunning(exchange.info);
    const wantedMs = longRunning ? undefined : timeoutMsOf(exchange);
    await this.#authenticate(exchange);
    const target = this.#find(exchange.info);
    exchange.served = isThere(exchange.info, target);
    if (longRunning) return this.#serve(exchange, target);
    const { requestTimeoutMs } = this.#options;
    await this.#within(Math.min(wantedMs ?? Infinity, requestTimeoutMs), this.#holdingSlot(exchange, target));
  }

  /** The slot is held for as long as anything works for the request, also when its client has been told that it took too long. */
  async #holdingSlot(exchange: Exchange, target: Target): Promise<void> {
    const { info, user, startMs } = exchange;
    // Whoever would restart us for being slow must not be led to (upstream's flow schema `probes` exempts it, too).
    using _slot = healthPath.test(info.path) ? undefined : this.#inFlight.enter(info, user, startMs);
    await this.#serve(exchange, target);
  }

  /** Rejects with Timeout when `answered` takes longer; what becomes of it then is not told (`pkg/server/filters/timeout.go`). */
  #within(timeoutMs: number, answered: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = this.#context.clock.after(timeoutMs, () =>
        reject(
          new StatusError(
            'Timeout',
            'Timeout: request did not complete within requested timeout - context deadline exceeded',
            { details: {} },
          ),
        ),
      );
      answered.then(
        () => {
          timer[Symbol.dispose]();
          resolve();
        },
        (error: unknown) => {
          timer[Symbol.dispose]();
          reject(error as Error);
        },
      );
    });
  }

  async #authenticate(exchange: Exchange): Promise<void> {
    const user = await this.#authenticators.authenticate(exchange.req);
    if (user) exchange.user = impersonated(user, exchange.req);
    else if (!healthPath.test(exchange.info.path)) throw unauthorized();
    else exchange.user = anonymous;
  }

  /** Authorizes and routes. */
  async #serve(exchange: Exchange, target: Target): Promise<void> {
    await this.#authorize(exchange);
    return this.#route(exchange, target);
  }

  /** What is asked for, as far as there is such a thing. */
  #find(info: RequestInfo): Target {
    if (!info.isResource) return noTarget;
    const resource = this.#resources.get(resourceKey(info.group, info.version, info.resource));
    const subresource =
      resource && info.subresource && Object.hasOwn(resource.subresources, info.subresource)
        ? resource.subresources[info.subresource]
        : undefined;
    return { resource, subresource };
  }

  /** Throws Forbidden unless the user may do this. */
  async #authorize(exchange: Exchange): Promise<void> {
    const { info } = exchange;
    const access: AccessRequest = {
      user: exchange.user,
      verb: info.verb,
      isResource: info.isResource,
      group: info.group,
      resource: info.resource,
      subresource: info.subresource,
      namespace: info.namespace,
      name: info.name,
      path: info.path,
      fieldSelector: info.isResource ? exchange.param('fieldSelector') : undefined,
    };
    const answer = this.#context.authorizer.authorize(access);
    const decision = answer instanceof Promise ? await answer : answer;
    if (decision.verdict !== 'allow') throw forbidden(access, decision.reason);
  }

  async #route(exchange: Exchange, { resource, subresource }: Target): Promise<void> {
    const { info } = exchange;
    if (!info.isResource) return this.#routePath(exchange);
    if (!resource || (info.namespace && !resource.namespaced && info.resource !== 'namespaces'))
      throw noSuchPath();
    if (!info.subresource) {
      if (resource.namespaced && !info.namespace && info.verb !== 'list' && info.verb !== 'watch')
        throw methodNotAllowed();
      // A verb fits a collection or an object, not both; creation of a named one is an update.
      if (info.verb === 'create' && info.name) throw methodNotAllowed();
      const handler = Object.hasOwn(resource.handlers, info.verb) ? resource.handlers[info.verb] : undefined;
      if (!handler || (!info.name && needsName.has(info.verb))) throw methodNotAllowed();
      return handler(exchange, this.#context);
    }
    if (!subresource) throw noSuchPath();
    if (info.rest && !subresource.proxy) throw noSuchPath();
    const handler = Object.hasOwn(subresource.handlers, info.verb)
      ? subresource.handlers[info.verb]
      : undefined;
    if (handler) return handler(exchange, this.#context);
    if (subresource.upgrade && (info.verb === 'create' || info.verb === 'get'))
      throw StatusError.badRequest('Upgrade request required');
    throw methodNotAllowed();
  }

  async #routePath(exchange: Exchange): Promise<void> {
    const { info } = exchange;
    const { path } = info;
    const [, root = ''] = path.split('/');
    const readOnly = info.verb === 'get' || info.verb === 'head';
    if (!readOnly) {
      if (paths.has(root)) throw methodNotAllowed();
      throw noSuchPath();
    }
    if (paths.has(root)) exchange.servedPath = `/${root}`;
    switch (root) {
      case 'healthz':
      case 'livez':
      case 'readyz': {
        const { logger, clock } = this.#context;
        return sendHealth(exchange, this.#options.healthChecks, logger, clock);
      }
      case 'version':
        return exchange.sendObject(200, versionInfo(this.#options.version));
      case 'metrics':
        if (path !== '/metrics') break;
        return exchange.send(200, this.#options.metrics.contentType, await this.#options.metrics.metrics());
      case 'api':
      case 'apis':
        if (await this.#discovery.serve(exchange)) return;
        break;
      case 'openapi':
        if (await this.#openApi.serve(exchange)) return;
        break;
      case '':
        if (path !== '/') break;
        return exchange.sendObject(200, { paths: this.#rootPaths() });
    }
    throw noSuchPath();
  }

  #rootPaths(): string[] {
    const groups = this.#discovery.groupVersions.flatMap(({ group, version }) =>
      group ? [`/apis/${group}`, `/apis/${group}/${version}`] : ['/api', `/api/${version}`],
    );
    return [
      ...new Set([
        ...groups,
        '/apis',
        ...[...paths].filter((each) => !each.startsWith('api')).map((each) => `/${each}`),
      ]),
    ].sort();
  }
}

/** What a request is about. */
interface Target {
  readonly resource: ServedResource | undefined;
  readonly subresource: ServedSubresource | undefined;
}

const noTarget: Target = { resource: undefined, subresource: undefined };

const isThere = (info: RequestInfo, { resource, subresource }: Target): boolean =>
  resource !== undefined && (info.subresource === '' || subresource !== undefined);

const paths = new Set(['api', 'apis', 'healthz', 'livez', 'readyz', 'metrics', 'openapi', 'version']);
const needsName = new Set(['get', 'update', 'patch', 'delete']);

function noSuchPath(): StatusError {
  return new StatusError('NotFound', 'the server could not find the requested resource', { details: {} });
}

function methodNotAllowed(): StatusError {
  return new StatusError(
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    { details: {} },
  );
}
