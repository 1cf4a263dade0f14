import { pathOf, runStreams, untilObject, UsageError, type ExecStreams } from '@gantry/client';
import type { Stored, V1Pod } from '@gantry/api';
import type { KubeContext } from './context.ts';
import { containerOf } from './pods.ts';

export interface StreamFlags {
  stdin: boolean;
  tty: boolean;
  quiet?: boolean;
}

/** Runs `exec` (with a command) or `attach` with this process's own input and output; resolves with the exit code. */
export async function stream(
  context: KubeContext,
  pod: Stored<V1Pod>,
  container: string,
  command: readonly string[] | undefined,
  flags: StreamFlags,
): Promise<number> {
  if (flags.tty && flags.stdin && !process.stdin.isTTY)
    process.stderr.write('Unable to use a TTY - input is not a terminal or the right kind of file\n');
  const tty = flags.tty && (process.stdin.isTTY || !flags.stdin);
  const parameters = new URLSearchParams({ container, stdout: 'true', [tty ? 'tty' : 'stderr']: 'true' });
  if (flags.stdin) parameters.set('stdin', 'true');
  for (const word of command ?? []) parameters.append('command', word);
  const { namespace, name } = pod.metadata;
  const path = pathOf(await context.discovery.find('pods'), namespace, name, command ? 'exec' : 'attach');
  return withTerminal(tty, flags.stdin, (streams) =>
    runStreams(context.connection, `${path}?${parameters}`, streams),
  );
}

/** Puts the terminal into raw mode for as long as the work lasts. */
async function withTerminal(
  tty: boolean,
  stdin: boolean,
  work: (streams: ExecStreams) => Promise<number>,
): Promise<number> {
  const raw = tty && stdin && process.stdin.isTTY;
  if (raw) process.stdin.setRawMode(true);
  try {
    return await work({
      ...(stdin ? { stdin: process.stdin } : {}),
      stdout: process.stdout,
      stderr: process.stderr,
      ...(tty && process.stdout.isTTY ? { onResize: reportSize } : {}),
    });
  } finally {
    if (raw) process.stdin.setRawMode(false);
  }
}

function reportSize(report: (size: { Width: number; Height: number }) => void): Disposable {
  const tell = () => report({ Width: process.stdout.columns, Height: process.stdout.rows });
  tell();
  process.stdout.on('resize', tell);
  return { [Symbol.dispose]: () => void process.stdout.off('resize', tell) };
}

/**
 * Waits until the pod's container runs, attaches, and resolves with the container's exit code. One that ended before it could be attached
 * to has its log printed instead.
 */
export async function attachWhenRunning(
  context: KubeContext,
  name: string,
  options: { stdin: boolean; tty: boolean; say: (line: string) => void },
): Promise<number> {
  const { connection, discovery, namespace } = context;
  const pods = await discovery.find('pods');
  const until = (done: (pod: Stored<V1Pod>) => boolean) => {
    let last: Stored<V1Pod> | undefined;
    const look = (pod: Stored<V1Pod> | undefined) => {
      if (!pod) throw new UsageError(`error: pod ${name} has been deleted`);
      return done((last = pod));
    };
    const forever = new AbortController().signal;
    return untilObject(connection, pods, namespace, name, look, forever).then(() => last!);
  };
  const ended = (pod: Stored<V1Pod>) => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
  const pod = await until((each) => each.status?.phase === 'Running' || ended(each));
  const container = containerOf(pod);
  if (ended(pod)) {
    const path = `${pathOf(pods, namespace, name, 'log')}?container=${encodeURIComponent(container)}`;
    for await (const chunk of await connection.stream({ path })) process.stdout.write(chunk);
  } else {
    if (options.stdin && options.tty) options.say("If you don't see a command prompt, try pressing enter.");
    await stream(context, pod, container, undefined, options);
  }
  const last = await until((each) => each.spec.restartPolicy === 'Always' || ended(each));
  return (
    last.status?.containerStatuses?.find((each) => each.name === container)?.state?.terminated?.exitCode ?? 0
  );
}
