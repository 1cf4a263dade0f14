/**
 * Values of command line flags, read. What is wrong with one is said by a FlagError, which commander (our parser of command lines) prints
 * together with the flag's name: it knows the error by its code.
 */
export class FlagError extends Error {
  override readonly name = 'FlagError';
  readonly code = 'commander.invalidArgument';
}

const unitsMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `40s`, `1m30s`, `500ms`, as Go writes durations; in milliseconds. */
export function durationFlag(value: string): number {
  const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== value)
    throw new FlagError('expected a duration such as 40s');
  return parts.reduce((total, [, count, unit]) => total + Number(count) * (unitsMs[unit ?? ''] ?? 0), 0);
}

/** A port; 0 means none, or any, as the flag says. */
export function portFlag(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > 65_535) throw new FlagError('expected a port');
  return number;
}

/** A number from 0 on: `50`, `0.01`. */
export function numberFlag(value: string): number {
  if (!/^\d+(\.\d+)?$/.test(value)) throw new FlagError('expected a number such as 0.1');
  return Number(value);
}

export interface HostAndPort {
  host: string;
  port: number;
}

/** `127.0.0.1:10250`, `[::1]:10250`, `:10250` for all addresses. */
export function hostAndPortFlag(value: string): HostAndPort {
  const colon = value.lastIndexOf(':');
  if (colon < 0) throw new FlagError('expected host:port');
  return {
    host: value.slice(0, colon).replace(/^\[(.*)\]$/, '$1') || '0.0.0.0',
    port: portFlag(value.slice(colon + 1)),
  };
}

export function logFormatFlag(value: string): 'json' | 'pretty' {
  if (value !== 'json' && value !== 'pretty') throw new FlagError('expected json or pretty');
  return value;
}
