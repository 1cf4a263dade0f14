import { closeSync, constants, openSync } from 'node:fs';
import koffi from 'koffi';

/** A pseudoterminal of ours (pty(7)). */
export interface Terminal {
  /** Read what is shown, write what is typed. */
  readonly master: number;
  /** What a process gets as its streams. */
  readonly slave: number;
  /** The key that says end of input. */
  readonly endOfFile: number;
  closeSlave(): void;
  /** The master belongs to a stream from now on. */
  release(): void;
  resize(size: { columns: number; rows: number }): void;
  close(): void;
}

/** ioctl_tty(2); the same on x86-64 and arm64. */
const TIOCSWINSZ = 0x5414;
const TIOCGPTN = 0x80045430;
const TIOCSPTLCK = 0x40045431;
const controlD = 4;

const libc = koffi.load('libc.so.6');
const ioctl = libc.func('ioctl', 'int', ['int', 'unsigned long', 'void *']);

/** Opens a new one from /dev/ptmx. The size is `size` until it is set. */
export function openTerminal(size = { columns: 80, rows: 24 }): Terminal {
  const master = openSync('/dev/ptmx', constants.O_RDWR | constants.O_NOCTTY);
  let slave = -1;
  let masterOpen = true;
  const call = (request: number, value: ArrayBufferView, what: string) => {
    if ((ioctl(master, request, value) as number) < 0)
      throw new Error(`cannot ${what} a terminal: errno ${koffi.errno()}`);
  };
  const resize = ({ columns, rows }: { columns: number; rows: number }) =>
    call(TIOCSWINSZ, new Uint16Array([rows, columns, 0, 0]), 'resize');
  const closeSlave = () => {
    if (slave >= 0) closeSync(slave);
    slave = -1;
  };
  try {
    const number = new Uint32Array(1);
    call(TIOCSPTLCK, new Int32Array([0]), 'unlock');
    call(TIOCGPTN, number, 'number');
    slave = openSync(`/dev/pts/${number[0]}`, constants.O_RDWR | constants.O_NOCTTY);
    resize(size);
  } catch (error) {
    closeSync(master);
    throw error;
  }
  return {
    master,
    get slave() {
      return slave;
    },
    endOfFile: controlD,
    closeSlave,
    release() {
      masterOpen = false;
    },
    resize,
    close() {
      closeSlave();
      if (masterOpen) closeSync(master);
      masterOpen = false;
    },
  };
}
