import type { StatusCause } from '@gantry/base';
import { invalid, notSupported, required } from './causes.ts';
import { idRange, isId, portName, type Check } from './names.ts';

/** The faults of one walk over an object, collected in place so that a good object allocates nothing. */
export type Causes = StatusCause[];

export function check(causes: Causes, field: string, value: string, rule: Check): void {
  const wrong = rule(value);
  if (wrong) for (const each of wrong) causes.push(invalid(field, value, each));
}

export function checkNonNegative(causes: Causes, field: string, value: number | undefined): void {
  if (value !== undefined && value < 0)
    causes.push(invalid(field, value, 'must be greater than or equal to 0'));
}

/** A port number. */
export function checkPort(causes: Causes, field: string, port: number): void {
  if (!(port >= 1 && port <= 65535))
    causes.push(invalid(field, port, 'must be between 1 and 65535, inclusive'));
}

/** A port by number or by name; absent is 0, as in Go. */
export function checkPortOrName(causes: Causes, field: string, port: number | string | undefined): void {
  if (typeof port !== 'string') checkPort(causes, field, port ?? 0);
  else check(causes, field, port, portName);
}

/** One of a closed set, in the order upstream names them; absent is `required` unless `optional`. */
export function checkOneOf(
  causes: Causes,
  field: string,
  value: string | undefined,
  supported: readonly string[],
  optional = false,
): void {
  if (value === undefined || value === '') {
    if (!optional) causes.push(required(field));
  } else if (!supported.includes(value)) causes.push(notSupported(field, value, supported));
}

/** A user or group of the system. */
export function checkId(causes: Causes, field: string, id: number | undefined): void {
  if (id !== undefined && !isId(id)) causes.push(invalid(field, id, idRange));
}

/** A path that stays below where it is: relative, and without `..` (`validateLocalDescendingPath`). */
export function checkDescendingPath(causes: Causes, field: string, path: string): void {
  if (path.startsWith('/')) causes.push(invalid(field, path, 'must be a relative path'));
  checkNoBacksteps(causes, field, path);
}

export function checkNoBacksteps(causes: Causes, field: string, path: string): void {
  if (path.includes('..') && path.split('/').includes('..'))
    causes.push(invalid(field, path, "must not contain '..'"));
}
