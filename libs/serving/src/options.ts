import { silentLogger, systemClock, type Clock, type Logger, type Metrics, type Random } from '@gantry/base';
import { kindList, type Kind } from '@gantry/api';
import type { NodeStreams } from '@gantry/link';
import type { State } from '@gantry/state';
import type { Authenticator } from './auth/authenticator.ts';
import type { Authorizer } from './auth/authorizer.ts';
import type { HealthCheck } from './discovery/health.ts';
import type { InFlightLimits } from './in-flight.ts';

export interface ApiServerOptions {
  /** What is served: a `RegistryState`, for the rules of the API are its. */
  state: State;
  authorizer: Authorizer;
  metrics: Metrics;
  /** The product's own version, told as build metadata: `0.1.0`. */
  version: string;
  /** Default: all built-in kinds. */
  kinds?: readonly Kind[];
  /** Asked in order after the client certificate. Default none. */
  authenticators?: readonly Authenticator[];
  /** The way into containers. Default none: logs and exec answer ServiceUnavailable. */
  nodeStreams?: NodeStreams | undefined;
  /** Beside `ping`. Default none. */
  healthChecks?: readonly HealthCheck[];
  /** How much may be worked on at once. Default 400 requests that only read and 200 others, as upstream. */
  inFlight?: InFlightLimits;
  /** What lasts longer is given up, but for watches, logs and streams. Default a minute, as upstream. */
  requestTimeoutMs?: number;
  /** `<host>:<port>` as told by `/api`. Default `127.0.0.1:6443`. */
  publicAddress?: string;
  clock?: Clock;
  random?: Random;
  logger?: Logger;
}

export function resolveApiServerOptions(options: ApiServerOptions) {
  return Object.freeze({
    kinds: kindList,
    authenticators: [],
    nodeStreams: undefined,
    inFlight: { readOnly: 400, mutating: 200 },
    requestTimeoutMs: 60_000,
    publicAddress: '127.0.0.1:6443',
    clock: systemClock,
    random: Math.random,
    logger: silentLogger,
    ...options,
    healthChecks: [{ name: 'ping', check: () => {} }, ...(options.healthChecks ?? [])],
  });
}
