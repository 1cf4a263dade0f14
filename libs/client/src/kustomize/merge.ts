import type { Shape } from '@gantry/api';
import { isMap, type Json } from './resource.ts';

/**
 * A strategic merge as kustomize does it (`kyaml/yaml/merge2`): like the server's, but what the patch names comes first in lists.
 * Undefined: the patch deletes. Without a shape, as for custom kinds, lists are replaced.
 */
export function mergeStrategic(target: unknown, patch: unknown, shape: Shape | undefined): unknown {
  if (!isMap(patch)) return patch;
  const { $patch: directive, ...rest } = patch;
  if (directive === 'delete') return undefined;
  const merged: Json = isMap(target) && directive !== 'replace' ? { ...target } : {};
  for (const [key, value] of Object.entries(rest)) {
    const member =
      shape?.type === 'object' ? shape.fields?.get(key) : shape?.type === 'map' ? shape.items : undefined;
    const result =
      value === null
        ? undefined
        : Array.isArray(value) && member?.patchMerge
          ? mergeList(merged[key], value, member)
          : mergeStrategic(merged[key], value, member);
    if (result === undefined) delete merged[key];
    else merged[key] = result;
  }
  return merged;
}

function mergeList(target: unknown, patch: readonly unknown[], { mergeKey, items }: Shape): unknown[] {
  const old: readonly unknown[] = Array.isArray(target) ? target : [];
  const wanted = patch.filter((each) => !(isMap(each) && each['$patch'] === 'replace'));
  const kept = wanted.length < patch.length ? [] : old;
  if (mergeKey === undefined) return [...wanted, ...kept.filter((each) => !wanted.includes(each))];
  const key = (each: unknown) => (isMap(each) ? each[mergeKey] : undefined);
  const merged = wanted.map((each) =>
    mergeStrategic(
      kept.find((one) => key(one) === key(each)),
      each,
      items,
    ),
  );
  const named = new Set(wanted.map(key));
  return [...merged.filter((each) => each !== undefined), ...kept.filter((each) => !named.has(key(each)))];
}
