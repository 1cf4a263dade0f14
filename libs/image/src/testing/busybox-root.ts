import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The PATH of {@link busyboxRoot}, for the `Env` of its images. */
export const busyboxPath = 'PATH=/bin';

/**
 * Lays out a small root file system in `directory` (default: a new temporary folder) from this machine's busybox (package
 * `busybox`): its applets, the libraries it is linked with, and the files in /etc that it reads. Returns the folder; the
 * caller removes it.
 */
export function busyboxRoot(directory = mkdtempSync(join(tmpdir(), 'gantry-busybox-'))): string {
  const busybox = ['/bin/busybox', '/usr/bin/busybox'].find((path) => existsSync(path));
  if (!busybox) throw new Error('no busybox here: apt-get install busybox');
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, 0o755);
  const at = (path: string) => join(directory, path);
  for (const folder of ['bin', 'etc', 'root', 'proc', 'sys', 'dev', 'tmp'])
    mkdirSync(at(folder), { recursive: true });
  copyFileSync(realpathSync(busybox), at('bin/busybox'));
  chmodSync(at('bin/busybox'), 0o755);
  for (const library of librariesOf(busybox)) {
    mkdirSync(dirname(at(library)), { recursive: true });
    copyFileSync(realpathSync(library), at(library));
    chmodSync(at(library), 0o755);
  }
  for (const applet of execFileSync(busybox, ['--list'], { encoding: 'utf8' }).split('\n')) {
    if (applet === '' || applet === 'busybox') continue;
    rmSync(at(`bin/${applet}`), { force: true });
    symlinkSync('busybox', at(`bin/${applet}`));
  }
  writeFileSync(
    at('etc/passwd'),
    'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n',
  );
  writeFileSync(at('etc/group'), 'root:x:0:\nnogroup:x:65534:\n');
  writeFileSync(at('etc/nsswitch.conf'), 'hosts: files dns\n');
  chmodSync(at('tmp'), 0o1777);
  return directory;
}

/** The shared libraries a program needs, with the loader; none when it is linked statically. */
function librariesOf(program: string): string[] {
  try {
    const listed = execFileSync('ldd', [program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return [...listed.matchAll(/(\/[^\s)]+)/g)].map(([path]) => path);
  } catch {
    return [];
  }
}
