import type { ApiResource, Discovery } from './discovery.ts';

/** Said of a command line that makes no sense; the message is the whole answer. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What a command line names: all objects of a kind, or some of them by name. */
export interface Target {
  resource: ApiResource;
  /** Absent: all that the selectors let through. */
  names?: string[];
  /** Where those are, when not in the namespace of the command. */
  namespace?: string;
}

/**
 * Reads `pods`, `pod web db`, `deploy/app pod/web`, `pods,services`, `all` into targets, as kubectl does: kinds given with a comma
 * share the names that follow. Names are refused where objects are `selected` by labels, by fields or all, and `everywhere`, in all
 * namespaces, where the kind has any.
 */
export async function readTargets(
  discovery: Discovery,
  args: readonly string[],
  { selected = false, everywhere = false }: { selected?: boolean; everywhere?: boolean } = {},
): Promise<Target[]> {
  const targets = await parseTargets(discovery, args);
  const named = targets.filter(({ names }) => names);
  if (selected && named.length > 0)
    throw new UsageError(
      args.some((arg) => arg.includes('/'))
        ? 'error: selectors and the all flag cannot be used when passing resource/name arguments'
        : 'error: name cannot be provided when a selector is specified',
    );
  if (everywhere && named.some(({ resource }) => resource.namespaced))
    throw new UsageError('error: a resource cannot be retrieved by name across all namespaces');
  return targets;
}

async function parseTargets(discovery: Discovery, args: readonly string[]): Promise<Target[]> {
  if (args.length === 0)
    throw new UsageError(
      'error: You must specify the type of resource, such as "pods" or "deployment/web". Use "gantry api-resources" for a complete list.',
    );
  if (args.some((arg) => arg.includes('/'))) {
    const targets: Target[] = [];
    for (const arg of args) {
      const parts = arg.split('/');
      if (parts.length > 2)
        throw new UsageError('error: arguments in resource/name form may not have more than one slash');
      if (parts.length !== 2)
        throw new UsageError(
          `error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'gantry get resource/<resource_name>' instead of 'gantry get resource resource/<resource_name>'`,
        );
      if (!parts[0] || !parts[1])
        throw new UsageError('error: arguments in resource/name form must have a single resource and name');
      const resource = await discovery.find(parts[0]);
      const last = targets.at(-1);
      if (last?.resource === resource) last.names!.push(parts[1]);
      else targets.push({ resource, names: [parts[1]] });
    }
    return targets;
  }
  const [kinds = '', ...names] = args;
  const targets: Target[] = [];
  for (const kind of kinds.split(',').filter(Boolean)) {
    const category = await discovery.category(kind.toLowerCase());
    const resources = category ?? [await discovery.find(kind)];
    for (const resource of resources)
      if (!targets.some((target) => target.resource === resource))
        targets.push({ resource, ...(names.length > 0 ? { names: [...names] } : {}) });
  }
  return targets;
}
