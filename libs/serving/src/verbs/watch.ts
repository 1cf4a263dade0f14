import { StatusError, isStatus, messageOf, type StatusCause } from '@gantry/base';
import type { Kind } from '@gantry/api';
import type { WatchEvent, WatchQuery } from '@gantry/state';
import type { KindHandler, ServingContext } from '../context.ts';
import type { Exchange } from '../exchange.ts';
import { booleanOf, integerOf, invalidOptions, resourceVersionOf, selectionOf } from '../request/options.ts';
import { includeObjectOf } from '../respond/represent.ts';
import { frameOf, framerOf, type Framer } from '../respond/watch-frame.ts';
import { FrameWriter } from '../respond/frame-writer.ts';

/** Without `timeoutSeconds` a watch ends after this long, up to twice that, so that clients do not all come back at once. */
const minTimeoutSeconds = 1800;

/**
 * Streams changes as lines of JSON. The headers go out before the first event, so that a client knows that it watches;
 * errors after that are `ERROR` events.
 */
export const watch: KindHandler = async (exchange, context, kind) => {
  const query = watchQueryOf(exchange);
  const framer = framerOf(exchange, kind, context.clock, includeObjectOf(exchange));
  const timeoutSeconds = integerOf(exchange, 'timeoutSeconds') || minTimeoutSeconds * (1 + context.random());
  const initialEvents = booleanOf(exchange, 'sendInitialEvents');
  const session = new WatchSession(exchange, context, kind, framer, initialEvents);
  const notOlderThan = initialEvents ? resourceVersionOf(exchange) : undefined;
  await session.run(query, notOlderThan, timeoutSeconds * 1000);
};

function watchQueryOf(exchange: Exchange): WatchQuery {
  const query: WatchQuery = selectionOf(exchange);
  const { info } = exchange;
  // The legacy form /watch/…/<name> watches one object.
  if (info.name)
    query.fieldSelector = [query.fieldSelector, `metadata.name=${info.name}`].filter(Boolean).join(',');
  const resourceVersion = resourceVersionOf(exchange);
  checkMatch(exchange);
  // '0' and initial events mean: the present state first, whatever its revision.
  if (resourceVersion !== undefined && resourceVersion !== '0' && !booleanOf(exchange, 'sendInitialEvents'))
    query.resourceVersion = resourceVersion;
  if (booleanOf(exchange, 'allowWatchBookmarks')) query.bookmarks = true;
  return query;
}

/** `k8s.io/apimachinery/pkg/apis/meta/internalversion/validation`, `validateWatchOptions`. */
function checkMatch(exchange: Exchange): void {
  const match = exchange.param('resourceVersionMatch');
  const causes: StatusCause[] = [];
  const forbid = (why: string) =>
    causes.push({
      reason: 'FieldValueForbidden',
      field: 'resourceVersionMatch',
      message: `Forbidden: ${why}`,
    });
  if (exchange.param('sendInitialEvents') !== undefined) {
    if (match !== 'NotOlderThan')
      forbid('sendInitialEvents requires setting resourceVersionMatch to NotOlderThan');
  } else if (match !== undefined)
    forbid('resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided');
  if (match !== undefined && match !== 'NotOlderThan')
    causes.push({
      reason: 'FieldValueNotSupported',
      field: 'resourceVersionMatch',
      message: `Unsupported value: ${JSON.stringify(match.slice(0, 100))}: supported values: "NotOlderThan"`,
    });
  if (causes.length > 0) throw invalidOptions('ListOptions', causes);
}

class WatchSession {
  readonly #exchange: Exchange;
  readonly #context: ServingContext;
  readonly #kind: Kind;
  readonly #framer: Framer;
  readonly #initialEvents: boolean;
  readonly #writer: FrameWriter;
  readonly #events: { inc(by?: number): void };
  readonly #wantsBookmarks: boolean;
  /** While true, what is there is passed over: only what comes to be after it was asked for. */
  #passesOver: boolean;

  constructor(
    exchange: Exchange,
    context: ServingContext,
    kind: Kind,
    framer: Framer,
    initialEvents: boolean,
  ) {
    this.#exchange = exchange;
    this.#context = context;
    this.#kind = kind;
    this.#framer = framer;
    this.#initialEvents = initialEvents;
    this.#wantsBookmarks = booleanOf(exchange, 'allowWatchBookmarks');
    this.#passesOver = exchange.param('sendInitialEvents') !== undefined && !initialEvents;
    this.#writer = new FrameWriter(exchange.res, context.frames, context.clock);
    this.#events = context.metrics.watchEvents(kind.group, kind.version, kind.kind);
  }

  /** `notOlderThan`: the present state that the watch begins with has to be of this revision at least. */
  async run(query: WatchQuery, notOlderThan: string | undefined, timeoutMs: number): Promise<void> {
    // From a revision on there is nothing to pass over.
    if (query.resourceVersion !== undefined) this.#passesOver = false;
    const { state, clock, stopping } = this.#context;
    const { res } = this.#exchange;
    let failure: unknown;
    let ended = false;
    if (notOlderThan !== undefined)
      try {
        const { namespace } = query;
        await state.list(this.#kind, { namespace, limit: 1, resourceVersion: notOlderThan });
      } catch (error) {
        failure = error;
      }
    const watching = state.watch(this.#kind, query, (event) => this.#receive(event));
    const over = watching.done.catch((error: unknown) => {
      failure = error;
    });
    if (failure !== undefined) watching[Symbol.dispose]();
    // A query that is refused is refused at once: it gets a proper answer, for nothing has been sent.
    await Promise.race([over, new Promise((resolve) => setImmediate(resolve))]);
    if (isStatus(failure, 'BadRequest')) throw failure;

    using _running = this.#context.metrics.longRunning(this.#exchange);
    this.#exchange.begin(200, { 'content-type': this.#framer.contentType });
    (res as { flushHeaders?(): void }).flushHeaders?.();
    this.#writer.start();

    const stop = () => {
      if (ended) return;
      ended = true;
      watching[Symbol.dispose]();
    };
    res.once('close', stop);
    stopping.addEventListener('abort', stop, { once: true });
    using _timeout = clock.after(timeoutMs, stop);
    this.#writer.onOverflow = () => {
      failure = StatusError.expired('the watcher reads too slowly: list and watch again');
      stop();
    };
    await over;
    res.off('close', stop);
    stopping.removeEventListener('abort', stop);
    await this.#writer.end(failure === undefined ? undefined : this.#errorFrame(failure));
  }

  #receive(event: WatchEvent): void {
    switch (event.type) {
      case 'initDone':
        this.#passesOver = false;
        if (this.#initialEvents && this.#wantsBookmarks)
          this.#writer.push(this.#framer.bookmark(event.revision, true));
        return;
      case 'bookmark':
        if (this.#wantsBookmarks) this.#writer.push(this.#framer.bookmark(event.revision, false));
        return;
      default:
        if (this.#passesOver) return;
        this.#events.inc();
        this.#writer.push(this.#framer.frame(event));
    }
  }

  #errorFrame(error: unknown): Uint8Array {
    const known = isStatus(error) ? error : new StatusError('InternalError', 'the watch broke off');
    if (!isStatus(error)) this.#context.logger.error('watch failed', { err: error, why: messageOf(error) });
    return frameOf('ERROR', known.toStatus());
  }
}
