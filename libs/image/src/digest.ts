import { createHash, type Hash } from 'node:crypto';
import { ImageError } from './image.ts';

/** The algorithms of image-spec `descriptor.md` that are registered and strong, with the length of their hex. */
const algorithms: Record<string, number> = { sha256: 64, sha512: 128 };

/** A digest taken apart; safe as a file name. */
export interface DigestParts {
  algorithm: string;
  hex: string;
}

/** Takes `sha256:<hex>` or `sha512:<hex>` apart. Throws ImageError `invalid` for anything else: digests name files here. */
export function digestParts(digest: string): DigestParts {
  const colon = digest.indexOf(':');
  const algorithm = digest.slice(0, colon);
  const hex = digest.slice(colon + 1);
  if (
    !Object.hasOwn(algorithms, algorithm) ||
    algorithms[algorithm] !== hex.length ||
    !/^[0-9a-f]+$/.test(hex)
  )
    throw new ImageError(
      'invalid',
      `invalid digest ${JSON.stringify(digest.slice(0, 160))}: want sha256:<64 hex>`,
    );
  return { algorithm, hex };
}

export function isDigest(text: string): boolean {
  try {
    digestParts(text);
    return true;
  } catch {
    return false;
  }
}

export function sha256(bytes: Uint8Array | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** A running digest by the algorithm that `expected` names. */
export function hashLike(expected: string): Hash {
  return createHash(digestParts(expected).algorithm);
}

/** Throws ImageError `invalid` naming both digests when the bytes are not those promised. */
export function verifyBytes(bytes: Uint8Array, expected: string, what: string): void {
  const { algorithm } = digestParts(expected);
  const actual = `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
  if (actual !== expected) throw digestMismatch(what, expected, actual);
}

export function digestMismatch(what: string, expected: string, actual: string): ImageError {
  return new ImageError('invalid', `${what}: unexpected digest ${actual}, expected ${expected}`);
}

/**
 * Names of the stacks of layers (image-spec `config.md`, Layer ChainID): the i-th stands for layers 0…i applied in order.
 */
export function chainIds(diffIds: readonly string[]): string[] {
  const chain: string[] = [];
  for (const diffId of diffIds) {
    const below = chain.at(-1);
    chain.push(below === undefined ? diffId : sha256(`${below} ${diffId}`));
  }
  return chain;
}
