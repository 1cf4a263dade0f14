import { describe, expect, it } from 'vitest';
import { cleanMessage, runtimeError } from './messages.ts';
import { signalNumber } from './signal.ts';

describe('what a runtime says', () => {
  it.each([
    [
      'time="2026-11-21T07:26:19Z" level=error msg="runc create failed: unable to start container process: exec: \\"nope\\": executable file not found in $PATH"\n',
      'exec: "nope": executable file not found in $PATH',
      'notFound',
    ],
    [
      '{"level":"error","msg":"exec failed: unable to start container process: exec: \\"/x\\": stat /x: no such file or directory","time":"2026"}\n',
      'exec: "/x": stat /x: no such file or directory',
      'notFound',
    ],
    [
      'time="x" level=warning msg="odd"\ntime="x" level=error msg="runc create failed: unable to start container process: exec: \\"/etc\\": is a directory"',
      'exec: "/etc": is a directory',
      'denied',
    ],
    ['level=error msg="container does not exist"', 'container does not exist', 'gone'],
    [
      'level=error msg="unable to start container process: error mounting \\"/n\\" to rootfs: stat /n: no such file or directory"',
      'error mounting "/n" to rootfs: stat /n: no such file or directory',
      'failed',
    ],
    ['', 'the OCI runtime failed and gave no reason', 'failed'],
    [
      'executable file `nope` not found in $PATH: No such file or directory',
      'executable file `nope` not found in $PATH: No such file or directory',
      'notFound',
    ],
  ])('%j becomes a sentence and a reason', (output, message, reason) => {
    expect(runtimeError(output)).toMatchObject({ message, reason });
  });

  it('survives half a line', () => {
    expect(cleanMessage('{"level":"error","msg":"cut')).toBe('{"level":"error","msg":"cut');
  });
});

describe('a signal', () => {
  it.each([
    ['SIGTERM', 15],
    ['term', 15],
    ['9', 9],
    ['SIGRTMIN+3', 37],
    ['RTMAX-1', 63],
    ['SIGUSR1', 10],
  ])('%s is %i', (name, number) => {
    expect(signalNumber(name)).toBe(number);
  });
  it.each(['', '0', '65', 'SIGNOPE', 'RTMIN+40', '9; rm'])('%j is none', (name) => {
    expect(() => signalNumber(name)).toThrow('invalid signal');
  });
});
