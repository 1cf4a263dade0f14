import { rmSync } from 'node:fs';
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
    }
  } catch (error) {
    const known = error instanceof ImageError ? error.reason : undefined;
    return {
      message: error instanceof Error ? error.message : String(error),
      ...(known ? { reason: known } : {}),
    };
  }
}
