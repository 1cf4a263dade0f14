import { describe, expect, it } from 'vitest';
import type { V1Container, V1PodSpec, V1PodStatus } from '../gen/types.ts';
import { podDefaults } from './defaults.ts';

function defaulted(spec: Partial<V1PodSpec>, container: Partial<V1Container> = {}): V1PodSpec {
  const pod = { metadata: {}, spec: { containers: [{ name: 'a', image: 'x:1', ...container }], ...spec } };
  podDefaults(pod);
  return pod.spec;
}

describe('the defaults of a pod', () => {
  it("are upstream's", () => {
    expect(defaulted({})).toEqual({
      restartPolicy: 'Always',
      dnsPolicy: 'ClusterFirst',
      schedulerName: 'default-scheduler',
      terminationGracePeriodSeconds: 30,
      securityContext: {},
      enableServiceLinks: true,
      containers: [
        {
          name: 'a',
          image: 'x:1',
          imagePullPolicy: 'IfNotPresent',
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
          resources: {},
        },
      ],
    });
  });

  it.each([
    ['x', 'Always'],
    ['x:latest', 'Always'],
    ['host:5000/x', 'Always'],
    ['host:5000/x:1', 'IfNotPresent'],
    [`x@sha256:${'0'.repeat(64)}`, 'IfNotPresent'],
    [`x:latest@sha256:${'0'.repeat(64)}`, 'Always'],
  ])('%s is pulled %s', (image, policy) => {
    expect(defaulted({}, { image }).containers[0]!.imagePullPolicy).toBe(policy);
  });

  it('leave alone what is named', () => {
    const spec = defaulted(
      { terminationGracePeriodSeconds: 0, restartPolicy: 'Never' },
      { imagePullPolicy: 'Never' },
    );
    expect(spec).toMatchObject({
      terminationGracePeriodSeconds: 0,
      restartPolicy: 'Never',
      containers: [{ imagePullPolicy: 'Never' }],
    });
  });

  it.each<[string, string]>([
    ['0.0001', '1m'],
    ['1500u', '2m'],
    ['100n', '1m'],
    ['1e-4', '1e-3'],
    ['0.5', '500m'],
    ['-0.0001', '-1m'],
    ['1.5Gi', '1536Mi'],
    ['many', 'many'],
  ])('an amount of %s is rounded up to thousandths: %s', (written, kept) => {
    const { resources } = defaulted({}, { resources: { requests: { cpu: written } } }).containers[0]!;
    expect(resources).toEqual({ requests: { cpu: kept } });
  });

  it('give an ephemeral container neither ports of the host nor requests', () => {
    const spec = defaulted({
      hostNetwork: true,
      initContainers: [{ name: 'i', ports: [{ containerPort: 1 }] }],
      ephemeralContainers: [
        { name: 'e', ports: [{ containerPort: 1 }], resources: { limits: { cpu: '1' } } },
      ],
    });
    expect(spec.initContainers![0]!.ports).toEqual([{ containerPort: 1, hostPort: 1, protocol: 'TCP' }]);
    expect(spec.ephemeralContainers![0]).toMatchObject({
      ports: [{ containerPort: 1, protocol: 'TCP' }],
      resources: { limits: { cpu: '1' } },
    });
    expect(spec.ephemeralContainers![0]!.resources).not.toHaveProperty('requests');
  });

  it.each<[string, V1PodSpec['resources'], V1Container['resources'], V1PodSpec['resources']]>([
    [
      'requests are those of the containers',
      { limits: { cpu: '2', memory: '1Gi' } },
      { requests: { cpu: '500m' } },
      { limits: { cpu: '2', memory: '1Gi' }, requests: { cpu: '500m', memory: '1Gi' } },
    ],
    [
      'requests are those of the containers, though no limit names them',
      { limits: { memory: '1Gi' } },
      { requests: { cpu: '500m' } },
      { limits: { memory: '1Gi' }, requests: { cpu: '500m', memory: '1Gi' } },
    ],
    [
      'huge pages of containers are limits of the pod',
      { requests: { cpu: '1' } },
      { limits: { 'hugepages-2Mi': '4Mi', cpu: '1' } },
      { requests: { cpu: '1', 'hugepages-2Mi': '4Mi' }, limits: { 'hugepages-2Mi': '4Mi' } },
    ],
  ])('of a pod as a whole: %s', (_, resources, ofContainer, expected) => {
    expect(defaulted({ resources: resources! }, { resources: ofContainer! }).resources).toEqual(expected);
  });

  it('keep the address of a pod in both its places', () => {
    const address = (status: V1PodStatus) => {
      const pod = { metadata: {}, spec: { containers: [] }, status };
      podDefaults(pod);
      return pod.status;
    };
    const one = { podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }] };
    expect(address({ podIP: '10.0.0.1' })).toEqual(one);
    expect(address({ podIPs: [{ ip: '10.0.0.1' }] })).toEqual(one);
    expect(address({ podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.2' }] })).toEqual(one);
  });

  it('take requests from limits, and write both canonically', () => {
    expect(
      defaulted({}, { resources: { limits: { cpu: '0.5', memory: '1024Mi' }, requests: { cpu: '0.25' } } })
        .containers[0]!.resources,
    ).toEqual({ limits: { cpu: '500m', memory: '1Gi' }, requests: { cpu: '250m', memory: '1Gi' } });
  });

  it('fill in probes, hooks, ports and references', () => {
    const [container] = defaulted(
      { hostNetwork: true },
      {
        ports: [{ containerPort: 80 }],
        livenessProbe: { httpGet: { port: 80 } },
        startupProbe: { grpc: { port: 1 } },
        lifecycle: { preStop: { httpGet: { port: 1 } } },
        env: [
          { name: 'a', valueFrom: { fieldRef: { fieldPath: 'x' } } },
          { name: 'b', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
        ],
      },
    ).containers;
    const probe = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 };
    expect(container).toMatchObject({
      ports: [{ containerPort: 80, hostPort: 80, protocol: 'TCP' }],
      livenessProbe: { ...probe, httpGet: { port: 80, path: '/', scheme: 'HTTP' } },
      startupProbe: { ...probe, grpc: { port: 1, service: '' } },
      lifecycle: { preStop: { httpGet: { path: '/', scheme: 'HTTP' } } },
      env: [
        { valueFrom: { fieldRef: { apiVersion: 'v1' } } },
        { valueFrom: { resourceFieldRef: { divisor: '0' } } },
      ],
    });
  });

  it('fill in volumes', () => {
    expect(
      defaulted({
        volumes: [
          { name: 'a' },
          { name: 'b', configMap: { name: 'x' } },
          { name: 'c', secret: { secretName: 'x', defaultMode: 0 } },
          { name: 'd', hostPath: { path: '/x' } },
          {
            name: 'e',
            projected: {
              sources: [
                { serviceAccountToken: { path: 't' } },
                { downwardAPI: { items: [{ path: 'p', fieldRef: { fieldPath: 'x' } }] } },
              ],
            },
          },
          { name: 'f', image: { reference: 'x' } },
        ],
      }).volumes,
    ).toEqual([
      { name: 'a', emptyDir: {} },
      { name: 'b', configMap: { name: 'x', defaultMode: 420 } },
      { name: 'c', secret: { secretName: 'x', defaultMode: 0 } },
      { name: 'd', hostPath: { path: '/x', type: '' } },
      {
        name: 'e',
        projected: {
          defaultMode: 420,
          sources: [
            { serviceAccountToken: { path: 't', expirationSeconds: 3600 } },
            { downwardAPI: { items: [{ path: 'p', fieldRef: { fieldPath: 'x', apiVersion: 'v1' } }] } },
          ],
        },
      },
      { name: 'f', image: { reference: 'x', pullPolicy: 'Always' } },
    ]);
  });

  it('know the service account by both its names, and pod-level requests', () => {
    expect(defaulted({ serviceAccount: 'bot' })).toMatchObject({
      serviceAccount: 'bot',
      serviceAccountName: 'bot',
    });
    expect(
      defaulted(
        { resources: { limits: { cpu: '2', memory: '1Gi' } } },
        { resources: { requests: { cpu: '1500m' } } },
      ).resources,
    ).toEqual({
      limits: { cpu: '2', memory: '1Gi' },
      requests: { cpu: '1500m', memory: '1Gi' },
    });
  });
});
