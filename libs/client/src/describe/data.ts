import type { Stored, V1ConfigMap, V1Secret } from '@gantry/api';
import { labelsOf } from './common.ts';
import type { DescriptionWriter } from './writer.ts';

/** The entries as they are, each under its key. */
export function describeConfigMap(out: DescriptionWriter, map: Stored<V1ConfigMap>): void {
  labelsOf(out, map);
  out.line('');
  out.line('Data');
  out.line('====');
  for (const [key, value] of Object.entries(map.data ?? {})) {
    out.title(key);
    out.line('----');
    for (const line of value.split('\n')) out.line(line);
    out.line('');
  }
  out.line('');
  out.line('BinaryData');
  out.line('====');
  for (const [key, value] of Object.entries(map.binaryData ?? {})) out.line(`${key}: ${sizeOf(value)} bytes`);
}

/** Only how long the entries are: a description may be looked at over somebody's shoulder. */
export function describeSecret(out: DescriptionWriter, secret: Stored<V1Secret>): void {
  labelsOf(out, secret);
  out.field('Type', secret.type);
  out.line('');
  out.line('Data');
  out.line('====');
  for (const [key, value] of Object.entries(secret.data ?? {})) out.field(key, `${sizeOf(value)} bytes`);
}

const sizeOf = (base64: string) => Buffer.from(base64, 'base64').length;
