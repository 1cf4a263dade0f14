import type { Clock, Logger, Random } from '@gantry/base';
import type { Kind } from '@gantry/api';
import type { NodeStreams } from '@gantry/link';
import type { State } from '@gantry/state';
import type { Authorizer } from './auth/authorizer.ts';
import type { Exchange } from './exchange.ts';
import type { ServingMetrics } from './metrics.ts';
import type { FrameScheduler } from './respond/frame-writer.ts';

/** What every handler may use. */
export interface ServingContext {
  readonly state: State;
  readonly kinds: readonly Kind[];
  readonly authorizer: Authorizer;
  readonly nodeStreams: NodeStreams | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly metrics: ServingMetrics;
  readonly frames: FrameScheduler;
  /** Aborts when the server shuts down: watches and streams end. */
  readonly stopping: AbortSignal;
}

/** Answers one request; what it throws is answered as a Status. */
export type Handler = (exchange: Exchange, context: ServingContext) => Promise<void> | void;

/** A handler of one verb of one kind. */
export type KindHandler = (exchange: Exchange, context: ServingContext, kind: Kind) => Promise<void>;
