import type { KubeObject } from '@gantry/api';
import { printGo } from '../output/go-template.ts';
import { eventsOf, labelsOf, nameAndNamespace, type Surroundings } from './common.ts';
import type { DescriptionWriter } from './writer.ts';

/** Told before the outline, or of no interest to people. */
const skipped = new Set(['managedFields', 'name', 'namespace', 'labels', 'annotations']);

/** Any object's members, one below the other: for kinds without a description of their own. */
export function describeOutline(out: DescriptionWriter, object: KubeObject, around: Surroundings): void {
  nameAndNamespace(out, object);
  labelsOf(out, object);
  const members = Object.entries(object.metadata).filter(([key]) => !skipped.has(key));
  outline(out, 0, { ...object, metadata: Object.fromEntries(members) });
  eventsOf(out, around);
}

function outline(out: DescriptionWriter, level: number, object: object): void {
  for (const [key, value] of Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const label = `${labelFor(key)}:`;
    if (typeof value !== 'object' || value === null) {
      out.row(level, label, value === null ? '<nil>' : printGo(value));
      continue;
    }
    out.row(level, label);
    if (!Array.isArray(value)) outline(out, level + 1, value as object);
    else
      for (const item of value as unknown[])
        if (typeof item === 'object' && item !== null && !Array.isArray(item)) outline(out, level + 1, item);
        else out.row(level + 1, printGo(item));
  }
}

const acronyms = new Set(['API', 'URL', 'UID', 'GUID']);

/** `apiVersion` as `API Version`; what has more than letters stays as it is. */
function labelFor(field: string): string {
  if (!/^[\p{L}-]+$/u.test(field)) return field;
  return (field.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lu}+|-/gu) ?? [field])
    .map((part) =>
      acronyms.has(part.toUpperCase()) ? part.toUpperCase() : part.charAt(0).toUpperCase() + part.slice(1),
    )
    .join(' ');
}
