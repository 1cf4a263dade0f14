import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ImageError } from './image.ts';

/**
 * Puts `text` at `path` at once and for good: written beside it, flushed, renamed, and the folder flushed. A crash leaves
 * the old contents or the new. One call per path at a time.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const beside = `${path}.new`;
  try {
    await using file = await open(beside, 'w', 0o600);
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    await rm(beside, { force: true });
    throw diskError(error);
  }
  await rename(beside, path);
  await using folder = await open(dirname(path), 'r');
  await folder.sync();
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

/** A full disk or quota as ImageError `noSpace`; anything else as it is. */
export function diskError(error: unknown): unknown {
  const code = errorCode(error);
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  return new ImageError('noSpace', `no space left on device: ${(error as Error).message}`, { cause: error });
}
