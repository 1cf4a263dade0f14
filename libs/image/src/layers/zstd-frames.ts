import { Transform, type TransformCallback } from 'node:stream';
import { ImageError } from '../image.ts';

const frameMagic = 0xfd2fb528;
/** The lowest of sixteen: the last four bits do not matter. */
const skippableMagic = 0x184d2a50;
const runBlock = 1;
const reservedBlock = 3;
/** Of the dictionary's number and of the contents' size, by two bits of the header's first byte. */
const dictionaryIdBytes = [0, 1, 2, 4];
const contentSizeBytes = [0, 2, 4, 8];

/** Whether what begins with these four bytes is zstd: a frame, or one to skip. */
export function isZstd(magic: Buffer): boolean {
  return magic.readUInt32LE(0) === frameMagic || isSkippable(magic);
}

function isSkippable(magic: Buffer): boolean {
  return magic.readUInt32LE(0) >>> 4 === skippableMagic >>> 4;
}

/** What of the data comes next: a field to look at, bytes that do not matter here, or the end of a frame. */
type Part = { kind: 'field' | 'bytes'; bytes: number } | { kind: 'end' };

/** The structure of zstd data (RFC 8878, section 3); goes on by the bytes of each field that it asked for. */
function* structure(maxFrames: number): Generator<Part, never, Buffer> {
  for (let frames = 0; ; frames++) {
    const magic = yield { kind: 'field', bytes: 4 };
    if (frames === maxFrames) throw invalid(`more than ${maxFrames} frames`);
    if (isSkippable(magic)) {
      const size = yield { kind: 'field', bytes: 4 };
      yield { kind: 'bytes', bytes: size.readUInt32LE(0) };
    } else if (isZstd(magic)) {
      const [first = 0] = yield { kind: 'field', bytes: 1 };
      const singleSegment = (first & 0x20) !== 0;
      const contentSize = contentSizeBytes[first >> 6]! || (singleSegment ? 1 : 0);
      yield {
        kind: 'bytes',
        bytes: (singleSegment ? 0 : 1) + dictionaryIdBytes[first & 3]! + contentSize,
      };
      for (let last = false; !last;) {
        const block = (yield { kind: 'field', bytes: 3 }).readUIntLE(0, 3);
        const type = (block >> 1) & 3;
        if (type === reservedBlock) throw invalid('a block of an unknown type');
        yield { kind: 'bytes', bytes: type === runBlock ? 1 : block >> 3 };
        last = (block & 1) === 1;
      }
      if ((first & 4) !== 0) yield { kind: 'bytes', bytes: 4 };
    } else throw invalid('what follows a frame is none');
    yield { kind: 'end' };
  }
}

/**
 * Cuts zstd data into pieces none of which goes on beyond the end of a frame. Node's decompressor takes what follows a frame in the same
 * piece for the end of everything; with the next piece it goes on. Layers have several frames when several threads packed them,
 * or so that their files can be fetched one by one (`zstd:chunked`).
 */
export class ZstdFrames extends Transform {
  readonly #parts: Generator<Part, never, Buffer>;
  #part: Part;
  #gathered: Buffer = Buffer.alloc(0);
  /** Bytes of the part that are still to come. */
  #left = 0;
  #between = true;

  /** Each frame costs as much as a piece of data does, so more than `maxFrames` are an attack. */
  constructor(maxFrames: number) {
    super({ readableObjectMode: true }); // pieces stay as they are
    this.#parts = structure(maxFrames);
    this.#part = this.#next(Buffer.alloc(0));
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      this.#cut(chunk);
    } catch (error) {
      return done(error as Error);
    }
    done();
  }

  override _flush(done: TransformCallback): void {
    done(this.#between ? null : invalid('unexpected end of file'));
  }

  #cut(chunk: Buffer): void {
    let from = 0;
    let at = 0;
    for (;;) {
      if (this.#part.kind === 'end') {
        if (at > from) this.push(chunk.subarray(from, at));
        from = at;
        this.#between = true;
        this.#part = this.#next(Buffer.alloc(0));
      }
      const piece = chunk.subarray(at, at + this.#left);
      if (piece.length > 0) this.#between = false;
      at += piece.length;
      this.#left -= piece.length;
      if (this.#part.kind === 'field') this.#gathered = Buffer.concat([this.#gathered, piece]);
      if (this.#left > 0) break;
      this.#part = this.#next(this.#gathered);
    }
    if (at > from) this.push(chunk.subarray(from, at));
  }

  #next(field: Buffer): Part {
    this.#gathered = Buffer.alloc(0);
    const part = this.#parts.next(field).value;
    this.#left = part.kind === 'end' ? 0 : part.bytes;
    return part;
  }
}

function invalid(why: string): ImageError {
  return new ImageError('invalid', `cannot decompress: ${why}`);
}
