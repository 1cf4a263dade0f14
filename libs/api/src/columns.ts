import type { V1LabelSelector, V1PodTemplateSpec } from './gen/types.ts';
import { humanDuration } from './human-duration.ts';
import type { Column } from './kind.ts';
import { formatLabelSelector } from './label-selector.ts';
import type { KubeObject } from './object.ts';

/** The column that nearly all tables begin with. */
export const nameColumn: Column<KubeObject> = {
  name: 'Name',
  type: 'string',
  format: 'name',
  value: (object) => object.metadata.name,
};

/** How long ago the object was made: `5m`, `2d3h`. */
export const ageColumn: Column<KubeObject> = {
  name: 'Age',
  type: 'string',
  value: (object, nowMs) => age(object.metadata.creationTimestamp, nowMs),
};

/** The time since a timestamp as `kubectl get` shows it; `<unknown>` where there is none. */
export function age(timestamp: string | undefined, nowMs: number): string {
  const thenMs = timestamp ? Date.parse(timestamp) : Number.NaN;
  return Number.isNaN(thenMs) ? '<unknown>' : humanDuration(nowMs - thenMs);
}

/** Few of many, as upstream shortens them: `a,b,c + 2 more...`. */
export function firstThree(items: readonly string[], none: string): string {
  if (items.length > 3) return `${items.slice(0, 3).join(',')} + ${items.length - 3} more...`;
  return items.join(',') || none;
}

/** The wide columns of workloads: the containers of their template, and whom they select. */
export function workloadColumns<T extends KubeObject>(
  template: (object: T) => V1PodTemplateSpec | undefined,
  selector: (object: T) => V1LabelSelector | undefined,
): Column<T>[] {
  const containers = (object: T) => template(object)?.spec?.containers ?? [];
  return [
    {
      name: 'Containers',
      type: 'string',
      priority: 1,
      value: (object) =>
        containers(object)
          .map(({ name }) => name)
          .join(','),
    },
    {
      name: 'Images',
      type: 'string',
      priority: 1,
      value: (object) =>
        containers(object)
          .map(({ image }) => image ?? '')
          .join(','),
    },
    {
      name: 'Selector',
      type: 'string',
      priority: 1,
      value: (object) => formatLabelSelector(selector(object)),
    },
  ];
}
