import { describe, expect, it } from 'vitest';
import { kindList, loadSchemas } from '@gantry/api';
import { openapi } from '@gantry/proto/openapi';
import { Discovery } from '../discovery/discovery.ts';
import { reviewResources } from '../reviews/reviews.ts';
import { storedResource } from '../stored-resource.ts';
import { ModelNames } from './names.ts';
import { OpenApi } from './openapi.ts';

const resources = [...kindList.map(storedResource), ...reviewResources];
const { groupVersions } = new Discovery(resources, 'host:1');
const documents = new OpenApi(groupVersions, '1.2.3');

interface Document {
  paths: Record<string, Record<string, { parameters?: { name: string }[] }>>;
  components: { schemas: Record<string, Record<string, unknown>> };
  definitions: Record<string, Record<string, unknown>>;
}
const parse = (body: Uint8Array) => JSON.parse(Buffer.from(body).toString()) as Document;
const references = (value: unknown) =>
  [...JSON.stringify(value).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target!);

describe('the schemas that are published', () => {
  it.each(groupVersions.map((each) => [each.group || 'core', each] as const))(
    'of %s have no reference that leads nowhere',
    async (_, groupVersion) => {
      const document = parse((await documents.v3(groupVersion)).body);
      const names = Object.keys(document.components.schemas);
      for (const target of references(document))
        expect(names).toContain(target.replace('#/components/schemas/', ''));
      for (const name of names) expect(name).toMatch(/^io\.k8s\.[\w.-]+\.v\d\w*\.\w+$/);
    },
  );

  it('have upstream’s names', async () => {
    const names = new ModelNames(await loadSchemas(), resources);
    expect(names.of('V1Pod')).toBe('io.k8s.api.core.v1.Pod');
    expect(names.of('V1PodTemplateSpec')).toBe('io.k8s.api.core.v1.PodTemplateSpec');
    expect(names.of('V1DeploymentStrategy')).toBe('io.k8s.api.apps.v1.DeploymentStrategy');
    expect(names.of('V1ObjectMeta')).toBe('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta');
    expect(names.of('V1Lease')).toBe('io.k8s.api.coordination.v1.Lease');
    expect(names.of('V1Scale')).toBe('io.k8s.api.autoscaling.v1.Scale');
    expect(names.of('DiscoveryV1EndpointPort')).toBe('io.k8s.api.discovery.v1.EndpointPort');
    expect(names.of('CoreV1EndpointPort')).toBe('io.k8s.api.core.v1.EndpointPort');
  });

  it('say which kinds they are and that fields are validated here, for kubectl looks there', async () => {
    const core = parse((await documents.v3(groupVersions.find(({ group }) => group === '')!)).body);
    expect(core.components.schemas['io.k8s.api.core.v1.Pod']!['x-kubernetes-group-version-kind']).toEqual([
      { group: '', version: 'v1', kind: 'Pod' },
    ]);
    const patch = core.paths['/api/v1/namespaces/{namespace}/pods/{name}']!['patch']!;
    expect(patch.parameters!.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['fieldValidation', 'dryRun', 'fieldManager', 'force']),
    );
  });

  it('are the same in version 2, as JSON and as gnostic’s protobuf', async () => {
    const document = parse((await documents.v2('json')).body);
    for (const target of references(document))
      expect(Object.keys(document.definitions)).toContain(target.replace('#/definitions/', ''));
    const message = openapi.v2.Document.decode((await documents.v2('gnostic')).body);
    const named = message.definitions!.additionalProperties!;
    expect(named.map(({ name }) => name)).toEqual(Object.keys(document.definitions));
    const pod = named.find(({ name }) => name === 'io.k8s.api.core.v1.PodSpec')!.value!;
    const containers = pod.properties!.additionalProperties!.find(
      ({ name }) => name === 'containers',
    )!.value!;
    expect(containers.items!.schema![0]!.ref).toBe('#/definitions/io.k8s.api.core.v1.Container');
    expect(containers.vendorExtension!.map(({ name, value }) => `${name}=${value!.yaml}`)).toContain(
      'x-kubernetes-patch-merge-key="name"\n',
    );
    expect(message.paths!.path!.map(({ name }) => name)).toContain(
      '/apis/apps/v1/namespaces/{namespace}/deployments/{name}',
    );
  });
});
