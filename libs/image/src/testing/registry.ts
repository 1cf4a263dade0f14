import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, closeSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, freePort } from '@gantry/base/testing';

export interface TestRegistry extends AsyncDisposable {
  /** `127.0.0.1:<port>`: the first part of the names of its images. */
  host: string;
  url: string;
}

export interface StartRegistryOptions {
  /** An address of this machine. Default 127.0.0.1. */
  address?: string;
  /** Lines added to its configuration (YAML), such as an `auth:` section. */
  extraConfig?: string;
  /** Default: a new folder, which goes with the registry. */
  storage?: string;
}

/** Starts Debian's `docker-registry` on a free port; dispose it to stop it and remove what it stored. */
export async function startRegistry(options: StartRegistryOptions = {}): Promise<TestRegistry> {
  const { address = '127.0.0.1' } = options;
  const folder = mkdtempSync(join(tmpdir(), 'gantry-registry-'));
  const port = await freePort(address);
  const config = join(folder, 'config.yml');
  writeFileSync(
    config,
    `version: 0.1
log: { level: warn }
storage:
  filesystem: { rootdirectory: ${JSON.stringify(options.storage ?? join(folder, 'data'))} }
  delete: { enabled: true }
http: { addr: ${JSON.stringify(`${address}:${port}`)} }
${options.extraConfig ?? ''}
`,
  );
  const log = openSync(join(folder, 'log'), 'a');
  const child = spawn('docker-registry', ['serve', config], { stdio: ['ignore', log, log] });
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://${address}:${port}`;
  try {
    await eventually(() => fetch(`${url}/v2/`).then(({ status }) => status < 500), {
      what: 'docker-registry',
    });
  } catch (error) {
    const said = readFileSync(join(folder, 'log'), 'utf8');
    await stop();
    throw new Error(`docker-registry does not start: ${said}`, { cause: error });
  }
  return { host: `${address}:${port}`, url, [Symbol.asyncDispose]: stop };
}
