import { createRequire } from 'node:module';
import pino from 'pino';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Fields beside the message. An error goes under `err`; objects of the API as `namespace/name` strings. */
export type LogFields = Record<string, unknown>;

/**
 * Constant message plus fields: `log.warn('image pull failed', { pod, image, err })`. A child carries its fields along.
 * What goes wrong is logged where it is handled, once.
 */
export interface Logger {
  trace(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  child(fields: LogFields & { component?: string }): Logger;
}

export interface LoggerOptions {
  /** The name of the process or component, as field `component`. */
  component: string;
  /** Level of all components not named otherwise. Default `info`. */
  level?: LogLevel;
  /** Levels by component name: `{ scheduler: 'debug' }`. */
  levels?: Record<string, LogLevel>;
  /** `json` lines or `pretty` text. Default: pretty when `stream` is a terminal. */
  format?: 'json' | 'pretty';
  /** Default: standard error. */
  stream?: NodeJS.WritableStream & { isTTY?: boolean };
}

/** Reads `info,scheduler=debug,serving=trace`, the form of the `--log-level` flag. Unknown levels are ignored. */
export function parseLogLevels(text: string): Pick<LoggerOptions, 'level' | 'levels'> {
  const known = new Set<string>(['trace', 'debug', 'info', 'warn', 'error', 'silent']);
  const levels: Record<string, LogLevel> = {};
  let level: LogLevel = 'info';
  for (const part of text.split(',').map((each) => each.trim())) {
    const [name, value] = part.split('=');
    if (value === undefined && name !== undefined && known.has(name)) level = name as LogLevel;
    else if (name && value && known.has(value)) levels[name] = value as LogLevel;
  }
  return { level, levels };
}

export function createLogger(options: LoggerOptions): Logger {
  const stream = options.stream ?? process.stderr;
  const format = options.format ?? (stream.isTTY ? 'pretty' : 'json');
  const level = options.level ?? 'info';
  const destination = format === 'pretty' ? prettyStream(stream) : stream;
  const root = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      messageKey: 'msg',
    },
    destination as pino.DestinationStream,
  );
  return wrap(root, { component: options.component }, options.levels ?? {});
}

function prettyStream(stream: NodeJS.WritableStream): NodeJS.WritableStream {
  const pretty = createRequire(import.meta.url)('pino-pretty') as (options: object) => NodeJS.WritableStream;
  return pretty({
    destination: stream,
    ignore: 'pid,hostname,component',
    messageFormat: '{component}: {msg}',
    translateTime: 'SYS:HH:MM:ss.l',
    singleLine: true,
  });
}

/** Children are made from the root with all their fields at once: pino would write a field that is set anew twice. */
function wrap(root: pino.Logger, bindings: LogFields, levels: Record<string, LogLevel>): Logger {
  const level = levels[String(bindings['component'])];
  const logger = root.child(bindings, level ? { level } : {});
  const at =
    (name: 'trace' | 'debug' | 'info' | 'warn' | 'error') => (message: string, fields?: LogFields) =>
      fields ? logger[name](fields, message) : logger[name](message);
  return {
    trace: at('trace'),
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => wrap(root, { ...bindings, ...fields }, levels),
  };
}

/** Says nothing. */
export const silentLogger: Logger = {
  trace() {},
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
};
