import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { linuxSyscalls } from '@gantry/host';
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

/** Bytes that the tree takes on disk; a file with several names counts once. What vanishes meanwhile does not. */
function usage(root: string): number {
  const seen = new Set<number>();
  let bytes = 0;
  const todo: string[] = [root];
  for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
    const stat = lstatSync(Buffer.from(path, 'latin1'), { throwIfNoEntry: false });
    if (!stat) continue;
    if (stat.nlink > 1 && !stat.isDirectory()) {
      if (seen.has(stat.ino)) continue;
      seen.add(stat.ino);
    }
    bytes += stat.blocks * 512;
    if (!stat.isDirectory()) continue;
    try {
      for (const name of readdirSync(Buffer.from(path, 'latin1'), 'latin1')) todo.push(`${path}/${name}`);
    } catch {
      // removed while we looked
    }
  }
  return bytes;
}
