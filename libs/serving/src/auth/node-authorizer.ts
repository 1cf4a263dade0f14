import { isStatus } from '@gantry/base';
import { kinds, parseFieldSelector, type Kind, type Stored, type V1Pod } from '@gantry/api';
import { podReferences } from '@gantry/link';
import type { State } from '@gantry/state';
import { nodeOf } from './authenticator.ts';
import { allow, noOpinion, type AccessRequest, type Authorizer, type Decision } from './authorizer.ts';
import { ruleAllows, type PolicyRule } from './rules.ts';

const read = ['get', 'list', 'watch'] as const;

/** What every node may do, whichever it is. */
const common: readonly PolicyRule[] = [
  { verbs: read, groups: [''], resources: ['services', 'nodes'] },
  { verbs: read, groups: ['discovery.k8s.io'], resources: ['endpointslices'] },
  { verbs: ['create', 'patch', 'update'], groups: ['', 'events.k8s.io'], resources: ['events'] },
  { verbs: ['create'], groups: [''], resources: ['nodes'] },
  // NodeRestriction sees to it that these are its own.
  { verbs: ['create'], groups: [''], resources: ['pods'] },
  { verbs: ['create'], groups: ['coordination.k8s.io'], resources: ['leases'], namespace: 'kube-node-lease' },
  { verbs: ['get'], paths: ['/healthz', '/version', '/api', '/api/*', '/apis', '/apis/*'] },
];

/**
 * Nodes (`CN=system:node:<name>, O=system:nodes`) read and write what belongs to them: their own Node and Lease, the pods bound
 * to them, and the Secrets and ConfigMaps that those pods name (kubernetes.io/docs/reference/access-authn-authz/node).
 */
export function nodeAuthorizer(state: State): Authorizer {
  return {
    authorize(request) {
      const node = nodeOf(request.user);
      if (node === undefined) return noOpinion;
      if (common.some((rule) => ruleAllows(rule, request))) return allow;
      return authorizeNode(state, node, request);
    },
  };
}

async function authorizeNode(state: State, node: string, request: AccessRequest): Promise<Decision> {
  const { group, resource, verb, name, subresource } = request;
  if (!request.isResource) return noOpinion;
  if (group === '' && resource === 'nodes')
    return name === node &&
      ['update', 'patch'].includes(verb) &&
      (subresource === '' || subresource === 'status')
      ? allow
      : no(
          `node ${JSON.stringify(node)} cannot ${verb} ${name ? `node ${JSON.stringify(name)}` : 'all nodes'}`,
        );
  if (group === 'coordination.k8s.io' && resource === 'leases')
    return name === node &&
      request.namespace === 'kube-node-lease' &&
      ['get', 'update', 'patch', 'delete'].includes(verb)
      ? allow
      : no('can only access node lease with the same name as the requesting node');
  if (group !== '') return noOpinion;
  if (resource === 'pods') return authorizePod(state, node, request);
  if (resource === 'secrets' || resource === 'configmaps') {
    if (subresource || !read.some((each) => each === verb)) return noOpinion;
    // The same name in another namespace is another's.
    if (!request.namespace) return no('can only read namespaced object of this type');
    // One object at a time, by name: a list would show others'.
    const wanted = name || required(kinds[resource === 'secrets' ? 'secret' : 'configMap'], request, byName);
    if (!wanted) return no('can only list or watch objects named in the field selector');
    return (await refers(state, node, request, wanted))
      ? allow
      : no(`no relationship found between node ${JSON.stringify(node)} and this object`);
  }
  return noOpinion;
}

async function authorizePod(state: State, node: string, request: AccessRequest): Promise<Decision> {
  const { verb, name, namespace, subresource } = request;
  if ((verb === 'list' || verb === 'watch') && !subresource)
    return required(kinds.pod, request, 'spec.nodeName') === node
      ? allow
      : no(`can only list or watch pods with spec.nodeName=${node}`);
  const ownPart =
    (subresource === '' && (verb === 'get' || verb === 'delete')) ||
    (subresource === 'status' && (verb === 'get' || verb === 'update' || verb === 'patch'));
  if (!ownPart || !name) return noOpinion;
  try {
    const { object } = await state.get(kinds.pod, { namespace, name });
    if (object.spec.nodeName === node) return allow;
  } catch (error) {
    if (!isStatus(error, 'NotFound')) throw error;
  }
  return no(`no relationship found between node ${JSON.stringify(node)} and this object`);
}

const no = (reason: string): Decision => ({ verdict: 'no opinion', reason });

const byName = 'metadata.name';

/** What a field must be equal to for an object to be selected; read as the list itself reads it, for a text may look otherwise. */
function required(kind: Kind, { fieldSelector }: AccessRequest, field: string): string | undefined {
  try {
    const terms = parseFieldSelector(kind, fieldSelector ?? '');
    return terms.find((term) => term.field === field && term.operator === '=')?.value;
  } catch {
    return undefined;
  }
}

/** Whether a pod on the node names the object. */
async function refers(state: State, node: string, request: AccessRequest, name: string): Promise<boolean> {
  const { entries } = await state.list(kinds.pod, {
    namespace: request.namespace,
    fieldSelector: `spec.nodeName=${node}`,
    resourceVersion: '0',
  });
  return entries.some(({ object }: { object: Stored<V1Pod> }) =>
    podReferences(object).some((each) => each.resource === request.resource && each.name === name),
  );
}
