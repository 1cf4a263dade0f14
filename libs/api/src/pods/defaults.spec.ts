import { describe, expect, it } from 'vitest';
import type { V1Container, V1PodSpec } from '../gen/types.ts';
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
    [`x:latest@sha256:${'0'.repeat(64)}`, 'IfNotPresent'],
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
