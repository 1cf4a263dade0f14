import { StatusError, type StatusCause } from '@gantry/base';
import type { Handler } from '../context.ts';
import { drained, isGone } from '../http.ts';
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
  const causes = wrongIn(limits, sinceTime);
  if (causes.length > 0) throw invalidOptions(exchange.info.name, causes);

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
    if (isGone(res)) return;
    if (from === channel.stdout && data.length > 0 && !res.write(data)) await drained(res);
  }
  res.end();
};

interface Limits {
  sinceSeconds: number | undefined;
  tailLines: number | undefined;
  limitBytes: number | undefined;
}

/** `pkg/apis/core/validation`, `ValidatePodLogOptions`. */
function wrongIn({ sinceSeconds, tailLines, limitBytes }: Limits, sinceTime: string): StatusCause[] {
  const causes: StatusCause[] = [];
  const invalid = (field: string, value: unknown, why: string) =>
    causes.push({
      ...{ reason: 'FieldValueInvalid', field },
      message: `Invalid value: ${JSON.stringify(value)}: ${why}`,
    });
  if (tailLines !== undefined && tailLines < 0)
    invalid('tailLines', tailLines, 'must be greater than or equal to 0');
  if (limitBytes !== undefined && limitBytes < 1) invalid('limitBytes', limitBytes, 'must be greater than 0');
  if (sinceSeconds !== undefined && sinceTime)
    causes.push({
      reason: 'FieldValueForbidden',
      field: '',
      message: 'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified',
    });
  else if (sinceSeconds !== undefined && sinceSeconds < 1)
    invalid('sinceSeconds', sinceSeconds, 'must be greater than 0');
  else if (sinceTime && Number.isNaN(Date.parse(sinceTime)))
    invalid('sinceTime', sinceTime.slice(0, 100), 'must be a timestamp of RFC 3339');
  return causes;
}

function invalidOptions(name: string, causes: StatusCause[]): StatusError {
  const lines = causes.map(({ field, message }) => (field ? `${field}: ${message}` : message));
  const why = lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`;
  return new StatusError('Invalid', `PodLogOptions ${JSON.stringify(name)} is invalid: ${why}`, {
    details: { name, kind: 'PodLogOptions', causes },
  });
}
