import { ageColumn, nameColumn } from '../columns.ts';
import { defineKind } from '../define-kind.ts';
import type { V1Secret } from '../gen/types.ts';
import { equal, isObject, setOwn } from '../json.ts';
import { forbidden, immutable, invalid, required, tooLong } from '../validation/causes.ts';
import { configKey } from '../validation/names.ts';
import { check, type Causes } from '../validation/numbers.ts';

const mostBytes = 1024 * 1024;

export const secret = defineKind<V1Secret>({
  kind: 'Secret',
  plural: 'secrets',
  defaults(secret) {
    secret.type ||= 'Opaque';
    // What is written as text is kept, and shown, encoded.
    if (!secret.stringData) return;
    const data = (secret.data ??= {});
    for (const key of Object.keys(secret.stringData))
      setOwn(data, key, Buffer.from(secret.stringData[key]!).toString('base64'));
    delete secret.stringData;
  },
  validate(secret) {
    const causes: Causes = [];
    const data = secret.data ?? {};
    let sizeBytes = 0;
    for (const key in data) {
      check(causes, `data[${key}]`, key, configKey);
      sizeBytes += Buffer.byteLength(data[key]!, 'base64');
    }
    if (sizeBytes > mostBytes) causes.push(tooLong('data', mostBytes));
    validateType(causes, secret, data);
    return causes;
  },
  validateUpdate(secret, old) {
    const causes: Causes = [];
    if (secret.type !== old.type) causes.push(immutable('type', secret.type));
    if (!old.immutable) return causes;
    const fixed = 'field is immutable when `immutable` is set';
    if (!secret.immutable) causes.push(forbidden('immutable', fixed));
    if (!equal(secret.data ?? {}, old.data ?? {})) causes.push(forbidden('data', fixed));
    return causes;
  },
  selectableFields: { type: (secret) => secret.type ?? '' },
  columns: [
    nameColumn,
    { name: 'Type', type: 'string', value: (secret) => secret.type ?? '' },
    { name: 'Data', type: 'string', value: ({ data = {} }) => Object.keys(data).length },
    ageColumn,
  ],
});

const accountAnnotation = 'kubernetes.io/service-account.name';

/** What each type of secret must hold (`pkg/apis/core/validation` ValidateSecret). */
function validateType(causes: Causes, secret: V1Secret, data: Record<string, string>): void {
  const needs = (key: string) => {
    if (!Object.hasOwn(data, key)) causes.push(required(`data[${key}]`));
  };
  const json = (key: string) => {
    if (!Object.hasOwn(data, key)) return void causes.push(required(`data[${key}]`));
    const wrong = whyNoJsonObject(Buffer.from(data[key]!, 'base64').toString());
    if (wrong) causes.push(invalid(`data[${key}]`, '<secret contents redacted>', wrong));
  };
  switch (secret.type) {
    case 'kubernetes.io/service-account-token':
      if (!secret.metadata.annotations?.[accountAnnotation])
        causes.push(required(`metadata.annotations[${accountAnnotation}]`));
      break;
    case 'kubernetes.io/dockercfg':
      json('.dockercfg');
      break;
    case 'kubernetes.io/dockerconfigjson':
      json('.dockerconfigjson');
      break;
    case 'kubernetes.io/basic-auth':
      if (!Object.hasOwn(data, 'username') && !Object.hasOwn(data, 'password')) {
        needs('username');
        needs('password');
      }
      break;
    case 'kubernetes.io/ssh-auth':
      if (!data['ssh-privatekey']) causes.push(required('data[ssh-privatekey]'));
      break;
    case 'kubernetes.io/tls':
      needs('tls.crt');
      needs('tls.key');
      break;
  }
}

/** Why Go would not read a text as a map; null is an empty one. */
function whyNoJsonObject(text: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const first = /^[ \t\r\n]*([^]?)/.exec(text)![1]!;
    // Where a text breaks off or goes wrong later, its reader's own words would tell what it holds.
    return first === '' || first === '{' || first === '['
      ? 'unexpected end of JSON input'
      : `invalid character ${first === "'" ? "'\\''" : `'${first}'`} looking for beginning of value`;
  }
  if (value === null || isObject(value)) return undefined;
  const found = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return `json: cannot unmarshal ${found} into Go value of type map[string]interface {}`;
}
