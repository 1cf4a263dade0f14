import { closeSync, constants, lstatSync, openSync, readdirSync, rmSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { linuxSyscalls } from '@gantry/host';
import { errorCode } from '../files.ts';
import { ImageError } from '../image.ts';
import { settleImplicit } from './implicit.ts';
import type { Answer, Question } from './layer-workers.ts';
import { unpackLayer } from './unpack.ts';

/** Work on many files, in a thread of its own: the calls it makes block. One task at a time; see {@link LayerWorkers}. */
const port = parentPort!;
const syscalls = linuxSyscalls();
let running: AbortController | undefined;

port.on('message', (question: Question) => {
  if (question === 'abort') return running?.abort();
  running = new AbortController();
  void answer(question, running.signal).then((message) => port.postMessage(message));
});

async function answer(question: Exclude<Question, 'abort'>, signal: AbortSignal): Promise<Answer> {
  try {
    switch (question.kind) {
      case 'unpack':
        return { value: await unpackLayer(question.task, syscalls, signal) };
      case 'settle':
        return { value: settleImplicit(question.root, question.implicit, question.lowers) };
      case 'remove':
        rmSync(question.path, { recursive: true, force: true, maxRetries: 2 });
        return { value: undefined };
      case 'usage':
        return { value: usage(question.path) };
    }
  } catch (error) {
    const known = error instanceof ImageError ? error.reason : undefined;
    return {
      message: error instanceof Error ? error.message : String(error),
      ...(known ? { reason: known } : {}),
    };
  }
}

/** A path longer than this is gone on from by a descriptor: a tree may be deeper than the kernel takes paths (PATH_MAX). */
const longPath = 2048;

/** Bytes that the tree takes on disk; a file with several names counts once. What vanishes meanwhile does not. */
function usage(root: string): number {
  const seen = new Set<number>();
  let bytes = 0;
  /** Paths to look at, and descriptors to close when what lies under them was. */
  const todo: (string | number)[] = [Buffer.from(root).toString('latin1')];
  const look = (path: string) => {
    const stat = lstatSync(Buffer.from(path, 'latin1'));
    if (stat.nlink > 1 && !stat.isDirectory()) {
      if (seen.has(stat.ino)) return;
      seen.add(stat.ino);
    }
    bytes += stat.blocks * 512;
    if (!stat.isDirectory()) return;
    let base = path;
    if (path.length > longPath) {
      const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
      const folder = openSync(Buffer.from(path, 'latin1'), flags);
      todo.push(folder);
      base = `/proc/self/fd/${folder}`;
    }
    for (const name of readdirSync(Buffer.from(base, 'latin1'), 'latin1')) todo.push(`${base}/${name}`);
  };
  try {
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      if (typeof next === 'number') {
        closeSync(next);
        continue;
      }
      try {
        look(next);
      } catch (error) {
        // Removed, or replaced by something else, while we looked.
        if (!['ENOENT', 'ENOTDIR', 'ELOOP'].includes(errorCode(error) ?? '')) throw error;
      }
    }
  } finally {
    for (const left of todo) if (typeof left === 'number') closeSync(left);
  }
  return bytes;
}
