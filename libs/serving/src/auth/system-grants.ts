import type { Grants, PolicyRule } from './rules.ts';

/**
 * What the parts of the control plane and every authenticated user may do: upstream's bootstrap roles (`system:kube-scheduler`,
 * the `system:controller:*` roles, `system:discovery`, `system:basic-user`; kubernetes `plugin/pkg/auth/authorizer/rbac/bootstrappolicy`)
 * over the kinds that are served.
 */
const read = ['get', 'list', 'watch'] as const;
const write = ['create', 'update', 'patch', 'delete'] as const;
const events: PolicyRule = {
  verbs: ['create', 'patch', 'update'],
  groups: ['', 'events.k8s.io'],
  resources: ['events'],
};
const leaderLease = (name: string): PolicyRule[] => [
  { verbs: ['create'], groups: ['coordination.k8s.io'], resources: ['leases'], namespace: 'kube-system' },
  {
    verbs: ['get', 'list', 'watch', 'update', 'patch'],
    groups: ['coordination.k8s.io'],
    resources: ['leases'],
    names: [name],
    namespace: 'kube-system',
  },
];

const scheduler: PolicyRule[] = [
  events,
  ...leaderLease('kube-scheduler'),
  { verbs: read, groups: [''], resources: ['nodes', 'namespaces', 'services', 'replicationcontrollers'] },
  { verbs: ['delete', ...read], groups: [''], resources: ['pods'] },
  { verbs: ['create'], groups: [''], resources: ['pods/binding', 'bindings'] },
  { verbs: ['patch', 'update'], groups: [''], resources: ['pods/status'] },
  { verbs: read, groups: ['apps'], resources: ['replicasets', 'statefulsets'] },
  { verbs: read, groups: ['policy'], resources: ['poddisruptionbudgets'] },
  { verbs: read, groups: [''], resources: ['persistentvolumeclaims', 'persistentvolumes'] },
  { verbs: read, groups: ['storage.k8s.io'], resources: ['*'] },
];

const controllerManager: PolicyRule[] = [
  events,
  ...leaderLease('kube-controller-manager'),
  // The garbage collector and the namespace controller look at and remove every kind.
  {
    verbs: ['get', 'list', 'watch', 'patch', 'update', 'delete', 'deletecollection'],
    groups: ['*'],
    resources: ['*'],
  },
  {
    verbs: ['create'],
    groups: [''],
    resources: ['pods', 'endpoints', 'serviceaccounts', 'configmaps', 'secrets'],
  },
  { verbs: ['create'], groups: ['apps'], resources: ['replicasets', 'controllerrevisions'] },
  { verbs: ['create'], groups: ['discovery.k8s.io'], resources: ['endpointslices'] },
  {
    verbs: ['update', 'patch'],
    groups: [''],
    resources: ['namespaces/finalize', 'namespaces/status', 'nodes/status', 'pods/status', 'services/status'],
  },
  { verbs: ['update', 'patch'], groups: ['apps'], resources: ['*'] },
  { verbs: ['create'], groups: [''], resources: ['serviceaccounts/token', 'pods/eviction'] },
];

const everybody: PolicyRule[] = [
  {
    verbs: ['get'],
    paths: [
      ...['/healthz', '/healthz/*', '/livez', '/livez/*', '/readyz', '/readyz/*', '/version', '/version/'],
      ...['/api', '/api/*', '/apis', '/apis/*', '/openapi', '/openapi/*'],
    ],
  },
  {
    verbs: ['create'],
    groups: ['authorization.k8s.io'],
    resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
  },
  { verbs: ['create'], groups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'] },
];

const health: PolicyRule[] = [
  {
    verbs: ['get'],
    paths: ['/healthz', '/healthz/*', '/livez', '/livez/*', '/readyz', '/readyz/*'],
  },
];

const monitoring: PolicyRule[] = [{ verbs: ['get'], paths: ['/metrics', '/metrics/*'] }, ...health];

export const systemGrants: Grants = {
  users: {
    'system:kube-scheduler': scheduler,
    'system:kube-controller-manager': [
      ...controllerManager,
      { verbs: write, groups: ['coordination.k8s.io'], resources: ['leases'] },
    ],
  },
  groups: {
    'system:authenticated': everybody,
    'system:unauthenticated': health,
    'system:monitoring': monitoring,
  },
};
