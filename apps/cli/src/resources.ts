import { columns, qualifiedName, UsageError, type ApiResource } from '@gantry/client';

/** `api-resources`: the kinds that the options let through, as lines of a table. */
export function resourceLines(
  all: readonly ApiResource[],
  options: {
    apiGroup?: string;
    namespaced?: boolean;
    verbs?: readonly string[];
    categories?: readonly string[];
    sortBy?: string;
    output?: string;
    headers?: boolean;
  },
): string[] {
  const { apiGroup, namespaced, verbs = [], categories = [], sortBy, output } = options;
  if (sortBy !== undefined && sortBy !== 'name' && sortBy !== 'kind')
    throw new UsageError('error: --sort-by accepts only name or kind');
  if (output !== undefined && output !== 'wide' && output !== 'name')
    throw new UsageError(`error: --output ${output} is not available`);
  const found = all.filter(
    (each) =>
      (apiGroup === undefined || each.group === apiGroup) &&
      (namespaced === undefined || each.namespaced === namespaced) &&
      verbs.every((verb) => each.verbs.includes(verb)) &&
      categories.every((category) => each.categories.includes(category)),
  );
  const key = ({ group, name, kind }: ApiResource) =>
    sortBy === 'kind' ? kind : sortBy === 'name' ? name : `${group}/${name}`;
  found.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  if (output === 'name') return found.map(qualifiedName);
  const wide = output === 'wide';
  const header = [
    'NAME',
    'SHORTNAMES',
    'APIVERSION',
    'NAMESPACED',
    'KIND',
    ...(wide ? ['VERBS', 'CATEGORIES'] : []),
  ];
  const rows = found.map((each) => [
    each.name,
    each.shortNames.join(','),
    each.group ? `${each.group}/${each.version}` : each.version,
    String(each.namespaced),
    each.kind,
    ...(wide ? [[...each.verbs].sort().join(','), each.categories.join(',')] : []),
  ]);
  return columns(options.headers === false ? rows : [header, ...rows]);
}
