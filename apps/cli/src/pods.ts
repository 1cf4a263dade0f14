import { formatLabelSelector, type Stored, type V1Deployment, type V1Pod } from '@gantry/api';
import { getObject, listObjects, readTargets, UsageError } from '@gantry/client';
import { warn, type KubeContext } from './context.ts';

/**
 * The pods that `web`, `pod/web`, `deploy/web`, `svc/web` or a selector mean. For a controller or a service one of its pods, one that
 * runs if there is one.
 */
export async function podsFor(
  context: KubeContext,
  text: string | undefined,
  selector?: string,
  saysHowMany = true,
): Promise<Stored<V1Pod>[]> {
  const { connection, discovery, namespace } = context;
  const pods = await discovery.find('pods');
  if (selector !== undefined)
    return (await listObjects<Stored<V1Pod>>(connection, pods, namespace, { labelSelector: selector })).items;
  if (text === undefined) throw new UsageError('error: a pod or a selector (-l) is needed');
  if (!text.includes('/')) return [await getObject<Stored<V1Pod>>(connection, pods, namespace, text)];
  const [{ resource, names } = { resource: pods, names: [] as string[] }] = await readTargets(discovery, [
    text,
  ]);
  const name = names?.[0] ?? '';
  if (resource.name === 'pods') return [await getObject<Stored<V1Pod>>(connection, pods, namespace, name)];
  const owner = await getObject<Stored<V1Deployment>>(connection, resource, namespace, name);
  const spec = owner.spec as unknown as {
    selector?: V1Deployment['spec']['selector'] & Record<string, string>;
  };
  if (!spec.selector)
    throw new UsageError(
      `error: cannot attach to *${resource.kind}: selector for *${resource.kind} not implemented`,
    );
  const labelSelector = formatLabelSelector(
    resource.name === 'services' ? { matchLabels: spec.selector } : spec.selector,
  );
  const { items } = await listObjects<Stored<V1Pod>>(connection, pods, namespace, { labelSelector });
  const running = (pod: Stored<V1Pod>) =>
    Number(pod.status?.phase === 'Running' && !pod.metadata.deletionTimestamp);
  const [first] = items.sort((a, b) => running(b) - running(a));
  if (!first) throw new UsageError(`error: no pods of ${text} are there`);
  if (items.length > 1 && saysHowMany) warn(`Found ${items.length} pods, using pod/${first.metadata.name}`);
  return [first];
}

/** The one pod that is meant. */
export const podFor = async (context: KubeContext, text: string): Promise<Stored<V1Pod>> =>
  (await podsFor(context, text, undefined, false))[0]!;

/** The one pod that is meant, to run something in: one that has ended is refused. */
export async function runningPodFor(
  context: KubeContext,
  text: string,
  what: string,
): Promise<Stored<V1Pod>> {
  const pod = await podFor(context, text);
  const phase = pod.status?.phase;
  if (phase === 'Succeeded' || phase === 'Failed')
    throw new UsageError(`error: cannot ${what} a container in a completed pod; current phase is ${phase}`);
  return pod;
}

/** Says which container was taken when none was named and none is marked as the default. */
export function sayDefault({ spec, metadata }: Stored<V1Pod>, container: string): void {
  if (metadata.annotations?.['kubectl.kubernetes.io/default-container'] === container) return;
  const all = [
    ...spec.containers.map(({ name }) => name),
    ...(spec.initContainers ?? []).map(({ name }) => `${name} (init)`),
    ...(spec.ephemeralContainers ?? []).map(({ name }) => `${name} (ephem)`),
  ];
  if (all.length > 1) warn(`Defaulted container "${container}" out of: ${all.join(', ')}`);
}

/** The container meant: that named, that of the annotation, the first. Throws when the pod has none of the name. */
export function containerOf({ spec, metadata }: Stored<V1Pod>, wanted?: string): string {
  const all = [...spec.containers, ...(spec.initContainers ?? []), ...(spec.ephemeralContainers ?? [])];
  if (wanted !== undefined) {
    if (all.some(({ name }) => name === wanted)) return wanted;
    throw new UsageError(`error: container ${wanted} is not valid for pod ${metadata.name}`);
  }
  const preferred = metadata.annotations?.['kubectl.kubernetes.io/default-container'];
  return spec.containers.find(({ name }) => name === preferred)?.name ?? spec.containers[0]!.name;
}
