import { describe, expect, it } from 'vitest';
import type { V1Container, V1Pod, V1PodSpec, V1PodTemplateSpec } from '../gen/types.ts';
import { kinds } from '../kinds/index.ts';
import { exampleOf, examplePod } from '../testing/index.ts';

type Change = (spec: V1PodSpec, main: V1Container, pod: V1Pod) => unknown;

/** All that is wrong with the example after `change`, as upstream says it. */
function faults(change: Change): string[] {
  const pod = examplePod();
  change(pod.spec, pod.spec.containers[0]!, pod);
  kinds.pod.defaults(pod);
  kinds.pod.prepareForCreate(pod);
  return [...kinds.pod.validate(pod), ...kinds.pod.validateCreate(pod)].map(
    ({ field, message }) => `${field}: ${message}`,
  );
}

const c0 = 'spec.containers[0]';
const label =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const subdomain =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const name =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const env =
  (valueFrom: object): Change =>
  (_, main) =>
    void (main.env = [{ name: 'a', valueFrom }]);
const mount =
  (more: object): Change =>
  (_, main) =>
    Object.assign(main.volumeMounts![0]!, more);
const volume =
  (source: object): Change =>
  (spec) =>
    void spec.volumes!.push({ name: 'v', ...source });
const resources =
  (limits: Record<string, string>, requests?: Record<string, string>): Change =>
  (_, main) =>
    void (main.resources = requests ? { limits, requests } : { limits });

// Source of every row: `pkg/apis/core/validation/validation.go`.
describe('containers', () => {
  it.each<[string[], Change]>([
    [[`${c0}.name: Invalid value: "a.b": must not contain dots`], (_, main) => (main.name = 'a.b')],
    [
      [
        `${c0}.name: Invalid value: "${'A'.repeat(64)}": must be no more than 63 characters`,
        `${c0}.name: Invalid value: "${'A'.repeat(64)}": ${label}`,
      ],
      (_, main) => (main.name = 'A'.repeat(64)),
    ],
    [
      [`${c0}.image: Invalid value: "x ": must not have leading or trailing whitespace`],
      (_, main) => (main.image = 'x '),
    ],
    [
      ['spec.initContainers[1].name: Duplicate value: "i"'],
      (spec) =>
        (spec.initContainers = [
          { name: 'i', image: 'x' },
          { name: 'i', image: 'x' },
        ]),
    ],
    [
      ['spec.initContainers[0].ports[1].hostPort: Duplicate value: "TCP//80"'],
      (spec) =>
        (spec.initContainers = [
          { name: 'i', image: 'x' },
          {
            name: 'j',
            image: 'x',
            ports: [
              { containerPort: 1, hostPort: 80 },
              { containerPort: 2, hostPort: 80 },
            ],
          },
        ]),
    ],
    [
      [
        `${c0}.terminationMessagePolicy: Unsupported value: "X": supported values: "File", "FallbackToLogsOnError"`,
      ],
      (_, main) => (main.terminationMessagePolicy = 'X'),
    ],
    [
      [
        `${c0}.ports[0].name: Invalid value: "-1-": must contain at least one letter (a-z)`,
        `${c0}.ports[0].name: Invalid value: "-1-": must not begin or end with a hyphen`,
      ],
      (_, main) => {
        delete main.readinessProbe;
        main.ports![0]!.name = '-1-';
      },
    ],
    [
      [`${c0}.restartPolicy: Required value: must specify restartPolicy when restart rules are used`],
      (_, main) => (main.restartPolicyRules = [{ action: 'Restart' }]),
    ],
    [
      [
        `${c0}.restartPolicy: Unsupported value: "No": supported values: "Always", "Never", "OnFailure"`,
        `${c0}.restartPolicyRules[0].exitCodes: Required value: must be specified`,
        `${c0}.restartPolicyRules[1].exitCodes.operator: Unsupported value: "Equals": supported values: "In", "NotIn"`,
      ],
      (_, main) => {
        main.restartPolicy = 'No';
        main.restartPolicyRules = [
          { action: 'Restart' },
          { action: 'Restart', exitCodes: { operator: 'Equals', values: [1] } },
        ];
      },
    ],
    [
      [
        `${c0}.lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds (30)`,
      ],
      (_, main) => (main.lifecycle = { preStop: { sleep: { seconds: 31 } } }),
    ],
    [
      [`${c0}.livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type`],
      (_, main) => (main.livenessProbe = { exec: { command: ['a'] }, tcpSocket: { port: 0 } }),
    ],
    [
      [
        `${c0}.resizePolicy: Unsupported value: "pods": supported values: "cpu", "memory"`,
        `${c0}.resizePolicy[1]: Duplicate value: "pods"`,
        `${c0}.resizePolicy: Unsupported value: "pods": supported values: "cpu", "memory"`,
      ],
      (_, main) =>
        (main.resizePolicy = [
          { resourceName: 'pods', restartPolicy: 'NotRequired' },
          { resourceName: 'pods', restartPolicy: 'NotRequired' },
        ]),
    ],
    [
      [
        `${c0}.securityContext.procMount: Invalid value: "Unmasked": \`hostUsers\` must be false to use \`Unmasked\``,
      ],
      (_, main) => (main.securityContext = { procMount: 'Unmasked' }),
    ],
    [
      [
        `${c0}.securityContext.seccompProfile.localhostProfile: Invalid value: {"Type":"RuntimeDefault","LocalhostProfile":"x"}: can only be set when seccomp type is Localhost`,
      ],
      (_, main) =>
        (main.securityContext = { seccompProfile: { type: 'RuntimeDefault', localhostProfile: 'x' } }),
    ],
    [
      [
        `${c0}.securityContext.seccompProfile.type: Required value: type is required when seccompProfile is set`,
      ],
      (_, main) => (main.securityContext = { seccompProfile: { type: '' } }),
    ],
    [
      [`${c0}.securityContext.seccompProfile.localhostProfile: Invalid value: "../x": must not contain '..'`],
      (_, main) =>
        (main.securityContext = { seccompProfile: { type: 'Localhost', localhostProfile: '../x' } }),
    ],
    [
      [
        `${c0}.securityContext.appArmorProfile.localhostProfile: Invalid value: " x": must not be padded with whitespace`,
      ],
      (_, main) =>
        (main.securityContext = { appArmorProfile: { type: 'Localhost', localhostProfile: ' x' } }),
    ],
  ])('%j', (expected, change) => {
    expect(faults(change)).toEqual(expected);
  });
});

describe('environments', () => {
  it.each<[string[], Change]>([
    [
      [
        `${c0}.env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "metadata.labels": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"`,
      ],
      env({ fieldRef: { fieldPath: 'metadata.labels' } }),
    ],
    [[], env({ fieldRef: { fieldPath: "metadata.annotations['Example.com/A']" } })],
    [[], env({ fieldRef: { fieldPath: 'spec.host' } })],
    [
      [`${c0}.env[0].valueFrom.fieldRef: Invalid value: "a b": ${name}`],
      env({ fieldRef: { fieldPath: "metadata.labels['a b']" } }),
    ],
    [
      [
        `${c0}.env[0].valueFrom.fieldRef.fieldPath: Invalid value: "spec.nodeName['a']": error converting fieldPath: field label does not support subscript: spec.nodeName['a']`,
      ],
      env({ fieldRef: { fieldPath: "spec.nodeName['a']" } }),
    ],
    [
      [
        `${c0}.env[0].valueFrom.fieldRef.fieldPath: Invalid value: "metadata.name": error converting fieldPath: unsupported pod version: v2`,
      ],
      env({ fieldRef: { apiVersion: 'v2', fieldPath: 'metadata.name' } }),
    ],
    [
      [
        `${c0}.env[0].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor's values 1m and 1 are supported with the cpu resource`,
      ],
      env({ resourceFieldRef: { resource: 'limits.cpu', divisor: '2' } }),
    ],
    [
      [
        `${c0}.env[0].valueFrom.resourceFieldRef.divisor: Invalid value: "requests.ephemeral-storage": only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with the local ephemeral storage resource`,
      ],
      env({ resourceFieldRef: { resource: 'requests.ephemeral-storage', divisor: '1m' } }),
    ],
    [
      [
        `${c0}.env[0].valueFrom.resourceFieldRef.resource: Unsupported value: "limits.gpu": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"`,
      ],
      env({ resourceFieldRef: { resource: 'limits.gpu' } }),
    ],
    [
      [`${c0}.env[0].valueFrom.secretKeyRef.name: Invalid value: "": ${subdomain}`],
      env({ secretKeyRef: { key: 'a' } }),
    ],
    [
      [`${c0}.envFrom: Invalid value: "": may not have more than one field specified at a time`],
      (_, main) => (main.envFrom = [{ configMapRef: { name: 'a' }, secretRef: { name: 'b' } }]),
    ],
    [[], (_, main) => (main.envFrom = [{ prefix: '1 ', configMapRef: { name: 'a' } }])],
  ])('%j', (expected, change) => {
    expect(faults(change)).toEqual(expected);
  });
});

describe('resources', () => {
  it.each<[string[], Change]>([
    [
      [
        `${c0}.resources.limits[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified`,
        `${c0}.resources.limits[gpu]: Invalid value: "gpu": must be a standard resource for containers`,
        `${c0}.resources.requests[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified`,
        `${c0}.resources.requests[gpu]: Invalid value: "gpu": must be a standard resource for containers`,
      ],
      resources({ gpu: '1' }),
    ],
    [
      [
        `${c0}.resources.limits[a.b/gpu]: Invalid value: "500m": must be an integer`,
        `${c0}.resources.requests[a.b/gpu]: Invalid value: "500m": must be an integer`,
      ],
      resources({ 'a.b/gpu': '0.5' }),
    ],
    [
      [`${c0}.resources.requests: Invalid value: "1": must be equal to a.b/gpu limit of 2`],
      resources({ 'a.b/gpu': '2' }, { 'a.b/gpu': '1' }),
    ],
    [[], resources({ cpu: '1', 'hugepages-2Mi': '4Mi' })],
    [[`${c0}.resources: Forbidden: HugePages require cpu or memory`], resources({ 'hugepages-2Mi': '4Mi' })],
    [
      [
        `${c0}.resources.limits[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi`,
        `${c0}.resources.requests[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi`,
      ],
      resources({ cpu: '1', 'hugepages-2Mi': '3Mi' }),
    ],
    [
      [
        `${c0}.resources.claims[0]: Not found: "x": must be one of the names in pod.spec.resourceClaims which is empty`,
      ],
      (_, main) => (main.resources = { claims: [{ name: 'x' }] }),
    ],
    [
      [
        'spec.overhead.limits[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified',
        'spec.overhead.limits[gpu]: Invalid value: "gpu": must be a standard resource for containers',
      ],
      (spec) => (spec.overhead = { gpu: '1' }),
    ],
    [
      [
        'spec.resources.limits[ephemeral-storage]: Unsupported value: "ephemeral-storage": supported values: "cpu", "memory"',
      ],
      (spec) => (spec.resources = { limits: { 'ephemeral-storage': '1G' } }),
    ],
    [
      [
        'spec.resources.requests[cpu]: Invalid value: "5m": must be greater than or equal to aggregate container requests of 10m',
      ],
      (spec) => (spec.resources = { requests: { cpu: '5m', memory: '1Gi' } }),
    ],
    [
      [
        'spec.resources.containers[0][cpu].limits: Invalid value: "200m": must be less than or equal to pod limits of 100m',
      ],
      (spec) => (spec.resources = { limits: { cpu: '100m' } }),
    ],
  ])('%j', (expected, change) => {
    expect(faults(change)).toEqual(expected);
  });
});

describe('volumes and mounts', () => {
  it.each<[string[], Change]>([
    [
      ['spec.volumes[1].downwarAPI: Forbidden: may not specify more than 1 volume type'],
      volume({ secret: { secretName: 'a' }, downwardAPI: {} }),
    ],
    [
      ['spec.volumes[0].configMap.name: Required value', `${c0}.volumeMounts[0].name: Not found: "config"`],
      (spec) => (spec.volumes![0]!.configMap!.name = ''),
    ],
    [
      ['spec.volumes[1].emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity'],
      volume({ emptyDir: { sizeLimit: '-1' } }),
    ],
    [
      [
        'spec.volumes[1].nfs.path: Required value',
        'spec.volumes[1].nfs.path: Invalid value: "": must be an absolute path',
      ],
      volume({ nfs: { server: 'a', path: '' } }),
    ],
    [[], volume({ secret: { secretName: 'a', items: [{ key: 'any thing', path: 'x' }] } })],
    [
      ['spec.volumes[1].secret.items[0].path: Invalid value: "..x": must not start with \'..\''],
      volume({ secret: { secretName: 'a', items: [{ key: 'k', path: '..x' }] } }),
    ],
    [
      [
        'spec.volumes[1].downwardAPI: Required value: one of fieldRef and resourceFieldRef is required',
        'spec.volumes[1].downwardAPI.resourceFieldRef.containerName: Required value',
      ],
      volume({
        downwardAPI: { items: [{ path: 'a' }, { path: 'b', resourceFieldRef: { resource: 'limits.cpu' } }] },
      }),
    ],
    [
      ['spec.volumes[1].projected.sources[0]: Forbidden: may not specify more than 1 volume type per source'],
      volume({ projected: { sources: [{ secret: { name: 'a' }, configMap: { name: 'a' } }] } }),
    ],
    [
      ['spec.volumes[1].projected: Invalid value: "b": conflicting duplicate paths'],
      volume({
        projected: {
          sources: [
            { secret: { name: 'a', items: [{ key: 'k', path: 'p' }] } },
            { configMap: { name: 'b', items: [{ key: 'k', path: 'p' }] } },
          ],
        },
      }),
    ],
    [
      [
        'spec.volumes[1].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 599: may not specify a duration less than 10 minutes',
        'spec.volumes[1].projected.path: Required value',
        'spec.volumes[1].projected.sources[0].serviceAccountToken: Forbidden: must not be specified when serviceAccountName is not set',
      ],
      volume({ projected: { sources: [{ serviceAccountToken: { expirationSeconds: 599, path: '' } }] } }),
    ],
    [
      [
        'spec.volumes[1].csi.driver: Required value',
        'spec.volumes[1].csi.nodePublishSecretRef.name: Required value',
      ],
      volume({ csi: { driver: '', nodePublishSecretRef: {} } }),
    ],
    [
      [
        `${c0}.volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers`,
      ],
      mount({ mountPropagation: 'Bidirectional' }),
    ],
    [
      [`${c0}.volumeMounts.recursiveReadOnly: Forbidden: may only be specified when readOnly is true`],
      mount({ recursiveReadOnly: 'Enabled' }),
    ],
    [
      [
        `${c0}.volumeMounts[0].subPathExpr: Invalid value: "$(A)": subPathExpr and subPath are mutually exclusive`,
      ],
      mount({ subPath: 'a', subPathExpr: '$(A)' }),
    ],
    [[], mount({ subPath: '..data' })],
    [
      [
        `${c0}.volumeMounts[0].name: Invalid value: "config": must not already exist in volumeDevices`,
        `${c0}.volumeDevices[0].name: Invalid value: "config": can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode`,
        `${c0}.volumeDevices[0].devicePath: Required value`,
        `${c0}.volumeDevices[0].name: Invalid value: "config": must not already exist in volumeMounts`,
      ],
      (_, main) => (main.volumeDevices = [{ name: 'config', devicePath: '' }]),
    ],
  ])('%j', (expected, change) => {
    expect(faults(change)).toEqual(expected);
  });
});

describe('the spec', () => {
  it.each<[string[], Change]>([
    [[], (spec) => (spec.terminationGracePeriodSeconds = -5)],
    [[], (spec) => (spec.schedulerName = 'My Scheduler')],
    [
      ['spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None'],
      (spec) => (spec.dnsPolicy = 'None'),
    ],
    [
      [
        'spec.dnsPolicy: Unsupported value: "X": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"',
      ],
      (spec) => (spec.dnsPolicy = 'X'),
    ],
    [[], (spec) => (spec.dnsConfig = { searches: ['_tcp.example.com.', '.'] })],
    [
      [
        'spec.securityContext.fsGroup: Invalid value: 2147483648: must be between 0 and 2147483647, inclusive',
      ],
      (spec) => (spec.securityContext = { fsGroup: 2 ** 31 }),
    ],
    [
      [
        'spec.securityContext.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled',
      ],
      (spec) => Object.assign(spec, { shareProcessNamespace: true, hostPID: true }),
    ],
    [
      [
        'spec.securityContext.sysctls[0].name: Invalid value: "net/core/somaxconn": may not be specified when \'hostNetwork\' is true',
      ],
      (spec) => {
        spec.hostNetwork = true;
        spec.securityContext = { sysctls: [{ name: 'net/core/somaxconn', value: '1' }] };
      },
    ],
    [
      [
        'spec.securityContext.supplementalGroupsPolicy: Unsupported value: "X": supported values: "Merge", "Strict"',
      ],
      (spec) => (spec.securityContext = { supplementalGroupsPolicy: 'X' }),
    ],
    [
      ['spec.HostPID: Forbidden: when `pod.Spec.HostUsers` is false'],
      (spec) => Object.assign(spec, { hostUsers: false, hostPID: true }),
    ],
    [
      ['spec.preemptionPolicy: Unsupported value: "X": supported values: "PreemptLowerPriority", "Never"'],
      (spec) => (spec.preemptionPolicy = 'X'),
    ],
    [['spec.os.name: Required value: cannot be empty'], (spec) => (spec.os = { name: '' })],
    [
      ['spec.os: Unsupported value: "plan9": supported values: "linux", "windows"'],
      (spec) => (spec.os = { name: 'plan9' }),
    ],
    [
      [`${c0}.securityContext.windowsOptions: Forbidden: windows options cannot be set for a linux pod`],
      (spec, main) => {
        spec.os = { name: 'linux' };
        main.securityContext = { windowsOptions: {} };
      },
    ],
    [
      [
        'spec.resourceClaims[0]: Invalid value: {"Name":"a","ResourceClaimName":null,"ResourceClaimTemplateName":null}: must specify one of: `resourceClaimName`, `resourceClaimTemplateName`',
      ],
      (spec) => (spec.resourceClaims = [{ name: 'a' }]),
    ],
    [
      [
        'spec.ephemeralContainers[0].targetContainerName: Not found: "x"',
        'spec.ephemeralContainers[0].ports: Forbidden: cannot be set for an Ephemeral Container',
        'spec.ephemeralContainers[0].volumeMounts[0].subPath: Forbidden: cannot be set for an Ephemeral Container',
        'spec.ephemeralContainers: Forbidden: cannot be set on create',
      ],
      (spec) =>
        (spec.ephemeralContainers = [
          {
            name: 'e',
            image: 'x',
            targetContainerName: 'x',
            ports: [],
            volumeMounts: [{ name: 'config', mountPath: '/a', subPath: 'b' }],
          },
        ]),
    ],
    [
      [
        'spec.tolerations[0].effect: Unsupported value: "X": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
      ],
      (spec) => (spec.tolerations = [{ key: 'a', effect: 'X' }]),
    ],
    [
      [
        'spec.hostAliases[0].ip: Invalid value: "010.0.0.1": must not have leading 0s',
        'spec.hostAliases[1].ip: Invalid value: "::ffff:10.0.0.1": must not be an IPv4-mapped IPv6 address',
      ],
      (spec) => (spec.hostAliases = [{ ip: '010.0.0.1' }, { ip: '::ffff:10.0.0.1' }]),
    ],
  ])('%j', (expected, change) => {
    expect(faults(change)).toEqual(expected);
  });
});

describe('where a pod may go', () => {
  const spread =
    (...constraints: Partial<NonNullable<V1PodSpec['topologySpreadConstraints']>[0]>[]): Change =>
    (spec) =>
      (spec.topologySpreadConstraints = constraints.map((each) => ({
        maxSkew: 1,
        topologyKey: 'zone',
        whenUnsatisfiable: 'DoNotSchedule',
        ...each,
      })));
  const required = 'spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]';
  const near =
    (term: object): Change =>
    (spec) =>
      (spec.affinity = {
        podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone', ...term }] },
      });
  const node =
    (requirement: object, preferred = false): Change =>
    (spec) => {
      const term = { matchExpressions: [requirement as never] };
      spec.affinity = {
        nodeAffinity: preferred
          ? { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: term }] }
          : { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } },
      };
    };

  it.each<[string[], Change]>([
    [
      [
        'spec.topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}: Duplicate value: "{zone, DoNotSchedule}"',
      ],
      spread({}, {}),
    ],
    [
      [
        'spec.topologySpreadConstraints[0].minDomains: Invalid value: 2: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway',
      ],
      spread({ minDomains: 2, whenUnsatisfiable: 'ScheduleAnyway' }),
    ],
    [[], spread({ topologyKey: 'any thing' })],
    [
      [
        'spec.topologySpreadConstraints[0].matchLabelKeys: Forbidden: must not be specified when labelSelector is not set',
      ],
      spread({ matchLabelKeys: ['app'] }),
    ],
    [[], spread({ matchLabelKeys: ['app'], labelSelector: {} })],
    [
      [
        'spec.topologySpreadConstraints[0].matchLabelKeys[0]: Invalid value: "app": exists in both matchLabelKeys and labelSelector',
      ],
      spread({ matchLabelKeys: ['app'], labelSelector: { matchLabels: { app: 'web' } } }),
    ],
    [
      [
        `${required}.topologyKey: Required value: can not be empty`,
        `${required}.topologyKey: Invalid value: "": name part must be non-empty`,
        `${required}.topologyKey: Invalid value: "": ${name}`,
      ],
      near({ topologyKey: '' }),
    ],
    [[`${required}.namespace: Invalid value: "A": ${label}`], near({ namespaces: ['A'] })],
    [
      [
        `${required}.matchLabelKeys[0]: Invalid value: "app": exists in both matchLabelKeys and mismatchLabelKeys`,
      ],
      near({ labelSelector: {}, matchLabelKeys: ['app'], mismatchLabelKeys: ['app'] }),
    ],
    [
      [
        "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values[0]: Invalid value: \"-\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
      ],
      node({ key: 'a', operator: 'In', values: ['-'] }),
    ],
    [[], node({ key: 'a', operator: 'In', values: ['-'] }, true)],
  ])('%j', (expected, change) => {
    const found = faults(change);
    // A key that both match and mismatch name is in the selector twice by then, and upstream says so, too.
    expect(found.filter((each) => !each.startsWith(`${required}[0]:`))).toEqual(expected);
  });

  it('is told by its own labels, once it is made', () => {
    const pod = examplePod();
    pod.metadata.labels = { app: 'web', 'pod-template-hash': 'x' };
    near({ labelSelector: {}, matchLabelKeys: ['pod-template-hash', 'none'], mismatchLabelKeys: ['app'] })(
      pod.spec,
      pod.spec.containers[0]!,
      pod,
    );
    spread({ matchLabelKeys: ['pod-template-hash'], labelSelector: { matchLabels: { app: 'web' } } })(
      pod.spec,
      pod.spec.containers[0]!,
      pod,
    );
    kinds.pod.prepareForCreate(pod);
    const [term] = pod.spec.affinity!.podAffinity!.requiredDuringSchedulingIgnoredDuringExecution!;
    expect(term!.labelSelector).toEqual({
      matchExpressions: [
        { key: 'pod-template-hash', operator: 'In', values: ['x'] },
        { key: 'app', operator: 'NotIn', values: ['web'] },
      ],
    });
    expect(pod.spec.topologySpreadConstraints![0]!.labelSelector).toEqual({
      matchLabels: { app: 'web' },
      matchExpressions: [{ key: 'pod-template-hash', operator: 'In', values: ['x'] }],
    });
  });
});

describe('annotations', () => {
  const seccomp = 'container.seccomp.security.alpha.kubernetes.io/main';
  const appArmor = 'container.apparmor.security.beta.kubernetes.io/main';
  it.each<[string[], Record<string, string>, Change?]>([
    [
      [
        'metadata.annotations[kubernetes.io/config.mirror]: Invalid value: "x": must set spec.nodeName if mirror pod annotation is set',
      ],
      { 'kubernetes.io/config.mirror': 'x' },
    ],
    [
      [
        'metadata.annotations[controller.kubernetes.io/pod-deletion-cost]: Invalid value: "+1": must be a 32bit integer',
      ],
      { 'controller.kubernetes.io/pod-deletion-cost': '+1' },
    ],
    [[], { 'controller.kubernetes.io/pod-deletion-cost': '-7' }],
    [
      [`metadata.annotations.${seccomp}: Invalid value: "strict": must be a valid seccomp profile`],
      { [seccomp]: 'strict' },
    ],
    [
      [
        `${c0}.securityContext.seccompProfile.type: Forbidden: seccomp type in annotation and field must match`,
      ],
      { [seccomp]: 'unconfined' },
      (_, main) => (main.securityContext = { seccompProfile: { type: 'RuntimeDefault' } }),
    ],
    [
      [`metadata.annotations[${appArmor}x]: Invalid value: "mainx": container not found`],
      { [`${appArmor}x`]: 'runtime/default' },
    ],
    [
      [`metadata.annotations[${appArmor}]: Invalid value: "x": invalid AppArmor profile name: "x"`],
      { [appArmor]: 'x' },
    ],
    [
      [
        `${c0}.securityContext.appArmorProfile.localhostProfile: Forbidden: apparmor profile in annotation and field must match`,
      ],
      { [appArmor]: 'localhost/a' },
      (spec) => (spec.securityContext = { appArmorProfile: { type: 'Localhost', localhostProfile: 'b' } }),
    ],
  ])('%j', (expected, annotations, change = () => undefined) => {
    expect(
      faults((spec, main, pod) => {
        pod.metadata.annotations = annotations;
        change(spec, main, pod);
      }),
    ).toEqual(expected);
  });
});

describe('templates', () => {
  const template = (change: (template: V1PodTemplateSpec) => unknown) => {
    const deployment = exampleOf(kinds.deployment);
    change(deployment.spec.template);
    kinds.deployment.defaults(deployment);
    return kinds.deployment.validate(deployment).map(({ field, message }) => `${field}: ${message}`);
  };

  it('are asked less than pods are', () => {
    expect(template(({ spec }) => (spec!.containers[0]!.image = ' x '))).toEqual([]);
    expect(
      template(({ spec }) => {
        spec!.hostNetwork = true;
      }),
    ).toEqual([]);
  });

  it('have their labels at the place that upstream names', () => {
    expect(template(({ metadata }) => (metadata!.labels!['a b'] = ''))).toEqual([
      expect.stringContaining('spec.template.labels: Invalid value: "a b": name part must consist'),
    ]);
  });

  it('are held against the selector, which selects nothing where there is none', () => {
    const deployment = exampleOf(kinds.deployment);
    delete (deployment.spec as Partial<typeof deployment.spec>).selector;
    kinds.deployment.defaults(deployment);
    expect(kinds.deployment.validate(deployment)).toMatchObject([
      { field: 'spec.selector', message: 'Required value' },
      { field: 'spec.template.metadata.labels' },
    ]);
  });
});
