import { fileURLToPath } from 'node:url';

/**
 * Where the code of a worker thread lies. In a checkout a worker `x.worker.ts` stands beside the module that starts it
 * and Node runs it as it is; in the build every worker is bundled to `dist/bin/x.worker.js` beside the apps.
 *
 *     new Worker(workerUrl(import.meta.url, 'unpack'))
 */
export function workerUrl(moduleUrl: string, name: string): URL {
  const built = !fileURLToPath(moduleUrl).endsWith('.ts');
  return new URL(`./${name}.worker.${built ? 'js' : 'ts'}`, moduleUrl);
}
