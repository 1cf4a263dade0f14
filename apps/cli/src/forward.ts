import { createServer, type Server, type Socket } from 'node:net';
import { messageOf } from '@gantry/base';
import type { Stored, V1Pod, V1Service } from '@gantry/api';
import { forwardConnection, getObject, pathOf, readTargets, UsageError } from '@gantry/client';
import { warn, write, type KubeContext } from './context.ts';
import { podFor } from './pods.ts';

/** `8080:80`, `8080` (the same there), `:80` (any free port here); names of container ports may stand on the right. */
export function readPorts(text: string): { local: number; remote: string } {
  const [, local = '', remote] = /^(\d*)(?::([a-z0-9-]+))?$/.exec(text) ?? [];
  const wanted = remote ?? local;
  if (!wanted || Number(local) > 65535) throw new UsageError(`error: invalid port format '${text}'`);
  return { local: Number(local), remote: wanted };
}

/** Forwards connections until the process is told to end (SIGINT, SIGTERM). */
export async function forwardPorts(
  context: KubeContext,
  text: string,
  ports: readonly string[],
  addresses: readonly string[],
): Promise<void> {
  const pod = await podFor(context, text);
  if (pod.status?.phase !== 'Running')
    throw new UsageError(
      `error: unable to forward port because pod is not running. Current status=${pod.status?.phase ?? 'Unknown'}`,
    );
  const service = /^(svc|service|services)\//.test(text) ? await serviceOf(context, text) : undefined;
  const path = pathOf(
    await context.discovery.find('pods'),
    pod.metadata.namespace,
    pod.metadata.name,
    'portforward',
  );
  const servers: Server[] = [];
  try {
    for (const each of ports) {
      const { local, remote } = readPorts(each);
      const target = portNumber(pod, service, remote);
      let chosen = local;
      for (const address of addresses) {
        const server = createServer((socket) => carry(context, path, target, socket));
        try {
          chosen = await listen(server, address, chosen);
        } catch (error) {
          // A host without IPv6 still forwards.
          if (address === '::1') continue;
          throw new UsageError(`error: unable to listen on port ${local}: ${messageOf(error)}`);
        }
        servers.push(server);
        write(`Forwarding from ${address.includes(':') ? `[${address}]` : address}:${chosen} -> ${target}`);
      }
    }
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    });
  } finally {
    for (const server of servers) server.close();
  }
}

async function serviceOf(
  { connection, discovery, namespace }: KubeContext,
  text: string,
): Promise<Stored<V1Service>> {
  const [target] = await readTargets(discovery, [text]);
  return getObject<Stored<V1Service>>(connection, target!.resource, namespace, target!.names?.[0] ?? '');
}

/** A service's port leads to the pods' port behind it; names are those of the pod's containers. */
function portNumber(pod: Stored<V1Pod>, service: Stored<V1Service> | undefined, text: string): number {
  const through = service?.spec.ports?.find((each) => String(each.port) === text || each.name === text);
  if (service && !through)
    throw new UsageError(`error: Service ${service.metadata.name} does not have a service port ${text}`);
  const wanted = String(through ? (through.targetPort ?? through.port) : text);
  if (/^\d+$/.test(wanted)) return Number(wanted);
  const named = pod.spec.containers.flatMap((each) => each.ports ?? []).find((each) => each.name === wanted);
  if (!named)
    throw new UsageError(`error: Pod '${pod.metadata.name}' does not have a named port '${wanted}'`);
  return named.containerPort;
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () =>
      resolve((server.address() as { port: number }).port),
    );
  });
}

function carry({ connection }: KubeContext, path: string, port: number, socket: Socket): void {
  write(`Handling connection for ${socket.localPort}`);
  socket.on('error', () => socket.destroy());
  forwardConnection(connection, `${path}?ports=${port}`, socket).catch((error: unknown) => {
    warn(`error: lost connection to pod: ${messageOf(error)}`);
    socket.destroy();
  });
}
