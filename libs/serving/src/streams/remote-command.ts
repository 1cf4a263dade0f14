import { StatusError } from '@gantry/base';
import type { NodeStream, StreamRequest } from '@gantry/link';
import type { ServingContext } from '../context.ts';
import type { Exchange } from '../exchange.ts';
import { booleanOf } from '../request/options.ts';
import type { UpgradeHandler } from '../resource.ts';
import { bridge, channel } from './channels.ts';
import { acceptSpdy, isSpdy, negotiateSpdy, SpdyChannels } from './spdy-channels.ts';
import { containerIn, nodeNameOf, podIn, streamsOf, targetOf } from './target.ts';
import { acceptWebSocket, isWebSocket, offeredProtocols, WebSocketChannels } from './websocket-channels.ts';

const webSocketProtocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
/** Older versions of the protocol tell failures in other ways; clients that know only those are older than Kubernetes 1.4. */
const spdyProtocols = ['v4.channel.k8s.io'];

/** Which streams a client wants. */
interface Wanted {
  stdin: boolean;
  stdout: boolean;
  stderr: boolean;
  tty: boolean;
}

/** `pods/exec` and `pods/attach`: the node is asked first, so that its refusal is still an answer of HTTP. */
export const remoteCommand =
  (what: 'exec' | 'attach'): UpgradeHandler =>
  async (exchange, context, socket, head) => {
    const { req } = exchange;
    const wanted = wantedOf(exchange, what);
    const command = exchange.query.getAll('command');
    if (what === 'exec' && command.length === 0)
      throw StatusError.badRequest('you must specify at least one command for the container');
    const webSocket = isWebSocket(req);
    if (!webSocket && !isSpdy(req)) throw StatusError.badRequest('Upgrade request required');
    if (webSocket && !offeredProtocols(req).some((each) => webSocketProtocols.includes(each)))
      throw StatusError.badRequest(`the subprotocol must be one of ${webSocketProtocols.join(', ')}`);
    const spdyProtocol = webSocket ? '' : negotiateSpdy(req, spdyProtocols);

    const pod = await podIn(exchange, context);
    const target = targetOf(pod, containerIn(pod, exchange.param('container')));
    const request: StreamRequest =
      what === 'exec' ? { exec: { target, command, ...wanted } } : { attach: { target, ...wanted } };
    await withNode(context, nodeNameOf(pod), request, async (node) => {
      if (webSocket) {
        const accepted = await acceptWebSocket(req, socket, head, webSocketProtocols);
        return bridge(new WebSocketChannels(accepted), node);
      }
      const connection = acceptSpdy(socket, spdyProtocol);
      try {
        await bridge(await SpdyChannels.open(connection, head, channelsOf(wanted), context.clock), node);
      } catch {
        connection.destroy();
      }
    });
  };

/** Opens a stream to a node for as long as `use` takes; ends it with the server. */
export async function withNode(
  context: ServingContext,
  nodeName: string,
  request: StreamRequest,
  use: (node: NodeStream) => Promise<void>,
): Promise<void> {
  await using node = await streamsOf(context).open(nodeName, request, context.stopping);
  await use(node);
}

function wantedOf(exchange: Exchange, what: string): Wanted {
  const wanted = {
    stdin: booleanOf(exchange, 'stdin'),
    stdout: booleanOf(exchange, 'stdout'),
    stderr: booleanOf(exchange, 'stderr'),
    tty: booleanOf(exchange, 'tty'),
  };
  // A terminal has one output.
  if (wanted.tty) wanted.stderr = false;
  if (!wanted.stdin && !wanted.stdout && !wanted.stderr)
    throw StatusError.badRequest(`you must specify at least 1 of stdin, stdout, stderr to ${what}`);
  return wanted;
}

function channelsOf(wanted: Wanted): number[] {
  return [
    channel.status,
    ...(wanted.stdin ? [channel.stdin] : []),
    ...(wanted.stdout ? [channel.stdout] : []),
    ...(wanted.stderr ? [channel.stderr] : []),
    ...(wanted.tty ? [channel.resize] : []),
  ];
}
