import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { buildGantry, gantryCommand, runProgram } from './testing/run-gantry.ts';

const [node, cli = ''] = gantryCommand;

beforeAll(buildGantry, 300_000);

/** Which of Node's own modules a run loads. */
async function loadedBy(...args: string[]): Promise<string> {
  const tell = 'process.on("exit", () => process.stderr.write(process.moduleLoadList.join("\\n")))';
  const preload = `data:text/javascript,${encodeURIComponent(tell)}`;
  return (await runProgram(node, ['--import', preload, cli, ...args])).stderr;
}

it.each([['version', '--client'], ['--help']])(
  'loads neither TLS nor cryptography for %s',
  async (...args) => {
    const loaded = await loadedBy(...args);
    expect(loaded).toContain('NativeModule vm');
    expect(loaded).not.toMatch(/NativeModule (tls|_tls_wrap|crypto|https|internal\/deps\/undici\/undici)$/m);
  },
);

it('does not have Node load an undici of its own to talk to a server', async () => {
  const loaded = await loadedBy('get', 'pods', '--server=http://127.0.0.1:1', '--token=x');
  expect(loaded).toMatch(/^NativeModule https$/m);
  expect(loaded).not.toContain('undici');
});

it('runs code that was compiled when it was built', async () => {
  const [, name = ''] = /"(commands-[0-9a-f]{16})"/.exec(readFileSync(cli, 'utf8')) ?? [];
  const taken = `
    const { readFileSync } = require('node:fs');
    const source = require('node:module').wrap(readFileSync(process.argv[1] + '.cjs', 'latin1'));
    const script = new (require('node:vm').Script)(source, { cachedData: readFileSync(process.argv[1] + '.cache') });
    console.log(script.cachedDataRejected);`;
  expect(await runProgram(node, ['-e', taken, `${dirname(cli)}/${name}`])).toMatchObject({
    code: 0,
    stdout: 'false\n',
  });
});
