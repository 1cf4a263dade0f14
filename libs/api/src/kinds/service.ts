import { ageColumn, nameColumn } from '../columns.ts';
import { defineKind } from '../define-kind.ts';
import type { V1Service } from '../gen/types.ts';
import { formatLabelSelector } from '../label-selector.ts';
import { dns1035Label } from '../validation/names.ts';
import { keepAllocated, serviceDefaults } from '../services/defaults.ts';
import { validateService, validateServiceUpdate } from '../services/validate.ts';
import { serviceWarnings } from '../services/warnings.ts';

export const service = defineKind<V1Service>({
  kind: 'Service',
  plural: 'services',
  createdByUpdate: true,
  shortNames: ['svc'],
  categories: ['all'],
  name: dns1035Label,
  storagePrefix: 'services/specs',
  subresources: { status: true },
  defaults: serviceDefaults,
  prepareForCreate(service) {
    service.status = { loadBalancer: {} };
  },
  prepareForUpdate(service, old, subresource) {
    if (subresource !== 'status') keepAllocated(service, old);
  },
  validate: validateService,
  validateUpdate: validateServiceUpdate,
  warnings: (service, _, subresource) => (subresource ? [] : serviceWarnings(service)),
  selectableFields: {
    'spec.clusterIP': (service) => service.spec.clusterIP ?? '',
    'spec.type': (service) => service.spec.type ?? '',
  },
  columns: [
    nameColumn,
    { name: 'Type', type: 'string', value: ({ spec }) => spec.type ?? '' },
    {
      name: 'Cluster-IP',
      type: 'string',
      value: ({ spec }) => spec.clusterIPs?.[0] || spec.clusterIP || '<none>',
    },
    { name: 'External-IP', type: 'string', value: externalAddress },
    {
      name: 'Port(s)',
      type: 'string',
      value: ({ spec }) =>
        (spec.ports ?? [])
          .map(({ port, nodePort, protocol }) => `${port}${nodePort ? `:${nodePort}` : ''}/${protocol}`)
          .join(',') || '<none>',
    },
    ageColumn,
    {
      name: 'Selector',
      type: 'string',
      priority: 1,
      value: ({ spec }) => formatLabelSelector({ matchLabels: spec.selector ?? {} }),
    },
  ],
});

/** Source: `pkg/printers/internalversion/printers.go` getServiceExternalIP. */
function externalAddress({ spec, status }: V1Service): string {
  const named = spec.externalIPs ?? [];
  if (spec.type === 'ExternalName') return spec.externalName ?? '';
  if (spec.type === 'ClusterIP' || spec.type === 'NodePort') return named.join(',') || '<none>';
  if (spec.type !== 'LoadBalancer') return '<unknown>';
  const given = (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || hostname || '');
  return [...[...new Set(given)].filter(Boolean).sort(), ...named].join(',') || '<pending>';
}
