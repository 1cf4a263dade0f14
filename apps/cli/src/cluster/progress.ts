import { systemClock } from '@gantry/base';

/** Shows what a long command is doing: a spinner per step on a terminal that knows its width, a plain line per step otherwise. All on standard error. */
export interface Progress {
  step<T>(title: string, work: (say: (detail: string) => void) => Promise<T>): Promise<T>;
  note(text: string): void;
}

export async function createProgress(stream: NodeJS.WriteStream = process.stderr): Promise<Progress> {
  // Serial lines, `script` and `docker exec -t` may have a terminal of 0 columns: a line would be infinitely many rows, and the spinner
  // would never end clearing them.
  return stream.isTTY && stream.columns > 0 ? spinning(stream) : plain(stream);
}

const seconds = (sinceMs: number) => `${((systemClock.monotonicMs() - sinceMs) / 1000).toFixed(1)} s`;

function plain(stream: NodeJS.WritableStream): Progress {
  return {
    async step(title, work) {
      const beganMs = systemClock.monotonicMs();
      try {
        const result = await work(() => {});
        stream.write(`${title}: done in ${seconds(beganMs)}\n`);
        return result;
      } catch (error) {
        stream.write(`${title}: failed after ${seconds(beganMs)}\n`);
        throw error;
      }
    },
    note: (text) => void stream.write(`${text}\n`),
  };
}

async function spinning(stream: NodeJS.WriteStream): Promise<Progress> {
  const { default: ora } = await import('ora');
  return {
    async step(title, work) {
      const beganMs = systemClock.monotonicMs();
      const spinner = ora({ text: title, stream, discardStdin: false }).start();
      try {
        const result = await work((detail) => (spinner.text = `${title}: ${detail}`));
        spinner.succeed(`${title} (${seconds(beganMs)})`);
        return result;
      } catch (error) {
        spinner.fail(title);
        throw error;
      }
    },
    note: (text) => void stream.write(`${text}\n`),
  };
}
