/** An entry of a log file in the CRI format: `2026-01-02T03:04:05.678901234Z stdout F content`. */
export interface LogEntry {
  timestamp: string;
  stream: 'stdout' | 'stderr';
  /** The line goes on in the next entry of the stream (`P`). */
  partial: boolean;
  /** A view into what was parsed; without newline. */
  content: Buffer;
}

const blank = 0x20;
const letterE = 0x65; // stderr differs from stdout in its fourth letter
const letterP = 0x50;

/** Parses one line without its newline. Undefined when it is in another format (a line cut by a crash, say). */
export function parseLogEntry(line: Buffer): LogEntry | undefined {
  const first = line.indexOf(blank);
  const second = first < 0 ? -1 : line.indexOf(blank, first + 1);
  if (second !== first + 7 || line.length < second + 2) return undefined;
  const third = line.indexOf(blank, second + 1);
  const end = third < 0 ? line.length : third;
  return {
    timestamp: line.toString('latin1', 0, first),
    stream: line[first + 4] === letterE ? 'stderr' : 'stdout',
    partial: line[second + 1] === letterP,
    content: line.subarray(Math.min(line.length, end + 1)),
  };
}

/** Nanoseconds since the epoch of an RFC 3339 time; undefined when it is none. */
export function nanosecondsOf(timestamp: string): bigint | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?\d*(Z|[+-]\d\d:\d\d)$/i.exec(timestamp);
  if (!match) return undefined;
  const milliseconds = Date.parse(`${match[1]}${match[3]}`);
  if (Number.isNaN(milliseconds)) return undefined;
  return BigInt(milliseconds) * 1_000_000n + BigInt((match[2] ?? '').padEnd(9, '0'));
}
