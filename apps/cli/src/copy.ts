import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathOf, runStreams, UsageError } from '@gantry/client';
import type { KubeContext } from './context.ts';
import { containerOf, podFor } from './pods.ts';

/** One side of `cp`: a path here, or in a pod. */
export interface CopyPlace {
  namespace?: string;
  pod?: string;
  path: string;
}

/** `web:/tmp/x`, `ns/web:/tmp/x`, or a path here; a colon after a slash belongs to the path. */
export function readPlace(text: string): CopyPlace {
  const match = /^(?:([a-z0-9.-]+)\/)?([a-z0-9.-]+):(.*)$/s.exec(text);
  if (!match || text.startsWith('.') || text.startsWith('/')) return { path: text };
  const [, namespace, pod = '', path = ''] = match;
  if (!path) throw new UsageError('error: filepath can not be empty');
  return { ...(namespace === undefined ? {} : { namespace }), pod, path };
}

/** Copies through tar(1) on both sides, as kubectl does; resolves with the exit code. */
export async function copy(
  context: KubeContext,
  from: string,
  to: string,
  options: { container?: string; preserve: boolean },
): Promise<number> {
  const [source, target] = [readPlace(from), readPlace(to)];
  if (source.pod === undefined && target.pod === undefined)
    throw new UsageError('error: one of src or dest must be a remote file specification');
  if (source.pod !== undefined && target.pod !== undefined)
    throw new UsageError('error: one of src or dest must be a local file specification');
  return source.pod === undefined
    ? upload(context, source.path, target, options)
    : download(context, source, target.path, options);
}

async function upload(
  context: KubeContext,
  local: string,
  remote: CopyPlace,
  options: { container?: string; preserve: boolean },
): Promise<number> {
  if (!statSync(local, { throwIfNoEntry: false }))
    throw new UsageError(`error: ${local} doesn't exist in local filesystem`);
  // A folder there takes the file under its own name, as cp(1) has it.
  const isFolder =
    remote.path.endsWith('/') || (await inPod(context, remote, ['test', '-d', remote.path], options)) === 0;
  const name = isFolder ? basename(resolve(local)) : basename(remote.path);
  const folder = isFolder ? remote.path.replace(/(.)\/+$/, '$1') : dirname(remote.path);
  const transform = `--transform=s,^${literal(basename(resolve(local)))},${replacement(name)},`;
  const packer = spawn(
    'tar',
    ['-cf', '-', '-C', dirname(resolve(local)), transform, '--', basename(resolve(local))],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const unpack = [
    'tar',
    ...(options.preserve ? [] : ['--no-same-permissions', '--no-same-owner']),
    '-xmf',
    '-',
    '-C',
    folder,
  ];
  // Node throws away what a process that has ended wrote unless somebody reads already: the stream keeps it until we do.
  return inPod(context, remote, unpack, options, { stdin: packer.stdout.pipe(new PassThrough()) });
}

async function download(
  context: KubeContext,
  remote: CopyPlace,
  local: string,
  options: { container?: string },
): Promise<number> {
  // Before anything is made here: the pod may not be there.
  await podFor(
    remote.namespace === undefined ? context : { ...context, namespace: remote.namespace },
    remote.pod ?? '',
  );
  const isFolder = statSync(local, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const name = basename(remote.path);
  const folder = isFolder ? local : dirname(resolve(local));
  const wanted = isFolder ? name : basename(resolve(local));
  // tar(1) refuses names that lead out of the folder; links are kept as links.
  const unpacker = spawn(
    'tar',
    ['-xf', '-', '-C', folder, '--no-same-owner', `--transform=s,^${literal(name)},${replacement(wanted)},`],
    {
      stdio: ['pipe', 'inherit', 'inherit'],
    },
  );
  const ended = new Promise<number>((done, failed) => {
    unpacker.once('error', failed);
    unpacker.once('exit', (code) => done(code ?? 1));
  });
  const code = await inPod(
    context,
    remote,
    ['tar', '-cf', '-', '-C', dirname(remote.path), '--', name],
    options,
    { stdout: unpacker.stdin },
  ).finally(() => unpacker.stdin.end());
  return (await ended) || code;
}

/** For the left and the right of a substitution of sed's kind with commas. */
const literal = (text: string) => text.replace(/[.*[\]^$\\,]/g, '\\$&');
const replacement = (text: string) => text.replace(/[\\&,]/g, '\\$&');

async function inPod(
  context: KubeContext,
  { namespace, pod = '' }: CopyPlace,
  command: readonly string[],
  options: { container?: string },
  streams: { stdin?: NodeJS.ReadableStream; stdout?: NodeJS.WritableStream } = {},
): Promise<number> {
  const there = namespace === undefined ? context : { ...context, namespace };
  const target = await podFor(there, pod);
  const parameters = new URLSearchParams({
    container: containerOf(target, options.container),
    stdout: 'true',
    stderr: 'true',
  });
  if (streams.stdin) parameters.set('stdin', 'true');
  for (const word of command) parameters.append('command', word);
  const path = pathOf(
    await context.discovery.find('pods'),
    target.metadata.namespace,
    target.metadata.name,
    'exec',
  );
  return runStreams(context.connection, `${path}?${parameters}`, {
    stdin: streams.stdin,
    stdout: streams.stdout ?? process.stdout,
    stderr: process.stderr,
  });
}
