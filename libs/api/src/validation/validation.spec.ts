import { describe, expect, it } from 'vitest';
import type { V1Container, V1Deployment, V1Pod, V1PodSpec, V1Service } from '../gen/types.ts';
import { kinds } from '../kinds/index.ts';
import type { Kind } from '../kind.ts';
import type { KubeObject, Stored } from '../object.ts';
import { exampleOf, examplePod } from '../testing/index.ts';
import { invalidObject } from './causes.ts';

/** `field: message` of everything wrong with a kind's example after `change`. */
function faults<T extends KubeObject>(kind: Kind<T>, change: (object: T) => void): string[] {
  const object = exampleOf(kind);
  change(object);
  kind.defaults(object);
  return [...kind.validate(object), ...kind.validateCreate(object)].map(
    ({ field, message }) => `${field}: ${message}`,
  );
}
const pod = (change: (spec: V1PodSpec, main: V1Container) => void) =>
  faults(kinds.pod, (object) => change(object.spec, object.spec.containers[0]!));

describe('metadata', () => {
  const meta = (metadata: V1Pod['metadata']) =>
    faults(kinds.pod, (object) => void (object.metadata = metadata));
  const named = { name: 'a', namespace: 'b' };

  it.each<[V1Pod['metadata'], string]>([
    [
      { ...named, name: 'Bad_Name' },
      "metadata.name: Invalid value: \"Bad_Name\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
    [{ namespace: 'b' }, 'metadata.name: Required value: name or generateName is required'],
    [{ name: 'a' }, 'metadata.namespace: Required value'],
    [{ generateName: 'A_-', namespace: 'b' }, 'metadata.generateName: Invalid value: "A_-": a lowercase'],
    [{ ...named, name: 'x'.repeat(254) }, 'must be no more than 253 characters'],
    [
      { ...named, labels: { 'a b': 'x' } },
      'metadata.labels: Invalid value: "a b": name part must consist of',
    ],
    [{ ...named, labels: { a: '-' } }, 'metadata.labels: Invalid value: "-": a valid label must be'],
    [{ ...named, labels: { 'a/b/c': '' } }, 'a valid label key must consist'],
    [{ ...named, labels: { '/b': '' } }, 'prefix part must be non-empty'],
    [{ ...named, labels: { 'B_/b': '' } }, 'prefix part a lowercase RFC 1123 subdomain'],
    [
      { ...named, annotations: { a: 'x'.repeat(262144) } },
      'metadata.annotations: Too long: may not be more than 262144 bytes',
    ],
    [
      { ...named, finalizers: ['mine'] },
      'name is neither a standard finalizer name nor is it fully qualified',
    ],
    [
      { ...named, ownerReferences: [{ apiVersion: '', kind: 'A', name: 'n', uid: 'u' }] },
      'metadata.ownerReferences.apiVersion: Invalid value: "": version must not be empty',
    ],
    [
      {
        ...named,
        ownerReferences: [1, 2].map((n) => ({
          apiVersion: 'v1',
          kind: 'A',
          name: `n${n}`,
          uid: 'u',
          controller: true,
        })),
      },
      'Only one reference can have Controller set to true. Found "true" in references for A/n1 and A/n2',
    ],
  ])('%j', (metadata, words) => {
    const found = meta(metadata);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(words);
  });

  it('may have what is allowed', () => {
    expect(
      meta({
        ...named,
        labels: { 'example.com/a.b_C': '' },
        annotations: { 'Example.com/X': '{}' },
        finalizers: ['a.b/c', 'orphan'],
      }),
    ).toEqual([]);
    expect(meta({ generateName: 'web-', namespace: 'b' })).toEqual([]);
  });

  it('keeps names and identity, and gives the dying no new finalizers', () => {
    const old = {
      ...examplePod(),
      metadata: {
        name: 'a',
        namespace: 'b',
        uid: '1',
        resourceVersion: '1',
        creationTimestamp: 't',
        deletionTimestamp: 'x',
        finalizers: ['a/b'],
      },
    } as Stored<V1Pod>;
    kinds.pod.defaults(old);
    const object = structuredClone(old);
    object.metadata.uid = '2';
    object.metadata.finalizers = ['a/b', 'c/d'];
    expect(kinds.pod.validateUpdate(object, old, undefined)).toMatchObject([
      { field: 'metadata.uid', message: 'Invalid value: "2": field is immutable' },
      {
        field: 'metadata.finalizers',
        reason: 'FieldValueForbidden',
        message: expect.stringContaining('found new finalizers []string{"c/d"}') as string,
      },
    ]);
  });
});

describe('a pod', () => {
  it.each<[string, (spec: V1PodSpec, main: V1Container) => void]>([
    ['spec.containers: Required value', (spec) => void (spec.containers = [])],
    ['spec.containers[0].name: Required value', (_, main) => void (main.name = '')],
    [
      'spec.containers[0].name: Invalid value: "A": a lowercase RFC 1123 label must',
      (_, main) => void (main.name = 'A'),
    ],
    [
      'spec.containers[1].name: Duplicate value: "main"',
      (spec) => void spec.containers.push({ name: 'main', image: 'x' }),
    ],
    ['spec.containers[0].image: Required value', (_, main) => void delete main.image],
    [
      'spec.containers[0].image: Invalid value: " x": must not have leading or trailing whitespace',
      (_, main) => void (main.image = ' x'),
    ],
    [
      'spec.containers[0].imagePullPolicy: Unsupported value: "Often": supported values: "Always", "IfNotPresent", "Never"',
      (_, main) => void (main.imagePullPolicy = 'Often'),
    ],
    [
      'spec.containers[0].ports[0].containerPort: Invalid value: 99999: must be between 1 and 65535, inclusive',
      (_, main) => void (main.ports![0]!.containerPort = 99999),
    ],
    [
      'spec.containers[0].ports[0].name: Invalid value: "12": must contain at least one letter (a-z)',
      (_, main) => void (main.ports![0]!.name = '12'),
    ],
    [
      'spec.containers[0].ports[1].name: Duplicate value: "http"',
      (_, main) => void main.ports!.push({ containerPort: 1, name: 'http' }),
    ],
    [
      'spec.containers[0].ports[0].protocol: Unsupported value: "ICMP"',
      (_, main) => void (main.ports![0]!.protocol = 'ICMP'),
    ],
    [
      'spec.containers[0].env[0].name: Invalid value: "a=b": a valid environment variable name',
      (_, main) => void (main.env = [{ name: 'a=b', value: '' }]),
    ],
    [
      'spec.containers[0].env[0].valueFrom: Invalid value: "": must specify one of',
      (_, main) => void (main.env = [{ name: 'a', valueFrom: {} }]),
    ],
    [
      'spec.containers[0].env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty',
      (_, main) => void (main.env![0]!.value = 'x'),
    ],
    [
      'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "spec.nothing": error converting fieldPath: field label not supported: spec.nothing',
      (_, main) => void (main.env![0]!.valueFrom!.fieldRef!.fieldPath = 'spec.nothing'),
    ],
    [
      'spec.containers[0].env[0].valueFrom.secretKeyRef.key: Required value',
      (_, main) => void (main.env = [{ name: 'a', valueFrom: { secretKeyRef: { name: 'x', key: '' } } }]),
    ],
    [
      'spec.containers[0].envFrom: Invalid value: "": must specify one of',
      (_, main) => void (main.envFrom = [{}]),
    ],
    [
      'spec.containers[0].resources.limits[cpu]: Invalid value: "lots": quantities must match',
      (_, main) => void (main.resources!.limits!['cpu'] = 'lots'),
    ],
    [
      'spec.containers[0].resources.requests[memory]: Invalid value: "-1": must be greater than or equal to 0',
      (_, main) => void (main.resources!.requests!['memory'] = '-1'),
    ],
    [
      'spec.containers[0].resources.requests: Invalid value: "1": must be less than or equal to cpu limit of 200m',
      (_, main) => void (main.resources!.requests!['cpu'] = '1'),
    ],
    [
      'spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified',
      (_, main) => void (main.resources = { requests: { gpu: '1' } }),
    ],
    [
      'spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources',
      (_, main) => void (main.resources = { requests: { 'a.b/gpu': '1' } }),
    ],
    [
      'spec.containers[0].volumeMounts[0].name: Not found: "nope"',
      (_, main) => void (main.volumeMounts![0]!.name = 'nope'),
    ],
    [
      'spec.containers[0].volumeMounts[1].mountPath: Invalid value: "/etc/web": must be unique',
      (_, main) => void main.volumeMounts!.push(main.volumeMounts![0]!),
    ],
    [
      'spec.containers[0].volumeMounts.subPath: Invalid value: "a/../b": must not contain \'..\'',
      (_, main) => void (main.volumeMounts![0]!.subPath = 'a/../b'),
    ],
    [
      'spec.containers[0].readinessProbe: Required value: must specify a handler type',
      (_, main) => void (main.readinessProbe = {}),
    ],
    [
      'spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1',
      (_, main) => void (main.livenessProbe = { tcpSocket: { port: 1 }, successThreshold: 2 }),
    ],
    [
      'spec.containers[0].readinessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type',
      (_, main) => void (main.readinessProbe!.tcpSocket = { port: 1 }),
    ],
    [
      'spec.containers[0].readinessProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535',
      (_, main) => void (main.readinessProbe!.httpGet!.port = 0),
    ],
    [
      'spec.containers[0].lifecycle.preStop.exec.command: Required value',
      (_, main) => void (main.lifecycle = { preStop: { exec: {} } }),
    ],
    [
      'spec.containers[0].securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive',
      (_, main) => void (main.securityContext = { runAsUser: -1 }),
    ],
    [
      'spec.containers[0].securityContext: Invalid value: {"Capabilities":null,"Privileged":true,"SELinuxOptions":null,"WindowsOptions":null,"RunAsUser":null,"RunAsGroup":null,"RunAsNonRoot":null,"ReadOnlyRootFilesystem":null,"AllowPrivilegeEscalation":false,"ProcMount":null,"SeccompProfile":null,"AppArmorProfile":null}: cannot set',
      (_, main) => void (main.securityContext = { allowPrivilegeEscalation: false, privileged: true }),
    ],
    [
      'spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
      (spec) =>
        void (spec.initContainers = [{ name: 'i', image: 'x', livenessProbe: { exec: { command: ['x'] } } }]),
    ],
    [
      'spec.volumes[0]: Required value: must specify a volume type',
      (spec, main) => {
        main.volumeMounts = [];
        spec.volumes = [{ name: 'v', emptyDir: undefined } as never];
      },
    ],
    [
      'spec.volumes[1].name: Duplicate value: "config"',
      (spec) => void spec.volumes!.push({ name: 'config' }),
    ],
    [
      'spec.volumes[0].configMap: Forbidden: may not specify more than 1 volume type',
      (spec) => void (spec.volumes![0]!.emptyDir = {}),
    ],
    [
      'spec.volumes[0].configMap.name: Required value',
      (spec) => void (spec.volumes![0]!.configMap!.name = ''),
    ],
    [
      'spec.volumes[0].configMap.defaultMode: Invalid value: 512: must be a number between 0 and 0777',
      (spec) => void (spec.volumes![0]!.configMap!.defaultMode = 512),
    ],
    [
      'spec.volumes[0].configMap.items[0].path: Invalid value: "../x": must not contain \'..\'',
      (spec) => void (spec.volumes![0]!.configMap!.items = [{ key: 'a', path: '../x' }]),
    ],
    [
      'spec.volumes[1].hostPath.path: Invalid value: "/a/../b": must not contain \'..\'',
      (spec) => void spec.volumes!.push({ name: 'h', hostPath: { path: '/a/../b' } }),
    ],
    [
      'spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"',
      (spec) => void (spec.restartPolicy = 'Sometimes'),
    ],
    [
      'spec.dnsConfig.nameservers: Required value: must provide at least one DNS nameserver when `dnsPolicy` is None',
      (spec) => Object.assign(spec, { dnsPolicy: 'None', dnsConfig: {} }),
    ],
    [
      'spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive',
      (spec) => void (spec.activeDeadlineSeconds = 0),
    ],
    [
      'spec.nodeSelector: Invalid value: "a b": name part',
      (spec) => void (spec.nodeSelector = { 'a b': 'x' }),
    ],
    [
      'spec.tolerations[0].operator: Invalid value: "": operator must be Exists when `key` is empty',
      (spec) => void (spec.tolerations = [{}]),
    ],
    [
      'spec.tolerations[0].effect: Invalid value: "NoSchedule": effect must be \'NoExecute\' when `tolerationSeconds` is set',
      (spec) => void (spec.tolerations = [{ key: 'a', effect: 'NoSchedule', tolerationSeconds: 1 }]),
    ],
    [
      'spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero',
      (spec) =>
        void (spec.topologySpreadConstraints = [
          { maxSkew: 0, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule' },
        ]),
    ],
    [
      'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].operator: Invalid value: "Is": not a valid selector operator',
      (spec) =>
        void (spec.affinity = {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'Is' }] }],
            },
          },
        }),
    ],
    [
      'spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Required value: can not be empty',
      (spec) =>
        void (spec.affinity = {
          podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: '' }] },
        }),
    ],
    [
      'spec.hostAliases[0].ip: Invalid value: "1.2.3": must be a valid IP address',
      (spec) => void (spec.hostAliases = [{ ip: '1.2.3' }]),
    ],
    [
      'spec.securityContext.sysctls[0].name: Invalid value: "-": must have at most 253',
      (spec) => void (spec.securityContext = { sysctls: [{ name: '-', value: '' }] }),
    ],
    [
      'spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared',
      (spec) => {
        spec.nodeName = 'n';
        spec.schedulingGates = [{ name: 'a' }];
      },
    ],
  ])('%s', (words, change) => {
    expect(pod(change)[0]).toContain(words);
  });

  const changed = (change: (spec: V1PodSpec) => void, subresource?: string) => {
    const old = exampleOf(kinds.pod) as Stored<V1Pod>;
    old.spec.tolerations = [{ key: 'a', operator: 'Exists' }];
    kinds.pod.defaults(old);
    const object = structuredClone(old);
    change(object.spec);
    return kinds.pod
      .validateUpdate(object, old, subresource)
      .map(({ field, message }) => `${field}: ${message}`);
  };

  it('may change its images, deadline and tolerations, as far as upstream lets it', () => {
    expect(
      changed((spec) => {
        spec.containers[0]!.image = 'other';
        spec.activeDeadlineSeconds = 9;
        spec.tolerations!.push({ key: 'b', operator: 'Exists' });
      }),
    ).toEqual([]);
    expect(changed((spec) => void (spec.tolerations = []))).toEqual([
      'spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds',
    ]);
  });

  it('may not change anything else', () => {
    for (const change of [
      (spec: V1PodSpec) => void (spec.containers[0]!.command = ['true']),
      (spec: V1PodSpec) => void (spec.nodeName = 'n'),
      (spec: V1PodSpec) => void (spec.hostPID = true),
    ])
      expect(changed(change)).toEqual([
        expect.stringContaining(
          'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,',
        ),
      ]);
    expect(
      changed((spec) => void spec.containers.push({ ...spec.containers[0]!, name: 'b', ports: [] })),
    ).toEqual(['spec.containers: Forbidden: pod updates may not add or remove containers']);
  });

  it('does not come back to life by its status', () => {
    const ended = {
      name: 'main',
      image: '',
      imageID: '',
      ready: false,
      restartCount: 0,
      state: { terminated: { exitCode: 0 } },
    };
    const old = exampleOf(kinds.pod) as Stored<V1Pod>;
    old.spec.restartPolicy = 'Never';
    old.status = { containerStatuses: [ended] };
    const object = structuredClone(old);
    object.status!.containerStatuses![0]!.state = { running: {} };
    expect(kinds.pod.validateUpdate(object, old, 'status')).toMatchObject([
      { field: 'status.containerStatuses[0].state' },
    ]);
    old.spec.restartPolicy = 'Always';
    expect(kinds.pod.validateUpdate(object, old, 'status')).toEqual([]);
  });
});

describe('a deployment', () => {
  const deployment = (change: (spec: V1Deployment['spec']) => void) =>
    faults(kinds.deployment, ({ spec }) => change(spec));

  it.each<[string, (spec: V1Deployment['spec']) => void]>([
    [
      'spec.selector: Invalid value: {}: empty selector is invalid for deployment',
      (spec) => void (spec.selector = {}),
    ],
    [
      'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
      (spec) => void (spec.selector = { matchLabels: { app: 'other' } }),
    ],
    [
      'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
      (spec) => void (spec.replicas = -1),
    ],
    [
      'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
      (spec) => void (spec.template.spec!.restartPolicy = 'Never'),
    ],
    ['spec.template.spec.containers: Required value', (spec) => void (spec.template.spec!.containers = [])],
    [
      'spec.strategy: Unsupported value: {"Type":"BlueGreen","RollingUpdate":null}: supported values: "Recreate", "RollingUpdate"',
      (spec) => void (spec.strategy = { type: 'BlueGreen' }),
    ],
    [
      "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'",
      (spec) => void (spec.strategy = { type: 'Recreate', rollingUpdate: {} }),
    ],
    [
      'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0',
      (spec) => void (spec.strategy = { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } }),
    ],
    [
      'spec.strategy.rollingUpdate.maxSurge: Invalid value: "x": a valid percent string',
      (spec) => void (spec.strategy = { rollingUpdate: { maxSurge: 'x' } }),
    ],
    [
      'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "101%": must not be greater than 100%',
      (spec) => void (spec.strategy = { rollingUpdate: { maxUnavailable: '101%' } }),
    ],
    [
      'spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds',
      (spec) => Object.assign(spec, { minReadySeconds: 5, progressDeadlineSeconds: 5 }),
    ],
  ])('%s', (words, change) => {
    const found = deployment(change);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(words);
  });

  it('keeps its selector', () => {
    const old = exampleOf(kinds.deployment) as Stored<V1Deployment>;
    kinds.deployment.defaults(old);
    const object = structuredClone(old);
    object.spec.selector = { matchLabels: { app: 'x' } };
    object.spec.template.metadata!.labels = { app: 'x' };
    expect(kinds.deployment.validateUpdate(object, old, undefined)).toMatchObject([
      { field: 'spec.selector', message: 'Invalid value: {"matchLabels":{"app":"x"}}: field is immutable' },
    ]);
  });

  it('is defaulted as upstream does', () => {
    const object = exampleOf(kinds.deployment);
    delete object.spec.replicas;
    kinds.deployment.defaults(object);
    expect(object.spec).toMatchObject({
      replicas: 1,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
      template: { spec: { restartPolicy: 'Always', schedulerName: 'default-scheduler' } },
    });
    expect(object.spec.template.spec).not.toHaveProperty('enableServiceLinks');
  });
});

describe('a service', () => {
  const service = (change: (spec: V1Service['spec']) => void) =>
    faults(kinds.service, ({ spec }) => change(spec));

  it.each<[string, (spec: V1Service['spec']) => void]>([
    ['spec.ports: Required value', (spec) => void (spec.ports = [])],
    [
      'spec.ports[0].port: Invalid value: 99999: must be between 1 and 65535, inclusive',
      (spec) => void (spec.ports = [{ port: 99999, targetPort: 1 }]),
    ],
    [
      'spec.ports[1].name: Required value',
      (spec) => void (spec.ports = [{ port: 1, name: 'a' }, { port: 2 }]),
    ],
    [
      'spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":1,"TargetPort":0,"NodePort":0}',
      (spec) =>
        void (spec.ports = [
          { port: 1, name: 'a' },
          { port: 1, name: 'b' },
        ]),
    ],
    [
      "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
      (spec) => void (spec.ports![0]!.nodePort = 30000),
    ],
    [
      'spec.type: Unsupported value: "Magic": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
      (spec) => void (spec.type = 'Magic'),
    ],
    [
      'spec.sessionAffinity: Unsupported value: "Sticky": supported values: "ClientIP", "None"',
      (spec) => void (spec.sessionAffinity = 'Sticky'),
    ],
    ['spec.externalName: Required value', (spec) => void (spec.type = 'ExternalName')],
    [
      'spec.clusterIPs[0]: Invalid value: "1.2": must be a valid IP address',
      (spec) => void (spec.clusterIP = '1.2'),
    ],
    [
      'spec.clusterIPs[0]: Invalid value: "None": may not be set to \'None\' for NodePort services',
      (spec) => Object.assign(spec, { type: 'NodePort', clusterIP: 'None' }),
    ],
    [
      'spec.externalIPs[0]: Invalid value: "x": must be a valid IP address',
      (spec) => void (spec.externalIPs = ['x']),
    ],
  ])('%s', (words, change) => {
    const found = service(change);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(words);
  });

  it('has a name that is a DNS-1035 label', () => {
    expect(faults(kinds.service, ({ metadata }) => void (metadata.name = '1a'))[0]).toContain(
      'a DNS-1035 label must consist',
    );
  });

  it('is defaulted as upstream does', () => {
    const object = exampleOf(kinds.service);
    Object.assign(object.spec, { type: 'LoadBalancer', sessionAffinity: 'ClientIP', ports: [{ port: 80 }] });
    kinds.service.defaults(object);
    expect(object.spec).toEqual({
      selector: { app: 'web' },
      type: 'LoadBalancer',
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 10800 } },
      ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }],
      externalTrafficPolicy: 'Cluster',
      internalTrafficPolicy: 'Cluster',
      allocateLoadBalancerNodePorts: true,
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
    });
  });
});

describe('the others', () => {
  it('are checked too', () => {
    expect(faults(kinds.configMap, (map) => void (map.data = { 'a b': '', '..': '' }))).toEqual([
      expect.stringContaining('data[a b]: Invalid value: "a b": a valid config key must'),
      'data[..]: Invalid value: "..": must not be \'..\'',
    ]);
    expect(faults(kinds.configMap, (map) => void (map.data = { a: 'x'.repeat(2 ** 20 + 1) }))).toEqual([
      '[]: Too long: may not be more than 1048576 bytes',
    ]);
    expect(faults(kinds.secret, (secret) => void (secret.type = 'kubernetes.io/tls'))).toEqual([
      'data[tls.crt]: Required value',
      'data[tls.key]: Required value',
    ]);
    expect(
      faults(kinds.secret, (secret) =>
        Object.assign(secret, {
          type: 'kubernetes.io/dockerconfigjson',
          data: { '.dockerconfigjson': 'eHh4' },
        }),
      ),
    ).toEqual([
      'data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": invalid character \'x\' looking for beginning of value',
    ]);
    expect(faults(kinds.node, ({ spec }) => void (spec.taints = [{ key: 'a', effect: 'Maybe' }]))).toEqual([
      'metadata.taints[0].effect: Unsupported value: "Maybe": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
    ]);
    expect(faults(kinds.node, ({ spec }) => void (spec.podCIDRs = ['10.0.0.0']))).toHaveLength(1);
    expect(faults(kinds.endpoints, (endpoints) => void (endpoints.subsets = [{}]))).toEqual([
      'subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`',
    ]);
    expect(faults(kinds.endpointSlice, (slice) => void (slice.endpoints = [{ addresses: ['::1'] }]))).toEqual(
      [
        'endpoints[0].addresses[0]: Invalid value: "::1": must be a valid IPv4 address',
        'endpoints[0].addresses[0]: Invalid value: "::1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
      ],
    );
    expect(
      faults(
        kinds.endpointSlice,
        (slice) => void (slice.endpoints = Array.from({ length: 1001 }, () => ({ addresses: [] }))),
      ),
    ).toEqual(['endpoints: Too many: 1001: must have at most 1000 items']);
    expect(faults(kinds.lease, ({ spec }) => void (spec!.leaseDurationSeconds = 0))).toEqual([
      'spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0',
    ]);
    expect(faults(kinds.event, (event) => void (event.involvedObject.namespace = 'other'))).toEqual([
      'involvedObject.namespace: Invalid value: "other": does not match event.namespace',
    ]);
    expect(faults(kinds.namespace, ({ metadata }) => void (metadata.name = 'a.b'))).toHaveLength(1);
  });

  it('keep what is immutable', () => {
    const old = { ...exampleOf(kinds.secret), immutable: true } as Stored<
      ReturnType<typeof exampleOf<Parameters<typeof kinds.secret.defaults>[0]>>
    >;
    kinds.secret.defaults(old);
    const object = structuredClone(old);
    object.data = { other: '' };
    object.type = 'x';
    delete object.immutable;
    expect(
      kinds.secret.validateUpdate(object, old, undefined).map(({ field, message }) => `${field}: ${message}`),
    ).toEqual([
      'type: Invalid value: "x": field is immutable',
      'immutable: Forbidden: field is immutable when `immutable` is set',
      'data: Forbidden: field is immutable when `immutable` is set',
    ]);
  });

  it("make a status that reads as upstream's", () => {
    const error = invalidObject(kinds.pod, 'Bad', [
      { reason: 'FieldValueRequired', message: 'Required value', field: 'spec.containers' },
      { reason: 'FieldValueInvalid', message: 'Invalid value: 1: no', field: 'spec.x' },
    ]);
    expect(error.toStatus()).toMatchObject({
      code: 422,
      reason: 'Invalid',
      message: 'Pod "Bad" is invalid: [spec.containers: Required value, spec.x: Invalid value: 1: no]',
      details: { name: 'Bad', kind: 'Pod' },
    });
    expect(
      invalidObject(kinds.deployment, 'a', [{ reason: 'x', message: 'Required value', field: 'b' }]).message,
    ).toBe('Deployment.apps "a" is invalid: b: Required value');
  });
});
