// Runs the script that the build made of `main.ts`, as V8 compiled it then: that halves the time to the first line. What was compiled lies beside
// the script, so whoever could change it could change the script; another V8, or one with other flags, does not take it.
import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

/** The script's name, said by the build (tools/build.mjs). */
declare const commandsName: string;

type Wrapped = (
  exports: object,
  require: NodeJS.Require,
  module: object,
  file: string,
  folder: string,
) => void;

const require = createRequire(import.meta.url);
const path = (suffix: string) => fileURLToPath(new URL(`./${commandsName}${suffix}`, import.meta.url));
const filename = path('.cjs');
if (process.env['GANTRY_DEBUG']) {
  // Reading source maps takes time that only somebody who looks for a fault wants to spend.
  process.setSourceMapsEnabled(true);
  require(filename);
} else {
  const script = new Script(Module.wrap(readFileSync(filename, 'latin1')), {
    filename,
    cachedData: readFileSync(path('.cache')),
  });
  const load = (name: string, options?: ImportCallOptions): Promise<unknown> => import(name, options);
  const module = { exports: {}, load };
  (script.runInThisContext() as Wrapped)(module.exports, require, module, filename, dirname(filename));
}
