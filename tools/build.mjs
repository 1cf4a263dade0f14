// Bundles each app and each worker thread to dist/bin/<name>.js, with what it uses of the packages from npm: one file loads in half the
// time of a thousand, and takes less memory (docs/adr/0901-startup.md). Only these stay outside, found in node_modules when they run:
// koffi is native; pino-pretty is for developers; the rest is fastify's for routes with schemas and for tests, of which we have none.
// A file is replaced in one step and pieces that a running program may still load stay for a day, so a build
// disturbs neither programs that run nor another build at the same time.
import {
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';

const began = new Date();
const outdir = 'dist/bin';
const outside = [
  'koffi',
  'pino-pretty',
  '@fastify/ajv-compiler',
  '@fastify/fast-json-stringify-compiler',
  'light-my-request',
  // And what Nest would load if it were installed.
  ...['@nestjs/microservices', '@nestjs/websockets', '@nestjs/platform-express'].flatMap((each) => [
    each,
    `${each}/*`,
  ]),
  ...['class-validator', 'class-transformer', '@fastify/multipart', '@fastify/static', '@fastify/view'],
];
const bundle = /([^/]+)\.bundle\.ts$/;
// Each app apart: pieces shared with others would bring along what only those use. So is what an app loads for a few of its tasks
// only: `import('./x.bundle.ts')`.
const sets = [{ cli: 'apps/cli/src/entry.ts' }];
for (const file of globSync('apps/*/src/main.ts'))
  if (!file.startsWith('apps/cli/')) sets.push({ [file.split('/')[1]]: file });
for (const file of globSync('apps/*/src/*.bundle.ts')) sets.push({ [bundle.exec(file)[1]]: file });
for (const file of globSync('libs/*/src/**/*.worker.ts')) sets.push({ [basename(file, '.ts')]: file });

const settings = {
  outdir,
  write: false,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  sourcemap: 'linked',
  // The sources lie beside the maps, in the checkout.
  sourcesContent: false,
  logLevel: 'warning',
  external: outside,
  // Packages as modules where they have them: what is imported of CommonJS later has no names but `default`.
  mainFields: ['module', 'main'],
  alias: { yaml: resolve('node_modules/yaml/browser/index.js') },
  // Packages in CommonJS ask for Node's modules by this.
  banner: {
    js: "import { createRequire as gantryRequire } from 'node:module'; const require = gantryRequire(import.meta.url);",
  },
  plugins: [
    {
      name: 'packages',
      setup(context) {
        context.onResolve({ filter: bundle }, ({ path, kind }) =>
          kind === 'dynamic-import' ? { path: `./${bundle.exec(path)[1]}.js`, external: true } : undefined,
        );
        const change = (filter, edit) =>
          context.onLoad({ filter }, ({ path }) => ({
            contents: edit(readFileSync(path, 'utf8')),
            loader: 'js',
          }));
        // Nest counts on it having been loaded before; among pieces of bundles only an import says so.
        change(/@nestjs\/(common|core)\/index\.js$/, (text) => `import 'reflect-metadata';\n${text}`);
        // It reads a file of its package, which is no longer beside it.
        change(/etcd3\/lib\/connection-pool\.js$/, (text) =>
          text.replace('`${__dirname}/../proto/rpc.proto`', "require.resolve('etcd3/proto/rpc.proto')"),
        );
      },
    },
  ],
};

/**
 * V8 keeps a text of one byte a character only when there is none beyond that. esbuild sees to it in code; what is left stands in
 * comments of packages.
 */
function inAscii(contents) {
  const text = Buffer.from(contents).toString();
  const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return text.replace(/[^\0-\x7f]/g, escaped);
}

const built = await Promise.all(sets.map((entryPoints) => build({ ...settings, entryPoints })));

mkdirSync(outdir, { recursive: true });
// Pieces first: an entry must never name one that is not there.
const entries = Object.assign({}, ...sets);
const rank = ({ path }) => (basename(path, '.js') in entries ? 1 : 0);
const outputFiles = built.flatMap((each) => each.outputFiles);
const names = new Set();
for (const { path, contents } of outputFiles.sort((a, b) => rank(a) - rank(b))) {
  mkdirSync(dirname(path), { recursive: true });
  const aside = `${path}.${process.pid}.new`;
  writeFileSync(aside, path.endsWith('.js') ? inAscii(contents) : contents);
  // Sources changed while we built are newer than what came of it.
  utimesSync(aside, began, began);
  renameSync(aside, path);
  names.add(basename(path));
}
const dayMs = 24 * 3600_000;
for (const name of readdirSync(outdir)) {
  const file = join(outdir, name);
  if (!names.has(name) && began.getTime() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > dayMs)
    rmSync(file, { force: true, recursive: true });
}
