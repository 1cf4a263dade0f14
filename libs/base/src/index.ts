export {
  StatusError,
  isStatus,
  messageOf,
  qualifiedResource,
  statusCodes,
  type GroupResource,
  type Status,
  type StatusCause,
  type StatusDetails,
  type StatusReason,
} from './status-error.ts';
export { microTimestamp, systemClock, timestamp, type Clock } from './clock.ts';
export {
  createLogger,
  parseLogLevels,
  silentLogger,
  type Logger,
  type LoggerOptions,
  type LogFields,
  type LogLevel,
} from './logger.ts';
export { cutLog, keepLogsShort, logLimitBytes } from './log-files.ts';
export { counter, createMetrics, gauge, histogram, whenRead, type Metrics } from './metrics.ts';
export { gitVersion, productVersion, versionInfo } from './version.ts';
export { abortable, aborted, isAbort, LinkedAbort } from './abort.ts';
export { Backoff, type BackoffOptions } from './backoff.ts';
export { randomSuffix, safeEncode, seededRandom, type Random } from './random.ts';
export { collectWhenIdle, type Heap } from './idle-collector.ts';
export { workerUrl } from './worker-url.ts';
export {
  durationFlag,
  FlagError,
  hostAndPortFlag,
  logFormatFlag,
  numberFlag,
  portFlag,
  type HostAndPort,
} from './flags.ts';
export { StatusServer, type StatusServerOptions } from './status-server.ts';
