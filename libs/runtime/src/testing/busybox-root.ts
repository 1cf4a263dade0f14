import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const busybox = '/bin/busybox';

/**
 * Lays out `folder` as a small root file system from the machine's own busybox and the libraries it needs (some 3 MB), with
 * the accounts root, `web` (uid 1000, group 1000, also in `staff` 50) and nobody.
 */
export function buildBusyboxRoot(folder: string): string {
  if (!existsSync(busybox)) throw new Error(`${busybox} is missing: apt-get install busybox`);
  for (const each of ['bin', 'etc', 'tmp', 'root', 'proc', 'sys', 'dev', 'data', 'lib64'])
    mkdirSync(join(folder, each), { recursive: true });
  copyFileSync(busybox, join(folder, 'bin/busybox'));
  const libraries =
    execFileSync('ldd', [busybox], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).match(
      /\/\S+/g,
    ) ?? [];
  for (const library of libraries) {
    mkdirSync(join(folder, dirname(library)), { recursive: true });
    copyFileSync(library, join(folder, library));
  }
  for (const applet of execFileSync(busybox, ['--list'], { encoding: 'utf8' }).split('\n'))
    if (applet && applet !== 'busybox') symlinkSync('busybox', join(folder, 'bin', applet));
  writeFileSync(
    join(folder, 'etc/passwd'),
    'root:x:0:0:root:/root:/bin/sh\nweb:x:1000:1000::/tmp:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n',
  );
  writeFileSync(join(folder, 'etc/group'), 'root:x:0:\nstaff:x:50:web\nweb:x:1000:\nnogroup:x:65534:\n');
  chmodSync(join(folder, 'tmp'), 0o1777);
  return folder;
}
