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
import { createHash } from 'node:crypto';
import Module from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
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
const sets = [{ ws: 'ws' }, { x509: '@peculiar/x509' }, { 'reflect-metadata': 'reflect-metadata' }];
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
        // As a module, `node:http` is asked for all its names at once, and one of them makes Node load an undici of its own: a quarter of
        // the time a short command takes.
        context.onResolve({ filter: /^(node:)?http$/ }, ({ kind }) =>
          kind === 'import-statement' ? { path: 'http', namespace: 'required' } : undefined,
        );
        context.onLoad({ filter: /.*/, namespace: 'required' }, ({ path }) => ({
          contents: `module.exports = require('node:${path}');`,
          loader: 'js',
        }));
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

/** Where each name comes from that a library's index.ts gives away. */
const origins = new Map();
function originsOf(library) {
  let names = origins.get(library);
  if (names) return names;
  origins.set(library, (names = new Map()));
  const index = resolve('libs', library, 'src/index.ts');
  for (const [, list, from] of readFileSync(index, 'utf8').matchAll(
    /^export \{([^}]*)\} from '(\.[^']+)';/gm,
  ))
    for (const name of namesOf(list)) names.set(name, resolve(dirname(index), from));
  return names;
}

/** Of `a, b as c, type D`: what is there when it runs. */
const namesOf = (list) =>
  list
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '' && !each.startsWith('type '));

/**
 * Takes what is imported of a library from the file that has it: through the library's index.ts, one name would have all of the library
 * run. Lines stay where they are.
 */
const withoutIndexes = (text) =>
  text.replace(/^(import|export) \{([^}]*)\} from '@gantry\/([a-z-]+)';/gm, (whole, verb, list, library) => {
    const byFile = new Map();
    for (const name of namesOf(list)) {
      const file = originsOf(library).get(name.split(' as ')[0]);
      if (file === undefined) return whole;
      byFile.set(file, [...(byFile.get(file) ?? []), name]);
    }
    const lines = [...byFile].map(([file, names]) => `${verb} { ${names.join(', ')} } from '${file}';`);
    return lines.join(' ') + '\n'.repeat(whole.split('\n').length - 1);
  });

/**
 * The command line is one script (each module in it runs when it is first asked for) beside what V8 makes of it, all functions compiled:
 * a command starts in half the time that a folder of modules takes, of which Node compiles anew each function that runs. Both have
 * the script's digest in their names, since V8 does not look whether the one was made of the other.
 */
async function commandLine() {
  const apart = {
    name: 'apart',
    setup(context) {
      // What few commands use stays a file of its own.
      context.onResolve({ filter: /^(ws|@peculiar\/x509|reflect-metadata)$/ }, ({ path, kind }) =>
        kind === 'dynamic-import' ? { path: `./${basename(path)}.js`, external: true } : undefined,
      );
      context.onResolve({ filter: /\.json$/ }, ({ path, kind }) =>
        kind === 'dynamic-import' ? { path: `./${basename(path)}`, external: true } : undefined,
      );
      context.onLoad({ filter: /\/(apps|libs)\/[^.]*\/src\/.*\.ts$/ }, ({ path }) => ({
        contents: withoutIndexes(readFileSync(path, 'utf8')),
        loader: 'ts',
      }));
    },
  };
  const { outputFiles } = await build({
    ...settings,
    entryPoints: { commands: 'apps/cli/src/main.ts' },
    format: 'cjs',
    splitting: false,
    minifyWhitespace: true,
    outExtension: { '.js': '.cjs' },
    define: { 'import.meta.url': 'gantryUrl' },
    banner: {
      js: [
        "const gantryUrl = require('node:url').pathToFileURL(__filename).href;",
        'const gantryImport = module.load ?? ((path, options) => import(path, options));',
      ].join(' '),
    },
    plugins: [...settings.plugins, apart],
  });
  const [map, script] = outputFiles.sort(
    (a, b) => Number(b.path.endsWith('.map')) - Number(a.path.endsWith('.map')),
  );
  // In a script that is not loaded as a module there is no `import()`.
  const source = inAscii(script.contents).replaceAll('import("./', 'gantryImport("./');
  const name = `commands-${createHash('sha256').update(source).digest('hex').slice(0, 16)}`;
  const named = source.replace(/(sourceMappingURL=)commands\.cjs/, `$1${name}.cjs`);
  const file = (suffix, contents) => ({ path: resolve(outdir, name + suffix), contents });
  setFlagsFromString('--no-lazy');
  const compiled = new Script(Module.wrap(named));
  setFlagsFromString('--lazy');
  const entry = await build({
    ...settings,
    entryPoints: { cli: 'apps/cli/src/entry.ts' },
    define: { commandsName: JSON.stringify(name) },
    logOverride: { 'unsupported-dynamic-import': 'silent' },
  });
  return [
    file('.cjs', named),
    file('.cjs.map', map.contents),
    file('.cache', compiled.createCachedData()),
    { path: resolve(outdir, 'schemas.json'), contents: readFileSync('libs/api/src/gen/schemas.json') },
    ...entry.outputFiles,
  ];
}

const built = await Promise.all(sets.map((entryPoints) => build({ ...settings, entryPoints })));

mkdirSync(outdir, { recursive: true });
// Pieces first: an entry must never name one that is not there.
const entries = Object.assign({ cli: true }, ...sets);
const rank = ({ path }) => (basename(path, '.js') in entries ? 1 : 0);
const outputFiles = [...built.flatMap((each) => each.outputFiles), ...(await commandLine())];
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
