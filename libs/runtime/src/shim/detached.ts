import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import { getSystemErrorName } from 'node:util';
import koffi from 'koffi';

const libc = koffi.load('libc.so.6');
const pipe2 = libc.func('pipe2', 'int', ['void *', 'int']);
const waitpid = libc.func('waitpid', 'int', ['int', 'void *', 'int']);
const posixSpawn = libc.func(
  'int posix_spawn(_Out_ int *pid, const char *path, void *actions, void *attributes, const char **argv, const char **envp)',
);
const actionsInit = libc.func('posix_spawn_file_actions_init', 'int', ['void *']);
const actionsDestroy = libc.func('posix_spawn_file_actions_destroy', 'int', ['void *']);
const actionsOpen = libc.func(
  'int posix_spawn_file_actions_addopen(void *, int, const char *, int, unsigned int)',
);
const actionsDup = libc.func('posix_spawn_file_actions_adddup2', 'int', ['void *', 'int', 'int']);
const actionsChdir = libc.func('int posix_spawn_file_actions_addchdir_np(void *, const char *)');
const attributesInit = libc.func('posix_spawnattr_init', 'int', ['void *']);
const attributesDestroy = libc.func('posix_spawnattr_destroy', 'int', ['void *']);
const attributesFlags = libc.func('posix_spawnattr_setflags', 'int', ['void *', 'short']);
const attributesDefault = libc.func('posix_spawnattr_setsigdefault', 'int', ['void *', 'void *']);
const attributesMask = libc.func('posix_spawnattr_setsigmask', 'int', ['void *', 'void *']);
const sigfillset = libc.func('sigfillset', 'int', ['void *']);
const sigemptyset = libc.func('sigemptyset', 'int', ['void *']);

const O_RDWR = 2;
const O_CLOEXEC = 0o2000000;
const WNOHANG = 1;
const SETSIGDEF = 0x04;
const SETSIGMASK = 0x08;
const SETSID = 0x80;
/** More than any libc's posix_spawn_file_actions_t (80 bytes), posix_spawnattr_t (336) and sigset_t (128). */
const structBytes = 1024;
/** Where the child finds the pipe that it reports on. */
export const reportFd = 3;

export interface DetachedOptions {
  env: Readonly<Record<string, string | undefined>>;
  /** A descriptor that becomes its standard error; its standard input and output are /dev/null. */
  stderr: number;
}

/**
 * Starts programs that outlive us, each in a session of its own with / as its folder, by posix_spawn(3): it borrows our memory until
 * the program is there, while the fork(2) of Node's `spawn` first copies the page tables of all of it, and makes us fault on
 * every page that we write after (docs/adr/0503).
 */
export class DetachedSpawner implements Disposable {
  /** Zombies until they are waited for; Node only waits for those that it started itself. */
  readonly #children = new Set<number>();
  readonly #reap = (): void => {
    for (const pid of this.#children)
      if ((waitpid(pid, null, WNOHANG) as number) !== 0) this.#children.delete(pid);
  };

  constructor() {
    process.on('SIGCHLD', this.#reap);
  }

  /** Returns our end of the pipe that the child has as `reportFd`. @throws Error with the errno's name when the program cannot be run. */
  spawn(program: string, args: readonly string[], { env, stderr }: DetachedOptions): Socket {
    const [ours, theirs] = openPipe();
    const actions = Buffer.alloc(structBytes);
    const attributes = Buffer.alloc(structBytes);
    const signals = Buffer.alloc(structBytes);
    actionsInit(actions);
    attributesInit(attributes);
    try {
      for (const fd of [0, 1]) actionsOpen(actions, fd, '/dev/null', O_RDWR, 0);
      // Theirs was opened last, so neither of the two lies where the other goes.
      actionsDup(actions, stderr, 2);
      actionsDup(actions, theirs, reportFd);
      actionsChdir(actions, '/');
      attributesFlags(attributes, SETSIGDEF | SETSIGMASK | SETSID);
      sigfillset(signals);
      attributesDefault(attributes, signals);
      sigemptyset(signals);
      attributesMask(attributes, signals);
      const variables = Object.entries(env).flatMap(([name, value]) =>
        value === undefined ? [] : [`${name}=${value}`],
      );
      const pid = [0];
      const errno = posixSpawn(
        pid,
        program,
        actions,
        attributes,
        [program, ...args, null],
        [...variables, null],
      ) as number;
      if (errno !== 0) throw new Error(`posix_spawn: ${getSystemErrorName(-errno)}`);
      this.#children.add(pid[0]!);
    } catch (error) {
      closeSync(ours);
      throw error;
    } finally {
      closeSync(theirs);
      actionsDestroy(actions);
      attributesDestroy(attributes);
    }
    return new Socket({ fd: ours, readable: true, writable: false });
  }

  [Symbol.dispose](): void {
    process.off('SIGCHLD', this.#reap);
    this.#reap();
  }
}

/** pipe(7): the end that is read and the one that is written, neither passed on to other children. */
function openPipe(): [read: number, write: number] {
  const ends = Buffer.alloc(8);
  if ((pipe2(ends, O_CLOEXEC) as number) < 0) throw new Error(`pipe2: errno ${koffi.errno()}`);
  return [ends.readInt32LE(0), ends.readInt32LE(4)];
}
