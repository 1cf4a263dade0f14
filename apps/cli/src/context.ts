import type { Command } from 'commander';
import { Discovery, parseOutput, UsageError, type Connection, type OutputFormat } from '@gantry/client';
import { addKubeOptions } from './flags.ts';

/** What those options say. */
export interface KubeOptions {
  kubeconfig?: string;
  context?: string;
  server?: string;
  token?: string;
  as?: string;
  asGroup?: string[];
  insecureSkipTlsVerify?: boolean;
  namespace?: string;
  allNamespaces?: boolean;
  requestTimeout?: string;
}

/** What such a command works with. */
export interface KubeContext {
  connection: Connection;
  discovery: Discovery;
  /** Of the option, or of the kubeconfig's context. */
  namespace: string;
}

/** A command that talks to a cluster. `-A` only where it reads several namespaces. */
export function kubeCommand(command: Command, options: { allNamespaces?: boolean } = {}): Command {
  addKubeOptions(command);
  if (options.allNamespaces) command.option('-A, --all-namespaces', 'all namespaces');
  return command;
}

/** Runs `work` with a connection, and closes it afterwards. */
export async function withCluster<T>(
  options: KubeOptions,
  work: (context: KubeContext) => Promise<T>,
): Promise<T> {
  // What only prints help or a version needs neither TLS nor a kubeconfig.
  const { connect } = await import('./connect.ts');
  const connection = await connect(options);
  try {
    return await work({
      connection,
      discovery: new Discovery(connection),
      namespace: options.namespace ?? connection.namespace,
    });
  } finally {
    await connection.close();
  }
}

/** The namespace to read: undefined for all. */
export const scopeOf = (options: KubeOptions, context: KubeContext) =>
  options.allNamespaces ? undefined : context.namespace;

/** `-o`, for commands that print an object only when asked to. */
export function outputOption(text: string | undefined): OutputFormat | undefined {
  return text === undefined ? undefined : parseOutput(text);
}

export function wholeNumber(text: string): number {
  if (!/^-?\d+$/.test(text)) throw new UsageError(`error: "${text}" is not a whole number`);
  return Number(text);
}

/** `end`: for what brings its own, as templates do. */
export const write = (line: string, end = '\n') => void process.stdout.write(line + end);
export const warn = (line: string) => void process.stderr.write(`${line}\n`);
