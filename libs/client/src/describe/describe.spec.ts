import { describe as suite, expect, it } from 'vitest';
import type { CoreV1Event, Stored, V1Deployment, V1Node, V1Pod, V1ReplicaSet, V1Service } from '@gantry/api';
import { describe } from './describe.ts';

const nowMs = Date.parse('2026-01-02T03:04:05Z');
const metadata = (name: string, more: object = {}) => ({
  name,
  namespace: 'shop',
  uid: `uid-${name}`,
  resourceVersion: '1',
  creationTimestamp: '2026-01-02T03:00:00Z',
  ...more,
});
const lines = (text: string) => text.split('\n');

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: metadata('web', {
    labels: { app: 'web' },
    annotations: { note: 'x', 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
  }),
  spec: {
    nodeName: 'node-1',
    serviceAccountName: 'default',
    containers: [
      {
        name: 'main',
        image: 'r/app:1',
        command: ['sh', '-c', 'true'],
        ports: [{ containerPort: 80 }],
        resources: { requests: { cpu: '10m' }, limits: { memory: '64Mi' } },
        env: [{ name: 'PW', valueFrom: { secretKeyRef: { name: 'sec', key: 'pw' } } }],
        volumeMounts: [{ name: 'w', mountPath: '/w', readOnly: true }],
      },
    ],
    volumes: [{ name: 'w', configMap: { name: 'conf' } }],
    tolerations: [{ key: 'k', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }],
  },
  status: {
    phase: 'Running',
    hostIP: '172.30.0.2',
    podIP: '10.42.0.2',
    podIPs: [{ ip: '10.42.0.2' }],
    qosClass: 'Burstable',
    conditions: [{ type: 'Ready', status: 'True' }],
    containerStatuses: [
      {
        name: 'main',
        ready: true,
        restartCount: 2,
        image: '',
        imageID: 'sha256:1',
        containerID: 'gantry://1',
        state: { running: { startedAt: '2026-01-02T03:01:00Z' } },
        lastState: { terminated: { exitCode: 3, reason: 'Error' } },
      },
    ],
  },
} as unknown as Stored<V1Pod>;

const event = {
  type: 'Warning',
  reason: 'BackOff',
  message: 'Back-off\nrestarting',
  count: 4,
  firstTimestamp: '2026-01-02T03:02:00Z',
  lastTimestamp: '2026-01-02T03:03:05Z',
  source: { component: 'kubelet' },
  metadata: {},
} as unknown as CoreV1Event;

suite('describe', () => {
  it('tells of a pod what one looks for', () => {
    const text = describe(pod, { events: [event], nowMs });
    expect(text).toMatch(/^Name: +web\nNamespace: +shop$/m);
    expect(text).toMatch(/^Node: +node-1\/172\.30\.0\.2$/m);
    expect(text).toMatch(/^Status: +Running$/m);
    expect(text).toMatch(/^ {2}IP: +10\.42\.0\.2$/m);
    expect(text).toMatch(/^ {4}Container ID: +gantry:\/\/1$/m);
    expect(text).toMatch(/^ {4}State: +Running$/m);
    expect(text).toMatch(/^ {6}Exit Code: +3$/m);
    expect(text).toMatch(/^ {4}Restart Count: +2$/m);
    expect(text).toMatch(/^ {6}PW: +<set to the key 'pw' in secret 'sec'> {2}Optional: false$/m);
    expect(text).toMatch(/^ {6}\/w from w \(ro\)$/m);
    expect(text).toMatch(/^QoS Class: +Burstable$/m);
    expect(text).toMatch(/^Tolerations: +k:NoExecute op=Exists for 300s$/m);
    expect(text).toMatch(/^ {2}Warning +BackOff +60s \(x4 over 2m5s\) +kubelet +Back-off$/m);
    expect(text).not.toContain('last-applied');
  });

  it('says none where there is nothing', () => {
    const bare = {
      kind: 'Pod',
      metadata: metadata('bare'),
      spec: { containers: [] },
    } as unknown as Stored<V1Pod>;
    const text = describe(bare, { events: [], nowMs });
    expect(text).toMatch(/^Node: +<none>$/m);
    expect(text).toMatch(/^Labels: +<none>$/m);
    expect(text).toMatch(/^Events: +<none>$/m);
  });

  it('does not let an event steer the terminal', () => {
    const text = describe(pod, { events: [{ ...event, message: '\u001b]0;x\u0007' }], nowMs });
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it('adds up what the pods of a node want', () => {
    const node = {
      kind: 'Node',
      metadata: {
        ...metadata('node-1', { labels: { 'node-role.kubernetes.io/worker': '' } }),
        namespace: undefined,
      },
      spec: { podCIDR: '10.42.0.0/24', taints: [{ key: 'a', value: 'b', effect: 'NoSchedule' }] },
      status: {
        capacity: { cpu: '2', memory: '1Gi' },
        allocatable: { cpu: '1', memory: '1Gi' },
        conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'ready' }],
        nodeInfo: { kernelVersion: '6.1' },
      },
    } as unknown as Stored<V1Node>;
    const done = { ...pod, status: { phase: 'Succeeded' } } as unknown as Stored<V1Pod>;
    const text = describe(node, { events: [], nowMs, pods: [pod, done] });
    expect(text).toMatch(/^Roles: +worker$/m);
    expect(text).toMatch(/^Taints: +a=b:NoSchedule$/m);
    expect(text).toMatch(/^ {2}Kernel Version: +6\.1$/m);
    expect(text).toContain('(1 in total)');
    expect(text).toMatch(/^ {2}shop +web +10m \(1%\) +0 \(0%\) +0 \(0%\) +64Mi \(6%\) +4m5s$/m);
    expect(text).toMatch(/^ {2}cpu +10m \(1%\) +0 \(0%\)$/m);
  });

  it('lists the endpoints behind a service', () => {
    const service = {
      kind: 'Service',
      metadata: metadata('web'),
      spec: {
        type: 'NodePort',
        clusterIP: '10.43.0.9',
        selector: { app: 'web' },
        ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }],
      },
    } as unknown as Stored<V1Service>;
    const slice = {
      ports: [{ port: 8080 }],
      endpoints: ['1', '2', '3', '4'].map((n) => ({
        addresses: [`10.42.0.${n}`],
        conditions: { ready: n !== '4' },
      })),
    } as never;
    const text = describe(service, { events: [], nowMs, endpointSlices: [slice] });
    expect(text).toMatch(/^TargetPort: +8080\/TCP$/m);
    expect(text).toMatch(/^NodePort: +<unset> {2}30080\/TCP$/m);
    expect(text).toMatch(/^Endpoints: +10\.42\.0\.1:8080,10\.42\.0\.2:8080,10\.42\.0\.3:8080$/m);
  });

  it('tells old replica sets of a deployment from the new one', () => {
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: metadata('web'),
      spec: {
        replicas: 3,
        selector: { matchLabels: { app: 'web' } },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: 1 } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: { containers: [{ name: 'main', image: 'r/app:2' }] },
        },
      },
      status: { replicas: 4, updatedReplicas: 2, availableReplicas: 3, unavailableReplicas: 1 },
    } as unknown as Stored<V1Deployment>;
    const set = (revision: number, replicas: number) =>
      ({
        metadata: {
          name: `web-${revision}`,
          labels: { app: 'web' },
          annotations: { 'deployment.kubernetes.io/revision': String(revision) },
          ownerReferences: [{ uid: 'uid-web' }],
        },
        spec: { replicas },
        status: { replicas },
      }) as unknown as Stored<V1ReplicaSet>;
    const text = describe(deployment, { events: [], nowMs, replicaSets: [set(9, 1), set(10, 2), set(2, 0)] });
    expect(text).toMatch(/^Replicas: +3 desired \| 2 updated \| 4 total \| 3 available \| 1 unavailable$/m);
    expect(text).toMatch(/^RollingUpdateStrategy: +25% max unavailable, 1 max surge$/m);
    expect(lines(text).find((line) => line.startsWith('OldReplicaSets'))).toMatch(
      / web-9 \(1\/1 replicas created\), web-2 \(0\/0 replicas created\)$/,
    );
    expect(lines(text).find((line) => line.startsWith('NewReplicaSet:'))).toMatch(
      / web-10 \(2\/2 replicas created\)$/,
    );
  });

  it('shows the entries of a config map, and of a secret only their lengths', () => {
    const map = {
      kind: 'ConfigMap',
      metadata: metadata('conf'),
      data: { 'app.ini': 'a=1\nb=2' },
    } as unknown as Stored;
    expect(describe(map, { events: [], nowMs })).toContain('app.ini:\n----\na=1\nb=2\n');
    const data = { password: Buffer.from('hunter2').toString('base64') };
    const secret = { kind: 'Secret', type: 'Opaque', metadata: metadata('sec'), data } as unknown as Stored;
    const text = describe(secret, { events: [], nowMs });
    expect(text).toMatch(/^password: +7 bytes$/m);
    expect(text).not.toContain(data.password);
  });

  it('outlines what has no description of its own', () => {
    const lease = {
      kind: 'Lease',
      metadata: metadata('x'),
      spec: { holderIdentity: 'me' },
    } as unknown as Stored;
    expect(describe(lease, { events: [], nowMs })).toMatch(/Spec:\n {2}Holder Identity: +me/);
  });
});
