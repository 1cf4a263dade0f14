import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { terminationMessage } from './termination-message.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'gantry-message-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a termination message', () => {
  const message = (text: string, exitCode: number, policy?: string, containers?: number) => {
    writeFileSync(join(folder, 'message'), text);
    const lines = Array.from({ length: 100 }, (_, i) => `2026-01-01T00:00:00Z stdout F line ${i}\n`);
    writeFileSync(join(folder, '0.log'), lines.join(''));
    return terminationMessage(join(folder, 'message'), join(folder, '0.log'), policy, exitCode, containers);
  };

  it.each([
    [1, 4096],
    [3, 4096],
    [4, 3072],
    [12, 1024],
  ])('of one of %i containers is %i bytes at most', async (containers, most) =>
    expect(await message('x'.repeat(9_999), 1, undefined, containers)).toBe('x'.repeat(most)),
  );

  it('is the end of the log only where it is asked for, missing, and something failed', async () => {
    expect(await message('', 1, 'FallbackToLogsOnError')).toMatch(/^line 20\n[^]*line 99\n$/);
    expect(await message('said', 1, 'FallbackToLogsOnError')).toBe('said');
    expect(await message('', 0, 'FallbackToLogsOnError')).toBeUndefined();
    expect(await message('', 1, 'File')).toBeUndefined();
  });

  it('is never read from elsewhere', async () => {
    symlinkSync('/etc/passwd', join(folder, 'link'));
    expect(await terminationMessage(join(folder, 'link'), '', undefined, 1)).toBeUndefined();
  });
});
