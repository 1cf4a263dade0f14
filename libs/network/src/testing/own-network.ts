import { closeSync, openSync } from 'node:fs';
import { createServer } from 'node:http';
import { CLONE_NEWNET, linuxHost } from '@gantry/host';
import { changeLink } from '../netlink/link.ts';
import { RouteSocket } from '../netlink/route-socket.ts';

/**
 * Moves the test's process (its main thread, and so what it starts from now on) into a network namespace of its own, with loopback
 * up: nothing a test does then touches the host, and the kernel takes all of it away when the process ends.
 */
export function enterOwnNetwork(): void {
  linuxHost.syscalls.unshare(CLONE_NEWNET);
  using route = new RouteSocket();
  route.execute([changeLink(1, { up: true })]);
}

/** Calls `action`, which must be synchronous, with this thread in the network namespace pinned at `path`. */
export function inNamespace<T>(path: string, action: () => T): T {
  const { syscalls } = linuxHost;
  const home = openSync(`/proc/self/task/${syscalls.gettid()}/ns/net`, 'r');
  const target = openSync(path, 'r');
  try {
    syscalls.setns(target, CLONE_NEWNET);
    try {
      return action();
    } finally {
      syscalls.setns(home, CLONE_NEWNET);
    }
  } finally {
    closeSync(target);
    closeSync(home);
  }
}

/** An HTTP server inside the namespace that answers `<name> <address of the client>`. */
export function serve(namespace: string, port: number, name: string): Disposable {
  const server = createServer((request, response) => {
    response.setHeader('connection', 'close');
    response.end(`${name} ${request.socket.remoteAddress?.replace('::ffff:', '')}`);
  });
  inNamespace(namespace, () => server.listen(port)); // without a host it binds at once, while the thread is there
  return {
    [Symbol.dispose]: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export interface Reply {
  /** curl's exit code: 0 fetched, 7 refused, 28 timed out. */
  code: number;
  /** Who answered. */
  name: string;
  /** Whom the server saw. */
  client: string;
}

/**
 * Fetches `http://<target>/` from inside a namespace, or from the process's own when that is undefined; from one of its addresses, if given.
 * Who expects no answer at all says how long to wait for none.
 */
export async function fetchFrom(
  namespace: string | undefined,
  target: string,
  source?: string,
  seconds = 60,
): Promise<Reply> {
  const from = source === undefined ? [] : ['--interface', source];
  const curl = ['curl', '-s', '--max-time', String(seconds), ...from, `http://${target}/`];
  const [program = '', ...args] = namespace === undefined ? curl : ['nsenter', `--net=${namespace}`, ...curl];
  const { code, stdout } = await linuxHost.run(program, args);
  const [name = '', client = ''] = stdout.split(' ');
  return { code, name, client };
}

/**
 * The names of those who answer, in order: asks until `count` have, and a few times more for one too many. An endpoint is drawn for each
 * connection, so how often one must ask is not told; that one of three is not among two hundred happens once in 10^34 times.
 */
export async function answerers(ask: () => Promise<Reply>, count: number): Promise<string[]> {
  const seen = new Set<string>();
  for (let tries = 0, more = 0; tries < 200 && more < 8; tries++) {
    const { name, code } = await ask();
    seen.add(name || `code ${code}`);
    if (seen.size >= count) more++;
  }
  return [...seen].sort();
}
