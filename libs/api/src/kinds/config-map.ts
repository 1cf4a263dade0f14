import { ageColumn, nameColumn } from '../columns.ts';
import { defineKind } from '../define-kind.ts';
import type { V1ConfigMap } from '../gen/types.ts';
import { equal } from '../json.ts';
import { forbidden, invalid, tooLong } from '../validation/causes.ts';
import { configKey } from '../validation/names.ts';
import { check, type Causes } from '../validation/numbers.ts';

/** What config maps and secrets may hold together, in bytes. */
const mostBytes = 1024 * 1024;

export const configMap = defineKind<V1ConfigMap>({
  kind: 'ConfigMap',
  plural: 'configmaps',
  shortNames: ['cm'],
  validate({ data = {}, binaryData = {} }) {
    const causes: Causes = [];
    let sizeBytes = 0;
    for (const key in data) {
      check(causes, `data[${key}]`, key, configKey);
      if (Object.hasOwn(binaryData, key))
        causes.push(invalid(`data[${key}]`, key, 'duplicate of key present in binaryData'));
      sizeBytes += Buffer.byteLength(data[key]!);
    }
    for (const key in binaryData) {
      check(causes, `binaryData[${key}]`, key, configKey);
      sizeBytes += Buffer.byteLength(binaryData[key]!, 'base64');
    }
    if (sizeBytes > mostBytes) causes.push(tooLong('[]', mostBytes));
    return causes;
  },
  validateUpdate(configMap, old) {
    const causes: Causes = [];
    if (!old.immutable) return causes;
    const fixed = 'field is immutable when `immutable` is set';
    if (!configMap.immutable) causes.push(forbidden('immutable', fixed));
    if (!equal(configMap.data ?? {}, old.data ?? {})) causes.push(forbidden('data', fixed));
    if (!equal(configMap.binaryData ?? {}, old.binaryData ?? {})) causes.push(forbidden('binaryData', fixed));
    return causes;
  },
  columns: [
    nameColumn,
    {
      name: 'Data',
      type: 'string',
      value: ({ data = {}, binaryData = {} }) => Object.keys(data).length + Object.keys(binaryData).length,
    },
    ageColumn,
  ],
});
