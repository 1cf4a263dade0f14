// Generates libs/proto/src from proto/: static protobufjs modules with their types.
//   npm run proto
import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync } from 'node:fs';

const targets = {
  node: globSync('proto/gantry/node/**/*.proto'),
  openapi: globSync('proto/openapi/**/*.proto'),
};
mkdirSync('libs/proto/src', { recursive: true });
for (const [name, files] of Object.entries(targets)) {
  const module = `libs/proto/src/${name}.js`;
  const run = (tool, args) =>
    execFileSync(process.execPath, [`node_modules/protobufjs-cli/bin/${tool}`, ...args], {
      stdio: 'inherit',
    });
  run('pbjs', [
    '-t',
    'static-module',
    '-w',
    'es6',
    '--es6',
    '--force-number',
    '--no-service',
    '--no-verify',
    '--no-delimited',
    '-p',
    'proto',
    '-o',
    module,
    ...files,
  ]);
  run('pbts', ['-o', `libs/proto/src/${name}.d.ts`, module]);
}
