import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Host } from '@gantry/host';
import type { Cgroups } from './cgroups/cgroups.ts';
import { RuntimeError } from './runtime.ts';

export interface ChosenRuntime {
  path: string;
  kind: 'runc' | 'crun';
  /** `runc 1.1.5`. */
  version: string;
}

const candidates = ['runc', 'crun'];

/**
 * The OCI runtime to use: the one asked for, or the first that is installed, runs, and takes this machine's control groups (crun
 * refuses a hybrid layout). @throws RuntimeError that says what was tried.
 */
export async function chooseRuntime(
  host: Host,
  wanted: string | undefined,
  mode: Cgroups['mode'],
): Promise<ChosenRuntime> {
  const tried: string[] = [];
  for (const name of wanted === undefined ? candidates : [wanted]) {
    const path = findProgram(name);
    if (path === undefined) {
      tried.push(`${name} is not installed`);
      continue;
    }
    const { code, stdout, stderr } = await host.run(path, ['--version'], { timeoutMs: 10_000 });
    const [, kind, number] = /^(runc|crun)(?: version)? (\d+\.\d+(?:\.\d+)?)/.exec(stdout) ?? [];
    if (code !== 0 || kind === undefined)
      tried.push(`${path} --version ended with ${code}: ${(stderr || stdout).split('\n')[0]}`);
    else if (kind === 'crun' && mode === 'hybrid')
      tried.push(`${path} does not work with hybrid control groups`);
    else return { path, kind: kind as ChosenRuntime['kind'], version: `${kind} ${number}` };
  }
  throw new RuntimeError('failed', `no OCI runtime can be used (${tried.join('; ')}): install runc`);
}

/** The absolute path of a program: as it is, or looked up in PATH and the folders of system programs. */
export function findProgram(name: string): string | undefined {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/local/sbin',
    '/usr/sbin',
    '/sbin',
    '/usr/libexec/podman',
  ];
  const paths = isAbsolute(name) ? [name] : folders.filter(Boolean).map((folder) => join(folder, name));
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
