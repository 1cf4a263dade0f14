import { StatusError } from '@gantry/base';

/**
 * An amount of a resource, exactly: `mantissa` × 10^`scale`.
 * Source: k8s.io/apimachinery `pkg/api/resource` (the grammar stands above `type Quantity`).
 */
export interface Quantity {
  readonly mantissa: bigint;
  /** Never below -9: finer amounts are rounded up (away from zero), as upstream does. */
  readonly scale: number;
  /** How the writer wrote it, which is how it is written back. */
  readonly format: 'DecimalSI' | 'BinarySI' | 'DecimalExponent';
}

const decimalSuffixes: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const decimalNames = new Map(Object.entries(decimalSuffixes).map(([name, power]) => [power, name]));
const binarySuffixes: Readonly<Record<string, number>> = { Ki: 1, Mi: 2, Gi: 3, Ti: 4, Pi: 5, Ei: 6 };
const binaryNames = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
/** What an int64 holds; larger amounts are cut to it, as upstream does. */
const largest = 2n ** 63n - 1n;
const grammar = /^([+-]?)(\d*)(?:\.(\d*))?(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d{1,10}|)$/;

/** Why `text` is no quantity, in upstream's words. */
export const quantityFormatError =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/** @throws StatusError BadRequest for what is no quantity. */
export function parseQuantity(text: string): Quantity {
  const quantity = tryParseQuantity(text);
  if (!quantity) throw StatusError.badRequest(quantityFormatError);
  return quantity;
}

/** As {@link parseQuantity}, but undefined for what is no quantity. */
export function tryParseQuantity(text: string): Quantity | undefined {
  // No sensible amount is longer; an unbounded one would make the exact arithmetic below costly.
  if (text.length > 64) return undefined;
  const match = grammar.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', suffix = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  let mantissa = BigInt(whole + fraction);
  let scale = -fraction.length;
  let format: Quantity['format'] = 'DecimalSI';
  const binary = binarySuffixes[suffix];
  if (binary !== undefined) {
    mantissa <<= BigInt(10 * binary);
    format = 'BinarySI';
  } else if (suffix in decimalSuffixes) {
    scale += decimalSuffixes[suffix]!;
  } else {
    const power = Number(suffix.slice(1));
    if (Math.abs(power) > 2 ** 31) return undefined;
    scale += power;
    format = 'DecimalExponent';
  }
  if (mantissa === 0n) return { mantissa, scale: 0, format };
  if (scale > 19 || (scale > 0 && mantissa * 10n ** BigInt(scale) > largest)) {
    mantissa = largest;
    scale = 0;
  } else if (scale < -9) {
    // Finer than nano: round up. Beyond 80 digits nothing is left of the number but that it is not zero.
    mantissa = scale < -90 ? 1n : ceilDivide(mantissa, 10n ** BigInt(-9 - scale));
    scale = -9;
  }
  if (scale <= 0 && mantissa > largest * 10n ** BigInt(-scale)) {
    mantissa = largest;
    scale = 0;
  }
  if (format === 'BinarySI' && mantissa < 10n ** BigInt(Math.max(0, -scale))) format = 'DecimalSI';
  return { mantissa: sign === '-' ? -mantissa : mantissa, scale, format };
}

/** Rounded away from zero; `divisor` is positive. */
function ceilDivide(value: bigint, divisor: bigint): bigint {
  if (value < 0n) return -ceilDivide(-value, divisor);
  return (value + divisor - 1n) / divisor;
}

/** The amount in units of 10^`power`, rounded up (away from zero). */
function inUnits(quantity: Quantity, power: number): bigint {
  const shift = quantity.scale - power;
  return shift >= 0
    ? quantity.mantissa * 10n ** BigInt(shift)
    : ceilDivide(quantity.mantissa, 10n ** BigInt(-shift));
}

/** The quantity in no finer units than 10^`power`, rounded up (away from zero). */
export function roundUp(quantity: Quantity, power: number): Quantity {
  return quantity.scale >= power
    ? quantity
    : { mantissa: inUnits(quantity, power), scale: power, format: quantity.format };
}

/** Negative, zero or positive, as a is less than, equal to or more than b. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  const left = inUnits(a, -9);
  const right = inUnits(b, -9);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The sum, in the format of `a` unless that is zero. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  const scale = Math.min(a.scale, b.scale);
  return {
    mantissa: inUnits(a, scale) + inUnits(b, scale),
    scale,
    format: a.mantissa === 0n ? b.format : a.format,
  };
}

/** A whole amount as a quantity. `bytes` are written with binary suffixes where that is exact. */
export function formatBytes(bytes: number | bigint): string {
  return formatQuantity({ mantissa: BigInt(bytes), scale: 0, format: 'BinarySI' });
}

/** An amount in thousandths, as one writes CPU: `500m`, `2`. */
export function formatMilli(milli: number): string {
  return formatQuantity({ mantissa: BigInt(milli), scale: -3, format: 'DecimalSI' });
}

/** The canonical form: no fraction, the largest suffix that keeps it whole, in the writer's format. */
export function formatQuantity(quantity: Quantity): string {
  let { mantissa, scale } = quantity;
  if (mantissa === 0n) return '0';
  if (quantity.format === 'BinarySI') {
    const whole = scale >= 0 || mantissa % 10n ** BigInt(-scale) === 0n;
    let value = inUnits(quantity, 0);
    if (whole && (value >= 1024n || value <= -1024n)) {
      let power = 0;
      while (power < 6 && value % 1024n === 0n) {
        value /= 1024n;
        power++;
      }
      return `${value}${binaryNames[power]}`;
    }
  }
  while (mantissa % 10n === 0n) {
    mantissa /= 10n;
    scale++;
  }
  while (scale % 3 !== 0) {
    mantissa *= 10n;
    scale--;
  }
  if (quantity.format !== 'DecimalExponent') {
    while (scale > 18) {
      mantissa *= 1000n;
      scale -= 3;
    }
    return `${mantissa}${decimalNames.get(scale)}`;
  }
  return scale === 0 ? `${mantissa}` : `${mantissa}e${scale}`;
}

// What pods name most, so that no exact arithmetic is needed for it: up to 12 digits and a plain suffix.
const plain = /^(\d{1,12})(m|k|M|G|T|Ki|Mi|Gi|Ti|)$/;
const plainFactors: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/**
 * The amount in thousandths, rounded up: CPU in milli-CPUs. Exact up to 2^53 thousandths, beyond that the nearest number.
 * @throws StatusError BadRequest for what is no quantity. Absent counts as 0.
 */
export function milliOf(text: string | undefined): number {
  if (text === undefined) return 0;
  const match = plain.exec(text);
  if (match) {
    const value = match[2] === 'm' ? Number(match[1]) : Number(match[1]) * plainFactors[match[2]!]! * 1000;
    if (value <= Number.MAX_SAFE_INTEGER) return value;
  }
  return Number(inUnits(parseQuantity(text), -3));
}

/**
 * The amount in whole units, rounded up: memory in bytes, or a count. Exact up to 2^53, beyond that the nearest number.
 * @throws StatusError BadRequest for what is no quantity. Absent counts as 0.
 */
export function bytesOf(text: string | undefined): number {
  if (text === undefined) return 0;
  const match = plain.exec(text);
  if (match) {
    const value =
      match[2] === 'm' ? Math.ceil(Number(match[1]) / 1000) : Number(match[1]) * plainFactors[match[2]!]!;
    if (value <= Number.MAX_SAFE_INTEGER) return value;
  }
  return Number(inUnits(parseQuantity(text), 0));
}

// Small whole numbers, milli-amounts below 1 and binary amounts below 1024 are canonical as they are, unless a zero leads.
const canonical = /^(?:0|[1-9]\d{0,2}(?:|m|Mi|Gi|Ki|k|M|G))$/;

/** The canonical form of a written quantity; what is none comes back as it is, for validation to name. */
export function canonicalQuantity(text: string): string {
  if (canonical.test(text)) return text;
  const quantity = tryParseQuantity(text);
  return quantity ? formatQuantity(quantity) : text;
}

/** Whether `text` is a quantity; cheap for those that are written canonically. */
export function isQuantity(text: string): boolean {
  return canonical.test(text) || tryParseQuantity(text) !== undefined;
}
