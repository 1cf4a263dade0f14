import { StatusError } from '@gantry/base';
import { decode } from '@gantry/api';
import type { UserInfo } from '@gantry/state';
import type { AccessRequest } from '../auth/authorizer.ts';
import type { Handler } from '../context.ts';
import type { Exchange } from '../exchange.ts';
import { readBody } from '../request/body.ts';
import { parseBody } from '../request/parse-body.ts';
import type { ServedResource } from '../resource.ts';

/** Questions that are asked by creating an object and answered in its status; nothing is stored. */

interface ReviewSpec {
  user?: string;
  uid?: string;
  groups?: string[];
  extra?: Record<string, string[]>;
  resourceAttributes?: {
    namespace?: string;
    verb?: string;
    group?: string;
    resource?: string;
    subresource?: string;
    name?: string;
  };
  nonResourceAttributes?: { path?: string; verb?: string };
}
interface Review {
  metadata?: { namespace?: string };
  spec?: ReviewSpec;
}

async function reviewOf(exchange: Exchange, group: string, kind: string): Promise<Review> {
  const { value } = await parseBody(await readBody(exchange.req), exchange.req.headers['content-type']);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw StatusError.badRequest(`the object provided is unrecognized (must be of type ${kind})`);
  const sent = value as Record<string, unknown>;
  if ((sent['kind'] ?? kind) !== kind || (sent['apiVersion'] ?? `${group}/v1`) !== `${group}/v1`)
    throw StatusError.badRequest(`the body must be a ${kind} of ${group}/v1`);
  const { errors } = decode(`V1${kind}`, sent);
  if (errors[0] !== undefined)
    throw StatusError.badRequest(`${kind} in version "v1" cannot be handled as a ${kind}: ${errors[0]}`);
  return sent as Review;
}

/** `kubectl auth can-i` asks for itself (Self…), authorizing proxies ask for others. */
function accessReview(kind: string, whose: 'own' | 'any', namespaced = false): Handler {
  return async (exchange, context) => {
    const review = await reviewOf(exchange, 'authorization.k8s.io', kind);
    const spec = review.spec ?? {};
    if (namespaced) checkNamespace(exchange, review);
    const user: UserInfo =
      whose === 'own'
        ? exchange.user
        : { name: spec.user ?? '', groups: spec.groups ?? [], ...(spec.extra ? { extra: spec.extra } : {}) };
    if (whose === 'any' && !user.name && user.groups.length === 0)
      throw invalidReview(
        kind,
        'spec.user',
        'Invalid value: "": at least one of user or group must be specified',
      );
    const decision = await context.authorizer.authorize(accessOf(spec, user, kind));
    await exchange.sendObject(201, {
      kind,
      apiVersion: 'authorization.k8s.io/v1',
      metadata: { creationTimestamp: null },
      spec,
      status: {
        allowed: decision.verdict === 'allow',
        ...(decision.verdict === 'deny' ? { denied: true } : {}),
        ...(decision.verdict !== 'allow' && decision.reason ? { reason: decision.reason } : {}),
      },
    });
  };
}

function accessOf(spec: ReviewSpec, user: UserInfo, kind: string): AccessRequest {
  const { resourceAttributes: resource, nonResourceAttributes: other } = spec;
  if (resource && other)
    throw invalidReview(
      kind,
      'spec.nonResourceAttributes',
      `Invalid value: ${JSON.stringify(other)}: cannot be specified in combination with resourceAttributes`,
    );
  if (!resource && !other)
    throw invalidReview(
      kind,
      'spec.resourceAttributes',
      'Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified',
    );
  return {
    user,
    verb: resource?.verb ?? other?.verb ?? '',
    isResource: resource !== undefined,
    group: resource?.group ?? '',
    resource: resource?.resource ?? '',
    subresource: resource?.subresource ?? '',
    namespace: resource?.namespace ?? '',
    name: resource?.name ?? '',
    path: other?.path ?? '',
  };
}

/** `pkg/apis/authorization/validation`. */
function invalidReview(kind: string, field: string, message: string): StatusError {
  const details = {
    group: 'authorization.k8s.io',
    kind,
    causes: [{ reason: 'FieldValueInvalid', field, message }],
  };
  return new StatusError('Invalid', `${kind}.authorization.k8s.io "" is invalid: ${field}: ${message}`, {
    details,
  });
}

/** What is asked in a namespace is about that namespace. */
function checkNamespace({ info }: Exchange, { metadata, spec }: Review): void {
  if (metadata?.namespace && metadata.namespace !== info.namespace)
    throw StatusError.badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  if (spec?.resourceAttributes && spec.resourceAttributes.namespace !== info.namespace)
    throw StatusError.badRequest(`spec.resourceAttributes.namespace must match namespace: ${info.namespace}`);
}

/** `kubectl auth whoami`. */
const whoAmI: Handler = async (exchange) => {
  await reviewOf(exchange, 'authentication.k8s.io', 'SelfSubjectReview');
  const { name, uid, groups, extra } = exchange.user;
  await exchange.sendObject(201, {
    kind: 'SelfSubjectReview',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { creationTimestamp: null },
    status: {
      userInfo: { username: name, ...(uid ? { uid } : {}), groups, ...(extra ? { extra } : {}) },
    },
  });
};

function virtual(group: string, kind: string, create: Handler, namespaced = false): ServedResource {
  const singular = kind.toLowerCase();
  return {
    type: { group, version: 'v1', kind },
    plural: `${singular}s`,
    singular,
    namespaced,
    shortNames: [],
    categories: [],
    handlers: { create },
    subresources: {},
  };
}

export const reviewResources: readonly ServedResource[] = [
  virtual('authentication.k8s.io', 'SelfSubjectReview', whoAmI),
  virtual('authorization.k8s.io', 'SelfSubjectAccessReview', accessReview('SelfSubjectAccessReview', 'own')),
  virtual('authorization.k8s.io', 'SubjectAccessReview', accessReview('SubjectAccessReview', 'any')),
  virtual(
    'authorization.k8s.io',
    'LocalSubjectAccessReview',
    accessReview('LocalSubjectAccessReview', 'any', true),
    true,
  ),
];
