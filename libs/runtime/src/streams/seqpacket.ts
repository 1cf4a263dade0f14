import { Socket } from 'node:net';
import koffi from 'koffi';

const AF_UNIX = 1;
const SOCK_SEQPACKET = 5;
const SOCK_CLOEXEC = 0o2000000;
const SOCK_NONBLOCK = 0o4000;
/** `sun_path` of unix(7), with its final NUL. */
const longestPathBytes = 108;

const libc = koffi.load('libc.so.6');
const socket = libc.func('int socket(int, int, int)');
const connect = libc.func('connect', 'int', ['int', 'void *', 'unsigned int']);
const close = libc.func('int close(int)');

/** What of Node's stream handle is used here. */
interface PipeHandle {
  open(fd: number): number;
}
interface PipeBinding {
  Pipe: new (kind: number) => PipeHandle;
  constants: { SOCKET: number };
}

/**
 * Connects to a unix socket of type SOCK_SEQPACKET: each `data` event is one packet, each `write` whose callback is awaited
 * becomes one. Node's `net` opens sockets of type SOCK_STREAM only, but its stream handle reads and writes any descriptor, so
 * it is given the connected socket (docs/adr/0501). @throws Error with the errno when nobody listens.
 */
export function connectSeqpacket(path: string): Socket {
  const bytes = Buffer.byteLength(path);
  if (bytes >= longestPathBytes) throw new Error(`the socket's path is too long: ${path}`);
  const address = Buffer.alloc(2 + longestPathBytes);
  address.writeUInt16LE(AF_UNIX, 0);
  address.write(path, 2);
  const fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0) as number;
  if (fd < 0) throw new Error(`socket: errno ${koffi.errno()}`);
  if ((connect(fd, address, 2 + bytes + 1) as number) < 0) {
    const errno = koffi.errno();
    close(fd);
    throw new Error(`connect to ${path}: errno ${errno}`);
  }
  const { Pipe, constants } = (process as unknown as { binding(name: string): PipeBinding }).binding(
    'pipe_wrap',
  );
  const handle = new Pipe(constants.SOCKET);
  const error = handle.open(fd);
  if (error !== 0) {
    close(fd);
    throw new Error(`cannot take over the socket ${path}: error ${error}`);
  }
  // `handle` is what net itself passes; it is not in the types.
  return new Socket({
    handle,
    readable: true,
    writable: true,
    allowHalfOpen: true,
  } as unknown as ConstructorParameters<typeof Socket>[0]);
}
