import { StatusError, type Status } from '@gantry/base';
import type { Connection } from './connection.ts';
import { openWebSocket } from './web-socket.ts';

/** Where the streams of a remote process lead. */
export interface ExecStreams {
  stdin?: NodeJS.ReadableStream | undefined;
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
  /** Called with a function to report the terminal's size by. */
  onResize?: (report: (size: { Width: number; Height: number }) => void) => Disposable;
}

const channel = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 } as const;
const closable = 'v5.channel.k8s.io';

/**
 * Runs `exec` or `attach` at `path` over a WebSocket (v5.channel.k8s.io, which can end standard input; v4 where the server is older) and
 * resolves with the exit code. Throws a StatusError when the server refuses or the process could not be run.
 */
export async function runStreams(
  connection: Connection,
  path: string,
  streams: ExecStreams,
): Promise<number> {
  const socket = await openWebSocket(connection, path, [closable, 'v4.channel.k8s.io']);
  const send = (number: number, data: Uint8Array | string, sent?: () => void) => {
    if (socket.readyState !== socket.OPEN) return;
    socket.send(
      Buffer.concat([Buffer.of(number), typeof data === 'string' ? Buffer.from(data) : data]),
      sent,
    );
  };
  const { stdin } = streams;
  const input = (data: Buffer) => {
    // One chunk under way at a time: input is read no faster than the network takes it.
    stdin?.pause();
    send(channel.stdin, data, () => stdin?.resume());
  };
  const ended = () => {
    if (socket.protocol === closable) send(channel.close, Buffer.of(channel.stdin));
  };
  let status: Status | undefined;
  const output = (stream: NodeJS.WritableStream, data: Buffer) => {
    if (stream.write(data)) return;
    // A slow reader slows the remote process down, rather than filling our memory.
    socket.pause();
    stream.once('drain', () => socket.resume());
  };
  socket.on('message', (data: Buffer) => {
    const payload = data.subarray(1);
    if (data[0] === channel.stdout) output(streams.stdout, payload);
    else if (data[0] === channel.stderr) output(streams.stderr, payload);
    else if (data[0] === channel.error && payload.length > 0)
      status = JSON.parse(payload.toString()) as Status;
  });
  const resize = streams.onResize?.((size) => send(channel.resize, JSON.stringify(size)));
  stdin?.on('data', input);
  stdin?.on('end', ended);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('close', () => resolve());
      socket.once('error', (error) =>
        reject(StatusError.unavailable(`the stream to ${connection.server} broke: ${error.message}`, error)),
      );
      socket.resume();
      stdin?.resume();
    });
  } finally {
    resize?.[Symbol.dispose]();
    stdin?.removeListener('data', input);
    stdin?.removeListener('end', ended);
    stdin?.pause();
  }
  return exitCodeOf(status);
}

/** The exit code that the last channel tells (`k8s.io/apimachinery`, `NonZeroExitCodeReason`). */
export function exitCodeOf(status: Status | undefined): number {
  if (!status) throw StatusError.unavailable('the stream ended before the process did');
  if (status.status === 'Success') return 0;
  const code = status.details?.causes?.find((cause) => cause.reason === 'ExitCode')?.message;
  if (code === undefined) throw StatusError.fromStatus(status);
  return Number(code);
}
