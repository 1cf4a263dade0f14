import { execFile, spawn, type ChildProcess } from 'node:child_process';

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** The real kubectl with one kubeconfig. It must be in the PATH, or named by `KUBECTL`. */
export class Kubectl {
  readonly #env: NodeJS.ProcessEnv;

  constructor(kubeconfig: string, env: NodeJS.ProcessEnv = {}) {
    // Its cache of discovery lies beside the kubeconfig: no test sees another's.
    const { PATH } = process.env;
    this.#env = { PATH, KUBECONFIG: kubeconfig, HOME: `${kubeconfig}.home`, ...env };
  }

  /** Runs it to its end, however that is. */
  try(args: readonly string[], input = ''): Promise<Ran> {
    return new Promise((resolve, reject) => {
      const child = execFile(
        program(),
        [...args],
        { env: this.#env, timeout: 120_000, maxBuffer: 64 * 1024 * 1024, encoding: 'utf8' },
        (error, stdout, stderr) => {
          if (error && typeof error.code !== 'number') reject(error as Error);
          else resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
        },
      );
      child.stdin?.on('error', () => {});
      child.stdin?.end(input);
    });
  }

  /** Runs it and returns what it printed; rejects when it fails. */
  async run(args: readonly string[], input = ''): Promise<string> {
    const { code, stdout, stderr } = await this.try(args, input);
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')} exited with ${code}: ${stderr}`);
    return stdout;
  }

  /** Starts it and leaves it running; the caller ends it. */
  start(args: readonly string[]): ChildProcess {
    return spawn(program(), [...args], { env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] });
  }
}

const program = () => process.env['KUBECTL'] ?? 'kubectl';
