import type { StatusCause } from '@gantry/base';
import { compareQuantities, quantityFormatError, tryParseQuantity } from '../quantity.ts';
import { invalid, notSupported, required } from './causes.ts';
import { portName, type Check } from './names.ts';

/** The faults of one walk over an object, collected in place so that a good object allocates nothing. */
export type Causes = StatusCause[];

export function check(causes: Causes, field: string, value: string, rule: Check): void {
  const wrong = rule(value);
  if (wrong) causes.push(invalid(field, value, wrong));
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

/** One of a closed set; absent is `required` unless `optional`. */
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

// What most pods name: whole and positive.
const plainQuantity = /^\d{1,15}(?:m|k|M|G|T|Ki|Mi|Gi|Ti)?$/;
const zero = { mantissa: 0n, scale: 0, format: 'DecimalSI' } as const;

/** An amount that is not negative. */
export function checkQuantity(causes: Causes, field: string, value: string): void {
  if (plainQuantity.test(value)) return;
  const quantity = tryParseQuantity(value);
  if (!quantity) causes.push(invalid(field, value, quantityFormatError));
  else if (compareQuantities(quantity, zero) < 0)
    causes.push(invalid(field, value, 'must be greater than or equal to 0'));
}
