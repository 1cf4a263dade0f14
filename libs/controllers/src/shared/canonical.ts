import { safeEncode } from '@gantry/base';
import type { V1PodTemplateSpec } from '@gantry/api';

/** The label that tells the pods of one version of a template from another's. */
export const templateHashLabel = 'pod-template-hash';

/** JSON with sorted keys; absent, null and empty lists are the same, as they are to Kubernetes. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const fields = Object.entries(value)
    .filter(
      ([, field]) => field !== undefined && field !== null && !(Array.isArray(field) && field.length === 0),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`);
  return `{${fields.join(',')}}`;
}

/** Whether both have the same {@link canonicalJson}, without writing it. */
export function alike(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || a === undefined) return b === null || b === undefined;
  if (typeof a !== 'object' || typeof b !== 'object' || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!alike(a[i], b[i])) return false;
    return true;
  }
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
  for (const name in x) {
    const [left, right] = [x[name], y[name]];
    if (!alike(left, right) && !(isAbsent(left) && isAbsent(right))) return false;
  }
  for (const name in y) if (!(name in x) && !isAbsent(y[name])) return false;
  return true;
}

const isAbsent = (field: unknown) =>
  field === undefined || field === null || (Array.isArray(field) && field.length === 0);

// Objects of the cache are frozen and shared, so one text per template is enough.
const texts = new WeakMap<V1PodTemplateSpec, string>();

/** The template as text, without the hash label: equal texts mean equal templates. */
export function templateText(template: V1PodTemplateSpec): string {
  const known = texts.get(template);
  if (known !== undefined) return known;
  const { labels, annotations, creationTimestamp: _, ...metadata } = template.metadata ?? {};
  const { [templateHashLabel]: __, ...rest } = labels ?? {};
  const text = canonicalJson({
    ...template,
    metadata: {
      ...metadata,
      ...(Object.keys(rest).length > 0 ? { labels: rest } : {}),
      ...(annotations && Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
  });
  if (Object.isFrozen(template)) texts.set(template, text);
  return text;
}

/** 32-bit FNV-1a over UTF-8. */
export function fnv32a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

/** Value of the hash label; `collisionCount` makes another one when the name that follows from it is taken. */
export function templateHash(template: V1PodTemplateSpec, collisionCount: number): string {
  const hash = fnv32a(templateText(template) + (collisionCount > 0 ? `\n${collisionCount}` : ''));
  return safeEncode(String(hash).padStart(8, '0'));
}
