import { StatusError } from '@gantry/base';
import type { Handler } from '../context.ts';
import { drained } from '../http.ts';
import { booleanOf, integerOf } from '../request/options.ts';
import { channel } from '../streams/channels.ts';
import { containerIn, podIn, streamsOf, targetOf } from '../streams/target.ts';

/** `pods/log`: a container's output as it was written; with `follow`, as it is written. */
export const podLog: Handler = async (exchange, context) => {
  const pod = await podIn(exchange, context);
  const target = targetOf(pod, containerIn(pod, exchange.param('container')));
  const limits = {
    sinceSeconds: integerOf(exchange, 'sinceSeconds'),
    tailLines: integerOf(exchange, 'tailLines'),
    limitBytes: integerOf(exchange, 'limitBytes'),
  };
  const sinceTime = exchange.param('sinceTime') ?? '';
  const wrong =
    (limits.tailLines ?? 0) < 0
      ? 'tailLines: Invalid value: must be greater than or equal to 0'
      : (limits.limitBytes ?? 1) < 1
        ? 'limitBytes: Invalid value: must be greater than 0'
        : (limits.sinceSeconds ?? 1) < 1
          ? 'sinceSeconds: Invalid value: must be greater than 0'
          : sinceTime && limits.sinceSeconds !== undefined
            ? 'at most one of `sinceTime` or `sinceSeconds` may be specified'
            : sinceTime && Number.isNaN(Date.parse(sinceTime))
              ? 'sinceTime: Invalid value: must be a timestamp of RFC 3339'
              : undefined;
  if (wrong)
    throw new StatusError('Invalid', `PodLogOptions "" is invalid: ${wrong}`, {
      details: { kind: 'PodLogOptions' },
    });

  using _running = context.metrics.longRunning(exchange);
  const headers = { 'content-type': 'text/plain' };
  // Nothing has run yet, so nothing has been said.
  if (!pod.spec.nodeName) return exchange.send(200, headers['content-type'], '');
  const gone = new AbortController();
  exchange.res.once('close', () => gone.abort());
  await using stream = await streamsOf(context).open(
    pod.spec.nodeName,
    {
      logs: {
        target,
        follow: booleanOf(exchange, 'follow'),
        previous: booleanOf(exchange, 'previous'),
        timestamps: booleanOf(exchange, 'timestamps'),
        sinceTime,
        ...limits,
      },
    },
    AbortSignal.any([gone.signal, context.stopping]),
  );
  exchange.begin(200, headers);
  const { res } = exchange;
  (res as { flushHeaders?(): void }).flushHeaders?.();
  for await (const { channel: from, data } of stream.incoming) {
    if (res.destroyed) return;
    if (from === channel.stdout && data.length > 0 && !res.write(data)) await drained(res);
  }
  res.end();
};
