import { eventually } from '@gantry/base/testing';
import { readLog } from '../logs/read-log.ts';
import type { Container, ContainerConfig, ContainerRuntime, ExecSession } from '../runtime.ts';

/** Waits until a container has ended. */
export function exited(runtime: ContainerRuntime, id: string): Promise<Container> {
  return eventually(() => (runtime.get(id)?.state === 'exited' ? runtime.get(id) : undefined), {
    what: `the end of container ${id}`,
    everyMs: 5,
  });
}

/** Creates, starts, and waits for the end. */
export async function runToEnd(runtime: ContainerRuntime, config: ContainerConfig): Promise<Container> {
  await runtime.create(config);
  await runtime.start(config.id);
  return exited(runtime, config.id);
}

/** What a container has written, as text. */
export async function logText(path: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readLog(path, {}, new AbortController().signal)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** All that a session gives, and its exit code. */
export async function sessionOutput(
  session: ExecSession,
): Promise<{ stdout: string; stderr: string; code: number }> {
  const text = async (stream: AsyncIterable<Buffer>) => {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };
  const [stdout, stderr, code] = await Promise.all([
    text(session.stdout),
    text(session.stderr),
    session.exit,
  ]);
  return { stdout, stderr, code };
}
