import { StatusError, timestamp } from '@gantry/base';
import { apiVersionOf, decode, kinds, type V1Binding, type V1Pod } from '@gantry/api';
import { modify, type WriteOptions } from '@gantry/state';
import type { Handler } from '../context.ts';
import { readBody } from '../request/body.ts';
import { writeOptionsOf } from '../request/options.ts';
import { parseBody } from '../request/parse-body.ts';

/** `pods/binding`: the scheduler's verdict. A pod is bound once; binding it again, even to the same node, is a Conflict. */
export const bindPod: Handler = async (exchange, context) => {
  const { value } = await parseBody(await readBody(exchange.req), exchange.req.headers['content-type']);
  const binding = bindingOf(value);
  const { namespace, name } = exchange.info;
  if (binding.metadata?.name && binding.metadata.name !== name)
    throw StatusError.badRequest('name in URL does not match name in Binding object');
  const { target } = binding;
  if (target?.kind && target.kind !== 'Node')
    throw invalidBinding(
      name,
      'target.kind',
      `Unsupported value: ${JSON.stringify(target.kind)}: supported values: "Node"`,
    );
  if (!target?.name) throw invalidBinding(name, 'target.name', 'Required value');

  const options: WriteOptions = { ...writeOptionsOf(exchange, 'CreateOptions'), subresource: 'binding' };
  const uid = binding.metadata?.uid;
  const nowText = timestamp(context.clock.now());
  await modify(
    context.state,
    kinds.pod,
    { namespace, name },
    (pod) => {
      if (uid && uid !== pod.metadata.uid)
        throw conflict(
          name,
          `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${pod.metadata.uid}`,
        );
      bind(pod, target.name!, binding, nowText);
    },
    options,
  );
  await exchange.sendObject(201, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    code: 201,
  });
};

function bindingOf(value: unknown): V1Binding {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw StatusError.badRequest('the object provided is unrecognized (must be of type Binding)');
  const { kind = 'Binding', apiVersion = 'v1' } = value as Record<string, unknown>;
  if (kind !== 'Binding' || apiVersion !== apiVersionOf(kinds.pod))
    throw StatusError.badRequest('the body must be a Binding of v1');
  const { errors } = decode('V1Binding', value);
  if (errors[0] !== undefined)
    throw StatusError.badRequest(`Binding in version "v1" cannot be handled as a Binding: ${errors[0]}`);
  return value as V1Binding;
}

/** As upstream's `setPodHostAndAnnotations` (pkg/registry/core/pod/storage). */
function bind(pod: V1Pod, nodeName: string, binding: V1Binding, nowText: string): void {
  const name = pod.metadata.name ?? '';
  if (pod.metadata.deletionTimestamp)
    throw conflict(name, `pod ${name} is being deleted, cannot be assigned to a host`);
  if (pod.spec.nodeName)
    throw conflict(name, `pod ${name} is already assigned to node ${JSON.stringify(pod.spec.nodeName)}`);
  if (pod.spec.schedulingGates?.length)
    throw conflict(name, `pod ${name} has non-empty .spec.schedulingGates`);
  pod.spec.nodeName = nodeName;
  if (binding.metadata?.annotations)
    pod.metadata.annotations = { ...pod.metadata.annotations, ...binding.metadata.annotations };
  const conditions = (pod.status?.conditions ?? []).filter(({ type }) => type !== 'PodScheduled');
  conditions.push({ type: 'PodScheduled', status: 'True', lastTransitionTime: nowText });
  pod.status = { ...pod.status, conditions };
}

function conflict(name: string, why: string): StatusError {
  return StatusError.conflict({ group: '', resource: 'pods/binding' }, name, why);
}

function invalidBinding(name: string, field: string, message: string): StatusError {
  return new StatusError('Invalid', `Binding ${JSON.stringify(name)} is invalid: ${field}: ${message}`, {
    details: {
      kind: 'Binding',
      name,
      causes: [
        {
          reason: message.startsWith('Required') ? 'FieldValueRequired' : 'FieldValueNotSupported',
          message,
          field,
        },
      ],
    },
  });
}
