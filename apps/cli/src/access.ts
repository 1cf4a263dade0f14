import { columns, createObjectPrinter, parseOutput, UsageError } from '@gantry/client';
import type { KubeContext } from './context.ts';
import { write } from './context.ts';

/** Sends one of the server's questions (`…Review`) and returns its answer. */
async function ask<T>(
  { connection }: KubeContext,
  group: string,
  plural: string,
  body: { kind: string; spec?: object },
): Promise<T> {
  const answer = await connection.request({
    method: 'POST',
    path: `/apis/${group}/v1/${plural}`,
    body: { apiVersion: `${group}/v1`, metadata: {}, ...body },
  });
  return JSON.parse(answer.body.toString()) as T;
}

/** `auth whoami`. */
export async function whoAmI(context: KubeContext, output: string | undefined): Promise<void> {
  const review = await ask<{ status: { userInfo: { username?: string; uid?: string; groups?: string[] } } }>(
    context,
    'authentication.k8s.io',
    'selfsubjectreviews',
    { kind: 'SelfSubjectReview' },
  );
  const format = parseOutput(output);
  if (format.kind !== 'table') {
    const printer = createObjectPrinter(format);
    return write(printer.whole?.(review) ?? '', '');
  }
  const { username = '', uid, groups = [] } = review.status.userInfo;
  const rows = [
    ['ATTRIBUTE', 'VALUE'],
    ['Username', username],
    ...(uid ? [['UID', uid]] : []),
    ['Groups', `[${groups.join(' ')}]`],
  ];
  columns(rows).forEach((line) => write(line));
}

/** `auth can-i`: a resource with `-A`, a namespace or none, or a path. */
export async function mayI(
  context: KubeContext,
  {
    verb,
    resource = '',
    name,
    subresource,
    allNamespaces,
  }: {
    verb: string;
    resource?: string | undefined;
    name?: string | undefined;
    subresource?: string;
    allNamespaces?: boolean;
  },
): Promise<{ allowed: boolean; text: string }> {
  if (resource === '')
    throw new UsageError(
      "error: you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'gantry auth can-i -h' for help and examples.",
    );
  const [kind = '', inName] = resource.startsWith('/') ? [resource] : resource.split('/');
  const found =
    resource.startsWith('/') || kind === '*'
      ? undefined
      : await context.discovery.find(kind).catch(() => undefined);
  const attributes = resource.startsWith('/')
    ? { nonResourceAttributes: { verb, path: resource } }
    : {
        resourceAttributes: {
          verb,
          resource: found?.name ?? kind,
          group: found?.group ?? (kind === '*' ? '*' : ''),
          ...(subresource === undefined ? {} : { subresource }),
          ...((name ?? inName) === undefined ? {} : { name: name ?? inName }),
          ...(allNamespaces || found?.namespaced === false ? {} : { namespace: context.namespace }),
        },
      };
  const { status } = await ask<{ status: { allowed: boolean; reason?: string } }>(
    context,
    'authorization.k8s.io',
    'selfsubjectaccessreviews',
    {
      kind: 'SelfSubjectAccessReview',
      spec: attributes,
    },
  );
  if (!found && !resource.startsWith('/') && kind !== '*')
    process.stderr.write(`Warning: the server doesn't have a resource type '${kind}'\n\n`);
  const reason = !status.allowed && status.reason ? ` - ${status.reason}` : '';
  return { allowed: status.allowed, text: (status.allowed ? 'yes' : 'no') + reason };
}
