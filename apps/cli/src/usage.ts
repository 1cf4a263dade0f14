import { bytesOf, milliOf, type V1Node } from '@gantry/api';
import { isStatus } from '@gantry/base';
import { columns, getObject, query, UsageError } from '@gantry/client';
import { scopeOf, type KubeContext, type KubeOptions } from './context.ts';

type Amounts = Record<'cpu' | 'memory', string>;
interface Metrics {
  metadata: { name: string; namespace?: string };
  usage?: Amounts;
  containers?: { name: string; usage: Amounts }[];
}

/** `top`: what metrics.k8s.io tells of nodes and pods, as lines of a table. */
export async function usage(
  context: KubeContext,
  kind: 'node' | 'pod',
  name: string | undefined,
  flags: KubeOptions & { selector?: string; containers?: boolean; headers?: boolean },
): Promise<string[]> {
  const scope = scopeOf(flags, context);
  const namespace = kind === 'pod' && scope !== undefined ? `/namespaces/${encodeURIComponent(scope)}` : '';
  const one = name === undefined ? '' : `/${encodeURIComponent(name)}`;
  const path = `/apis/metrics.k8s.io/v1beta1${namespace}/${kind}s${one}${query({ labelSelector: flags.selector })}`;
  const { body } = await context.connection.request({ path }).catch((error: unknown) => {
    if (isStatus(error, 'NotFound', 'ServiceUnavailable') && error.details?.name === undefined)
      throw new UsageError('error: Metrics API not available');
    throw error;
  });
  const answer = JSON.parse(body.toString()) as Metrics & { items?: Metrics[] };
  const found = answer.items ?? [answer];
  const rows = kind === 'node' ? await nodeRows(context, found) : podRows(found, flags);
  const [first = []] = rows;
  return columns(flags.headers === false ? rows.slice(1) : [first, ...rows.slice(1)]);
}

async function nodeRows(
  { connection, discovery }: KubeContext,
  nodes: readonly Metrics[],
): Promise<string[][]> {
  const resource = await discovery.find('nodes');
  const rows = nodes.map(async ({ metadata, usage: used }) => {
    const { status } = await getObject<V1Node>(connection, resource, undefined, metadata.name);
    const { cpu = '0', memory = '0' } = status?.allocatable ?? {};
    const share = (part: number, whole: number) =>
      whole > 0 ? `${Math.floor((100 * part) / whole)}%` : '<unknown>';
    const [milli, bytes] = [milliOf(used?.cpu ?? '0'), bytesOf(used?.memory ?? '0')];
    return [
      metadata.name,
      `${milli}m`,
      share(milli, milliOf(cpu)),
      mebibytes(bytes),
      share(bytes, bytesOf(memory)),
    ];
  });
  return [['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)'], ...(await Promise.all(rows))];
}

function podRows(
  pods: readonly Metrics[],
  { containers, allNamespaces }: KubeOptions & { containers?: boolean },
): string[][] {
  const header = [
    ...(allNamespaces ? ['NAMESPACE'] : []),
    containers ? 'POD' : 'NAME',
    ...(containers ? ['NAME'] : []),
    'CPU(cores)',
    'MEMORY(bytes)',
  ];
  const rows = pods.flatMap(({ metadata, containers: all = [] }) => {
    const start = [...(allNamespaces ? [metadata.namespace ?? ''] : []), metadata.name];
    const amounts = (of: typeof all) => [
      `${of.reduce((sum, { usage: { cpu } }) => sum + milliOf(cpu), 0)}m`,
      mebibytes(of.reduce((sum, { usage: { memory } }) => sum + bytesOf(memory), 0)),
    ];
    return containers
      ? all.map((each) => [...start, each.name, ...amounts([each])])
      : [[...start, ...amounts(all)]];
  });
  return [header, ...rows];
}

const mebibytes = (bytes: number) => `${Math.floor(bytes / 2 ** 20)}Mi`;
