import { parentPort } from 'node:worker_threads';
import { messageOf } from '@gantry/base';
import { linuxHost } from '@gantry/host';
import { deleteNeighbour } from '../netlink/neighbour.ts';
import { RouteSocket } from '../netlink/route-socket.ts';
import { Namespaces } from './namespaces.ts';
import type { NamespaceJob, NamespaceReply } from './namespace-worker.ts';

// The one thread that leaves its namespaces. Everything here is synchronous: between two messages it is at home.
const namespaces = new Namespaces(linuxHost.syscalls);
const route = new RouteSocket();

parentPort!.on('message', (job: NamespaceJob) => {
  const reply: NamespaceReply = { id: job.id };
  try {
    if (job.make) namespaces.make(job.make);
    for (const { pins, neighbour } of job.remove ?? []) {
      namespaces.remove(pins);
      if (neighbour)
        route.execute([deleteNeighbour(neighbour.linkIndex, neighbour.address)], ['ENOENT', 'ENODEV']);
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    reply.error = { message: messageOf(error), ...(code === undefined ? {} : { code }) };
  }
  parentPort!.postMessage(reply);
});
