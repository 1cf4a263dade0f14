import type { Stored, V1Service } from '@gantry/api';
import { labelsOf, type Surroundings } from './common.ts';
import type { DescriptionWriter } from './writer.ts';

export function describeService(
  out: DescriptionWriter,
  service: Stored<V1Service>,
  { endpointSlices = [] }: Surroundings,
): void {
  const { spec, status } = service;
  labelsOf(out, service);
  out.map('Selector', spec.selector);
  out.field('Type', spec.type);
  out.field('IP Family Policy', spec.ipFamilyPolicy);
  out.field('IP Families', spec.ipFamilies?.join(','));
  out.field('IP', spec.clusterIP);
  out.field('IPs', spec.clusterIPs?.join(','));
  if (spec.externalIPs?.length) out.field('External IPs', spec.externalIPs.join(','));
  const ingress = status?.loadBalancer?.ingress?.map((each) => each.ip ?? each.hostname).join(', ');
  if (ingress) out.field('LoadBalancer Ingress', ingress);
  for (const port of spec.ports ?? []) {
    out.field('Port', `${port.name ?? '<unset>'}  ${port.port}/${port.protocol ?? 'TCP'}`);
    out.field('TargetPort', `${port.targetPort ?? port.port}/${port.protocol ?? 'TCP'}`);
    if (port.nodePort)
      out.field('NodePort', `${port.name ?? '<unset>'}  ${port.nodePort}/${port.protocol ?? 'TCP'}`);
    const addresses = endpointSlices.flatMap((slice) => {
      const number = slice.ports?.find((each) => (each.name ?? '') === (port.name ?? ''))?.port;
      return number === undefined
        ? []
        : (slice.endpoints ?? [])
            .filter((each) => each.conditions?.ready !== false)
            .flatMap((each) => each.addresses.map((address) => `${address}:${number}`));
    });
    out.field(
      'Endpoints',
      addresses.length > 3
        ? `${addresses.slice(0, 3).join(',')} + ${addresses.length - 3} more...`
        : addresses.join(','),
    );
  }
  out.field('Session Affinity', spec.sessionAffinity);
  out.field('Internal Traffic Policy', spec.internalTrafficPolicy);
}
