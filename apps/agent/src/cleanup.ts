import { messageOf, type Logger } from '@gantry/base';
import type { Host } from '@gantry/host';
import { cleanNode } from '@gantry/node';
import type { AgentAppOptions } from './options.ts';
import type { partOpeners } from './node-parts.ts';

/** `--cleanup`: removes what the node has set up. A part that cannot be opened is left out, with a warning. */
export async function cleanUp(
  options: AgentAppOptions,
  openers: ReturnType<typeof partOpeners>,
  host: Host,
  log: Logger,
): Promise<void> {
  const opened = async <T>(what: string, open: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await open();
    } catch (error) {
      log.warn('part could not be opened', { what, cause: messageOf(error) });
      return undefined;
    }
  };
  const runtime = await opened('runtime', openers.runtime);
  const images = await opened('images', openers.images);
  const network = await opened('network', openers.network);
  const proxy = await opened('proxy', openers.proxy);
  try {
    await cleanNode({
      dataDir: options.dataDir,
      runDir: options.runDir,
      cgroupRoot: options.cgroupRoot,
      host,
      log,
      ...(runtime ? { runtime } : {}),
      ...(images ? { images } : {}),
      ...(network ? { network } : {}),
      ...(proxy ? { proxy } : {}),
    });
  } finally {
    await Promise.all([runtime, images].map((each) => each?.[Symbol.asyncDispose]()));
  }
}
