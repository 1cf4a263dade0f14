import { spawn } from 'node:child_process';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from './logger.ts';
import { cutLog, keepLogsShort } from './log-files.ts';
import { eventually, FakeClock } from './testing/index.ts';

// Where the project lies, not in /tmp, which may be a file system without ranges that collapse.
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(import.meta.dirname, '.log-files-'));
  file = join(folder, 'x.log');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a log file', () => {
  it('stays whole below the limit', async () => {
    writeFileSync(file, 'a\n'.repeat(100));
    expect(await cutLog(file, 1000)).toBe(false);
    expect(readdirSync(folder)).toEqual(['x.log']);
  });

  it.each([8192, 8193, 20_000])(
    'of %d bytes is the old part and the new, one after the other',
    async (size) => {
      const text = Array.from({ length: size / 4 }, (_, i) => `${i}\n`)
        .join('')
        .slice(0, size);
      writeFileSync(file, text);
      expect(await cutLog(file, 8192)).toBe(true);
      appendFileSync(file, 'more');
      expect(statSync(file).size).toBeLessThan(8192);
      expect(readFileSync(`${file}.1`, 'utf8') + readFileSync(file, 'utf8')).toBe(`${text}more`);
      expect(readdirSync(folder).sort()).toEqual(['x.log', 'x.log.1']);
    },
  );

  it('loses nothing that is written while it is cut', async () => {
    const lines = 30_000;
    const writer = spawn('sh', ['-c', `seq ${lines} | while read n; do echo "$n"; done >>"$0"`, file]);
    const ended = once(writer, 'close');
    let kept = '';
    let cuts = 0;
    while (writer.exitCode === null) {
      if (await cutLog(file, 16_384).catch(() => false)) {
        cuts++;
        kept += readFileSync(`${file}.1`, 'utf8');
      }
      await new Promise(setImmediate);
    }
    await ended;
    expect(cuts).toBeGreaterThan(0);
    expect(kept + readFileSync(file, 'utf8')).toBe(
      Array.from({ length: lines }, (_, i) => `${i + 1}\n`).join(''),
    );
  });

  it('is looked after again and again', async () => {
    const clock = new FakeClock();
    const stop = new AbortController();
    const kept = keepLogsShort(folder, { clock, log: silentLogger, signal: stop.signal, limitBytes: 8192 });
    for (const letter of ['a', 'b']) {
      writeFileSync(file, letter.repeat(9000), { flag: 'a' });
      await eventually(async () => {
        await clock.advance(30_000);
        return readFileSync(`${file}.1`, 'utf8').includes(letter);
      });
    }
    stop.abort();
    await kept;
  });
});
