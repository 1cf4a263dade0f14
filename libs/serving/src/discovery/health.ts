import { messageOf, type Clock, type Logger } from '@gantry/base';
import type { Exchange } from '../exchange.ts';

/** One thing that must hold for the server to be of use. */
export interface HealthCheck {
  /** `etcd`, `ping` …: shown by `?verbose`, left out by `?exclude=`. */
  name: string;
  /** Rejects, or throws, when it does not hold; the reason is logged, not told. */
  check(): Promise<void> | void;
  /** Only asked by `/readyz`: a restart of the process would not help. */
  readinessOnly?: boolean;
}

/** A check that does not answer within this time does not hold. */
const checkTimeoutMs = 2000;

/** `/healthz`, `/livez`, `/readyz`, and one check of them below that path, as `k8s.io/apiserver/pkg/server/healthz`. */
export async function sendHealth(
  exchange: Exchange,
  checks: readonly HealthCheck[],
  log: Logger,
  clock: Clock,
): Promise<void> {
  const [, endpoint = '', only] = exchange.info.path.split('/');
  const asked = checks.filter(
    (each) => (endpoint === 'readyz' || !each.readinessOnly) && (only === undefined || each.name === only),
  );
  if (only !== undefined && asked.length === 0)
    return exchange.send(404, 'text/plain; charset=utf-8', `no such check: ${only.slice(0, 100)}\n`);
  const excluded = new Set(exchange.query.getAll('exclude'));
  const lines: string[] = [];
  let failed = false;
  await Promise.all(
    asked.map(async ({ name, check }, at) => {
      if (excluded.has(name)) {
        lines[at] = `[+]${name} excluded: ok`;
        return;
      }
      try {
        await withTimeout(Promise.resolve().then(check), clock);
        lines[at] = `[+]${name} ok`;
      } catch (error) {
        failed = true;
        lines[at] = `[-]${name} failed: reason withheld`;
        log.warn('health check failed', { endpoint, check: name, why: messageOf(error) });
      }
    }),
  );
  const unknown = [...excluded].filter((name) => !asked.some((each) => each.name === name));
  if (unknown.length > 0)
    lines.push(
      `warn: some health checks cannot be excluded: no matches for ${unknown.map((each) => JSON.stringify(each.slice(0, 100))).join(', ')}`,
    );
  const verbose = exchange.query.has('verbose');
  if (!failed && !verbose) return exchange.send(200, 'text/plain; charset=utf-8', 'ok');
  const verdict = failed ? `${endpoint} check failed` : `${endpoint} check passed`;
  return exchange.send(failed ? 500 : 200, 'text/plain; charset=utf-8', `${lines.join('\n')}\n${verdict}\n`);
}

async function withTimeout(promise: Promise<void>, clock: Clock): Promise<void> {
  const { promise: timeout, reject } = Promise.withResolvers<void>();
  using _timer = clock.after(checkTimeoutMs, () =>
    reject(new Error(`no answer within ${checkTimeoutMs} ms`)),
  );
  await Promise.race([promise, timeout]);
}
