import { RuntimeError } from '../runtime.ts';

/**
 * What an OCI runtime said on failing, as one sentence for people: the last error of its output (plain, logrus text or
 * JSON lines), without the steps it was in. `runc create failed: unable to start container process: exec: "nope": …` → `exec: "nope": …`.
 */
export function cleanMessage(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const errors = lines.flatMap((line) => errorOf(line) ?? []);
  const text = errors.at(-1) ?? lines.at(-1) ?? '';
  return text
    .trim()
    .replace(/^\[conmon[^\]]*\]:\s*/, '')
    .replace(/^(?:(?:OCI runtime|runc|crun) )?(?:create|exec|run|start) failed: /, '')
    .replace(/^exec failed: /, '')
    .replace(
      /^(?:unable to start container process|container_linux\.go:\d+: starting container process caused): /,
      '',
    );
}

/** The message of an error line; undefined for lines of other kinds. */
function errorOf(line: string): string | undefined {
  if (line.startsWith('{')) {
    try {
      const { level, msg } = JSON.parse(line) as { level?: unknown; msg?: unknown };
      return typeof msg === 'string' && level !== 'warning' && level !== 'info' && level !== 'debug'
        ? msg
        : undefined;
    } catch {
      return undefined;
    }
  }
  const logrus = /\blevel=(\w+) msg=("(?:[^"\\]|\\.)*"|\S+)/.exec(line);
  if (!logrus) return /^\S*\s*(?:error|ERRO)/i.test(line) ? line : undefined;
  if (logrus[1] === 'warning' || logrus[1] === 'info' || logrus[1] === 'debug') return undefined;
  const message = logrus[2] ?? '';
  if (!message.startsWith('"')) return message;
  try {
    return JSON.parse(message) as string;
  } catch {
    return message.slice(1, -1);
  }
}

/** The error with the reason that its text implies. Runtimes give no codes: this is the one place that reads their words. */
export function runtimeError(output: string, cause?: unknown): RuntimeError {
  const message = cleanMessage(output) || 'the OCI runtime failed and gave no reason';
  return new RuntimeError(reasonOf(message), message, { cause });
}

function reasonOf(message: string): RuntimeError['reason'] {
  if (/^container .*(?:does not exist|not running)|cannot exec in a stopped container/.test(message))
    return 'gone';
  if (/executable file .*not found|executable .*not found in \$PATH/.test(message)) return 'notFound';
  if (!/^exec(?::|utable)|^exec /.test(message)) return 'failed';
  if (/no such file or directory|not a directory/i.test(message)) return 'notFound';
  if (/permission denied|is a directory|exec format error|operation not permitted/i.test(message))
    return 'denied';
  return 'failed';
}
