import { StatusError } from '@gantry/base';
import { kinds, type Kind, type V1EndpointSlice, type V1Pod } from '@gantry/api';
import type { StreamChunk, StreamRequest } from '@gantry/link';
import type { Handler, ServingContext } from '../context.ts';
import type { Exchange } from '../exchange.ts';
import { drained, isGone } from '../http.ts';
import type { ServedSubresource } from '../resource.ts';
import { channel } from '../streams/channels.ts';
import { nodeNameOf, streamsOf, targetOf } from '../streams/target.ts';

/** Where a request for a proxy goes. */
interface Destination {
  nodeName: string;
  request: StreamRequest;
}

/** `nodes/proxy`, `pods/proxy`, `services/proxy`: HTTP through the node's connection. */
export function proxySubresource(kind: Kind): ServedSubresource {
  const destinationOf =
    kind.plural === 'nodes' ? nodeDestination : kind.plural === 'pods' ? podDestination : serviceDestination;
  const handler: Handler = async (exchange, context) => {
    using _running = context.metrics.longRunning(exchange);
    const { nodeName, request } = await destinationOf(exchange, context);
    await relay(exchange, context, nodeName, request);
  };
  return {
    type: { group: '', version: 'v1', kind: `${kind.kind}ProxyOptions` },
    handlers: { get: handler, create: handler, update: handler, patch: handler, delete: handler },
    proxy: true,
  };
}

function pathOf({ info }: Exchange): string {
  return `${info.rest || '/'}${info.search ? `?${info.search}` : ''}`;
}

/** `[<scheme>:]<name>[:<port>]`, as upstream splits names of proxies. */
function splitName(name: string): { name: string; port: string } {
  const parts = name.split(':');
  if (parts.length === 3) return { name: parts[1]!, port: parts[2]! };
  return { name: parts[0]!, port: parts[1] ?? '' };
}

async function nodeDestination(exchange: Exchange, { state }: ServingContext): Promise<Destination> {
  const { name } = splitName(exchange.info.name);
  await state.get(kinds.node, { name });
  return {
    nodeName: name,
    request: { http: { method: exchange.req.method ?? 'GET', path: pathOf(exchange) } },
  };
}

async function podDestination(exchange: Exchange, context: ServingContext): Promise<Destination> {
  const { name, port } = splitName(exchange.info.name);
  return toPod(exchange, context, name, port);
}

async function toPod(
  exchange: Exchange,
  { state }: ServingContext,
  name: string,
  port: string,
): Promise<Destination> {
  const { namespace } = exchange.info;
  const { object } = await state.get(kinds.pod, { namespace, name });
  const number =
    port === '' ? (containerPort(object, '') ?? 80) : (containerPort(object, port) ?? Number(port));
  if (!Number.isInteger(number) || number < 1 || number > 65_535)
    throw StatusError.badRequest(`pod ${name} has no port ${JSON.stringify(port)}`);
  return {
    nodeName: nodeNameOf(object),
    request: {
      http: {
        method: exchange.req.method ?? 'GET',
        path: pathOf(exchange),
        target: targetOf(object, ''),
        port: number,
      },
    },
  };
}

/** The first port when no name is given, otherwise the port of that name. */
function containerPort({ spec }: V1Pod, name: string): number | undefined {
  const ports = spec.containers.flatMap((each) => each.ports ?? []);
  return (name === '' ? ports[0] : ports.find((each) => each.name === name))?.containerPort;
}

async function serviceDestination(exchange: Exchange, context: ServingContext): Promise<Destination> {
  const { name, port } = splitName(exchange.info.name);
  const { namespace } = exchange.info;
  const service = (await context.state.get(kinds.service, { namespace, name })).object;
  const wanted = (service.spec.ports ?? []).find(
    (each) => port === '' || each.name === port || String(each.port) === port,
  );
  if (!wanted)
    throw StatusError.unavailable(
      `no service port ${JSON.stringify(port)} found for service ${JSON.stringify(name)}`,
    );
  const { entries } = await context.state.list(kinds.endpointSlice, {
    namespace,
    labelSelector: `kubernetes.io/service-name=${name}`,
  });
  const pod = readyPod(
    entries.map(({ object }) => object),
    wanted.name ?? '',
  );
  if (!pod) throw StatusError.unavailable(`no endpoints available for service ${JSON.stringify(name)}`);
  return toPod(exchange, context, pod.name, String(pod.port));
}

function readyPod(
  slices: readonly V1EndpointSlice[],
  portName: string,
): { name: string; port: number } | undefined {
  for (const slice of slices) {
    const port = slice.ports?.find((each) => (each.name ?? '') === portName)?.port;
    const ready = slice.endpoints?.find(
      ({ conditions, targetRef }) =>
        conditions?.ready !== false && targetRef?.kind === 'Pod' && targetRef.name,
    );
    if (port !== undefined && ready) return { name: ready.targetRef!.name!, port };
  }
  return undefined;
}

/** Headers that belong to one hop, or that this server sets itself. */
const ownHeaders = new Set([
  ...['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'proxy-authenticate', 'te', 'trailer'],
  ...['audit-id', 'cache-control', 'set-cookie'],
]);

async function relay(
  exchange: Exchange,
  context: ServingContext,
  nodeName: string,
  request: StreamRequest,
): Promise<void> {
  const { req, res } = exchange;
  const gone = new AbortController();
  res.once('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, context.stopping]);
  await using stream = await streamsOf(context).open(nodeName, request, signal);
  const upwards = (async () => {
    if (req.method !== 'GET' && req.method !== 'HEAD')
      for await (const data of req as AsyncIterable<Buffer>)
        await stream.send({ channel: channel.stdin, data });
    await stream.send({ channel: channel.stdin, data: Buffer.alloc(0), end: true });
  })().catch(() => {});
  let begun = false;
  for await (const chunk of stream.incoming) {
    if (chunk.channel === channel.status && !begun) {
      begun = true;
      const { code, headers } = answerOf(chunk);
      exchange.begin(code, headers);
    } else if (chunk.channel === channel.stdout && chunk.data.length > 0) {
      if (!begun) throw new StatusError('InternalError', 'the node sent a body before its head');
      if (!res.write(chunk.data)) await drained(res);
      if (isGone(res)) return;
    }
  }
  if (!begun) throw StatusError.unavailable('the node ended the exchange without an answer');
  res.end();
  await upwards;
}

function answerOf({ data }: StreamChunk): { code: number; headers: Record<string, string> } {
  const answer = JSON.parse(Buffer.from(data).toString('utf8')) as {
    code?: unknown;
    message?: unknown;
    headers?: Record<string, unknown>;
  };
  const code = Number(answer.code);
  if (!Number.isInteger(code) || code < 200 || code > 599)
    throw StatusError.unavailable(
      typeof answer.message === 'string' ? answer.message : 'the node’s answer has no code',
    );
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers ?? {}))
    if (typeof value === 'string' && /^[A-Za-z0-9-]+$/.test(name) && !ownHeaders.has(name.toLowerCase()))
      headers[name.toLowerCase()] = value.replace(/[\r\n]/g, ' ');
  return { code, headers };
}
