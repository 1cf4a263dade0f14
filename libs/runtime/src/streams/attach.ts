import { closeSync, constants, openSync, writeSync } from 'node:fs';
import type { Socket } from 'node:net';
import { PassThrough, Writable } from 'node:stream';
import { RuntimeError, type ExecSession } from '../runtime.ts';
import { connectSeqpacket } from './seqpacket.ts';

export interface AttachTarget {
  /** conmon's attach socket. */
  socketPath: string;
  /** conmon's control fifo. */
  controlPath: string;
  stdin: boolean;
  /** All its output comes as standard output. */
  terminal: boolean;
  /** The exit code, once the container has ended. */
  exited: Promise<number>;
}

/** The first byte of each of conmon's packets says which stream it is of. */
const stderrPipe = 3;
/** conmon reads packets of at most 32 KiB; what is longer is cut. */
const largestPacketBytes = 8 << 10;

/** Joins a container's own streams. What it wrote before is in its log. */
export async function attachContainer(target: AttachTarget): Promise<ExecSession> {
  let socket: Socket;
  try {
    socket = connectSeqpacket(target.socketPath);
  } catch (error) {
    throw new RuntimeError('gone', `cannot attach: the container's shim does not answer`, { cause: error });
  }
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  let waiting = false;
  const give = (to: PassThrough, data: Buffer) => {
    if (to.write(data) || waiting) return;
    waiting = true;
    socket.pause(); // a slow reader holds the socket back, and with it the container, as a full pipe would
    to.once('drain', () => {
      waiting = false;
      socket.resume();
    });
  };
  socket.on('data', (packet: Buffer) => {
    if (packet.length > 1) give(packet[0] === stderrPipe ? stderr : stdout, packet.subarray(1));
  });
  socket.on('error', () => {}); // its end says all
  socket.once('end', () => socket.destroy()); // the shim is gone: nobody reads what we would still send
  socket.once('close', () => {
    stdout.end();
    stderr.end();
  });
  const stdin = target.stdin
    ? packetWriter(socket)
    : new Writable({ write: (_chunk, _encoding, done) => done() });
  const read = (stream: PassThrough) =>
    new Promise<void>((resolve) => stream.once('end', resolve).once('close', () => resolve()));
  const drained = Promise.all([read(stdout), read(stderr)]);
  if (target.terminal) stderr.resume(); // there is nothing in it, and nobody need read it to see the end
  return {
    stdin,
    stdout,
    stderr,
    resize: (size) => resize(target.controlPath, size),
    exit: Promise.all([target.exited, drained]).then(([code]) => code),
    close() {
      stdin.destroy();
      socket.destroy();
      stdout.destroy();
      stderr.destroy();
    },
  };
}

/** Writes one packet after the other: a socket left to itself would join waiting ones to packets too long for the shim. */
function packetWriter(socket: Socket): Writable {
  const writer = new Writable({
    write(chunk: Buffer, _encoding, done) {
      let at = 0;
      const next = (error?: Error | null) => {
        if (error || at >= chunk.length) return done(error);
        const part = chunk.subarray(at, at + largestPacketBytes);
        at += part.length;
        socket.write(part, next);
      };
      next();
    },
    final(done) {
      socket.end(() => done());
    },
  });
  writer.on('error', () => {}); // the container may have closed its input
  return writer;
}

/** conmon's command 1: rows, then columns. Without a shim to hear it there is nothing to resize. */
function resize(controlPath: string, { columns, rows }: { columns: number; rows: number }): void {
  try {
    const control = openSync(controlPath, constants.O_WRONLY | constants.O_NONBLOCK);
    try {
      writeSync(control, `1 ${Math.trunc(rows)} ${Math.trunc(columns)}\n`);
    } finally {
      closeSync(control);
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENXIO' && code !== 'ENOENT') throw error;
  }
}
