import { TarError } from './tar-error.ts';

/** Where some of a sparse file's data lies. */
interface Region {
  offset: number;
  length: number;
}

/** As Go's archive/tar since 1.25: a map of more text than this is no map. */
export const maxSparseMapBytes = 1 << 20;
const maxRegions = maxSparseMapBytes / 4;

/**
 * The regions of a sparse member of which an archive has the data, in order; all else in the file reads as zeros (GNU tar's manual,
 * "Storing Sparse Files"). Made in the order they are found, then walked along once as the data comes.
 */
export class SparseMap {
  /** Of the whole file. */
  readonly size: number;
  readonly #regions: Region[] = [];
  #end = 0;
  #dataBytes = 0;
  #next = 0;
  /** How far into the file the walk has come. */
  #at = 0;

  constructor(size: number) {
    this.size = size;
  }

  /** Of all regions. */
  get dataBytes(): number {
    return this.#dataBytes;
  }

  /** Adds a region behind those there are. Throws {@link TarError} for one that is not behind them, or not in the file. */
  add(offset: number, length: number): void {
    if (offset < this.#end || offset + length > this.size || this.#regions.length === maxRegions)
      throw malformed();
    this.#end = offset + length;
    this.#dataBytes += length;
    if (length > 0) this.#regions.push({ offset, length });
  }

  /** Hands out the next `piece` of data as what it is in the file: holes before it and data, in as many calls as it takes. */
  walk(piece: Buffer, hole: (bytes: number) => void, data: (piece: Buffer) => void): void {
    for (let from = 0; from < piece.length;) {
      const { offset, length } = this.#regions[this.#next]!;
      if (offset > this.#at) this.#skip(offset, hole);
      const part = piece.subarray(from, from + offset + length - this.#at);
      data(part);
      from += part.length;
      this.#at += part.length;
      if (this.#at === offset + length) this.#next++;
    }
  }

  /** Hands out the hole at the end of the file, if there is one. */
  end(hole: (bytes: number) => void): void {
    if (this.#at < this.size) this.#skip(this.size, hole);
  }

  #skip(to: number, hole: (bytes: number) => void): void {
    hole(to - this.#at);
    this.#at = to;
  }
}

/** Reads the map of PAX format 1.0, which comes in blocks before the data: a count and pairs, each number on its line. */
export class SparseMapText {
  #rest = '';
  #bytes = 0;
  readonly #numbers: number[] = [];

  /** Reads on. True when the map is whole; what of the block is behind it is padding. */
  add(block: Buffer): boolean {
    this.#bytes += block.length;
    if (this.#bytes > maxSparseMapBytes) throw malformed();
    const lines = (this.#rest + block.toString('latin1')).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (this.#whole) break;
      this.#numbers.push(sparseNumber(line));
    }
    return this.#whole;
  }

  get #whole(): boolean {
    const [count] = this.#numbers;
    return count !== undefined && this.#numbers.length > 2 * count;
  }

  /** Adds what was read to `map`. */
  into(map: SparseMap): void {
    addPairs(map, this.#numbers.slice(1));
  }
}

/** Adds the map of PAX formats 0.0 and 0.1, `offset,length,…`, to `map`. */
export function addSparseList(map: SparseMap, text: string): void {
  if (text !== '') addPairs(map, text.split(',').map(sparseNumber));
}

function addPairs(map: SparseMap, numbers: readonly number[]): void {
  if (numbers.length % 2 !== 0) throw malformed();
  for (let i = 0; i < numbers.length; i += 2) map.add(numbers[i]!, numbers[i + 1]!);
}

function sparseNumber(text: string): number {
  if (!/^\d{1,16}$/.test(text) || !Number.isSafeInteger(Number(text))) throw malformed();
  return Number(text);
}

function malformed(): TarError {
  return new TarError('a malformed map of a sparse file');
}
