import type { Stored, V1ConfigMap, V1Secret, V1ServiceAccount } from '@gantry/api';
import { eventsOf, labelsOf, nameAndNamespace, type Surroundings } from './common.ts';
import type { DescriptionWriter } from './writer.ts';

const sizeOf = (base64: string) => Buffer.from(base64, 'base64').length;

function title(out: DescriptionWriter, text: string): void {
  out.row(0);
  out.row(0, text);
  out.row(0, '='.repeat(4));
}

/** The entries as they are, each under its key. */
export function describeConfigMap(
  out: DescriptionWriter,
  map: Stored<V1ConfigMap>,
  around: Surroundings,
): void {
  const { data = {}, binaryData = {} } = map;
  nameAndNamespace(out, map);
  labelsOf(out, map);
  title(out, 'Data');
  for (const key of Object.keys(data).sort()) {
    out.row(0, `${key}:`);
    out.row(0, '----');
    out.row(0, data[key]);
    out.row(0);
  }
  title(out, 'BinaryData');
  for (const key of Object.keys(binaryData).sort()) out.row(0, `${key}: ${sizeOf(binaryData[key]!)} bytes`);
  out.row(0);
  eventsOf(out, around);
}

/** Only how long the entries are: a description may be looked at over somebody's shoulder. A token is told, as kubectl does. */
export function describeSecret(out: DescriptionWriter, secret: Stored<V1Secret>): void {
  const { type, data = {} } = secret;
  nameAndNamespace(out, secret);
  labelsOf(out, secret);
  out.row(0);
  out.row(0, 'Type:', type);
  title(out, 'Data');
  for (const key of Object.keys(data).sort()) {
    const isToken = key === 'token' && type === 'kubernetes.io/service-account-token';
    out.row(
      0,
      `${key}:`,
      isToken ? Buffer.from(data[key]!, 'base64').toString() : `${sizeOf(data[key]!)} bytes`,
    );
  }
}

export function describeServiceAccount(
  out: DescriptionWriter,
  account: Stored<V1ServiceAccount>,
  around: Surroundings,
): void {
  nameAndNamespace(out, account);
  labelsOf(out, account);
  out.list(
    0,
    'Image pull secrets',
    (account.imagePullSecrets ?? []).map(({ name = '' }) => name),
  );
  eventsOf(out, around);
}
