import { describe, expect, it } from 'vitest';
import type { V1Pod } from '@gantry/api';
import { containerArgs, containerUser, kernelHostname } from './container-config.ts';
import { goDuration, RetryBackoff } from './crash-backoff.ts';
import { containerEnv, serviceEnv, type ConfigSource } from './env.ts';
import { expand } from './expand.ts';
import { hostsFile, resolvFile } from './files.ts';

const pod = (spec: object = {}): V1Pod =>
  ({
    metadata: { namespace: 'shop', name: 'web', uid: 'u1', labels: { app: 'web' } },
    spec: { containers: [{ name: 'main' }], ...spec },
  }) as unknown as V1Pod;
const node = {
  nodeName: 'n1',
  nodeIp: '10.0.0.1',
  podIps: ['10.42.0.5'],
  allocatable: { cpuMilli: 2000, memoryBytes: 1 << 30, ephemeralBytes: 1 },
};
const source = (parts: Partial<ConfigSource> = {}): ConfigSource => ({
  configMap: () => undefined,
  secret: () => undefined,
  services: () => [],
  ...parts,
});

describe('expand', () => {
  it.each([
    ['$(A)', 'a'],
    ['x$(A)y$(B)', 'xay$(B)'],
    ['$$(A)', '$(A)'],
    ['$$$(A)', '$a'],
    ['$', '$'],
    ['$(A', '$(A'],
    ['$x', '$x'],
    ['', ''],
  ])('makes %s to %s', (text, result) =>
    expect(expand(text, (name) => (name === 'A' ? 'a' : undefined))).toBe(result),
  );
});

describe('containerArgs', () => {
  const image = { Entrypoint: ['/e'], Cmd: ['c'] };
  it.each([
    [{}, ['/e', 'c']],
    [{ args: ['x'] }, ['/e', 'x']],
    [{ command: ['/k'] }, ['/k']],
    [{ command: ['/k'], args: ['$(N)'] }, ['/k', 'n']],
  ])('for %j is %j', (container, args) => expect(containerArgs(container, image, () => 'n')).toEqual(args));
  it('has to be something', () =>
    expect(() => containerArgs({}, {}, () => undefined)).toThrow('no command specified'));
});

describe('containerUser', () => {
  const user = (own: object, image?: string) =>
    containerUser(pod(), { name: 'main', securityContext: own }, image);
  it('takes what the pod says before what the image says', () => {
    expect(user({}, 'bob')).toBe('bob');
    expect(user({ runAsUser: 5 }, 'bob')).toBe('5');
    expect(user({ runAsGroup: 6 }, 'bob')).toBe('bob:6');
  });
  it.each([
    [{ runAsNonRoot: true }, undefined, 'container has runAsNonRoot and image will run as root'],
    [{ runAsNonRoot: true, runAsUser: 0 }, undefined, "container's runAsUser breaks non-root policy"],
    [{ runAsNonRoot: true }, 'bob', 'image has non-numeric user (bob)'],
  ])('refuses %j with image user %s', (own, image, words) => expect(() => user(own, image)).toThrow(words));
});

describe('containerEnv', () => {
  it('lets later variables see earlier ones, and optional ones be missing', () => {
    const env = containerEnv(
      pod(),
      {
        name: 'main',
        envFrom: [{ prefix: 'P_', configMapRef: { name: 'm' } }],
        env: [
          { name: 'A', value: '$(P_k)-$(B)' },
          { name: 'B', valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } },
          { name: 'C', value: '$(B)' },
          { name: 'D', valueFrom: { secretKeyRef: { name: 'none', key: 'x', optional: true } } },
          { name: 'E', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } },
        ],
      },
      source({ configMap: () => ({ metadata: {}, data: { k: 'v' } }) }),
      node,
    );
    expect(Object.fromEntries(env)).toEqual({ P_k: 'v', A: 'v-$(B)', B: 'web', C: 'web', E: '2000' });
  });

  it('names what is missing', () => {
    const missing = (valueFrom: object) => () =>
      containerEnv(
        pod(),
        { name: 'main', env: [{ name: 'A', valueFrom }] },
        source({ secret: () => ({ metadata: {}, data: {} }) }),
        node,
      );
    expect(missing({ configMapKeyRef: { name: 'm', key: 'k' } })).toThrow('configmap "m" not found');
    expect(missing({ secretKeyRef: { name: 's', key: 'k' } })).toThrow(
      "couldn't find key k in Secret shop/s",
    );
  });

  it('has the Services of its namespace, and kubernetes in any case', () => {
    const service = (namespace: string, name: string) =>
      ({
        metadata: { namespace, name },
        spec: { clusterIP: '10.43.0.9', ports: [{ name: 'web-ui', port: 80, protocol: 'TCP' }] },
      }) as never;
    const services = [service('default', 'kubernetes'), service('shop', 'my-db'), service('other', 'x')];
    const env = serviceEnv(services, 'shop', true);
    expect(env.get('MY_DB_SERVICE_HOST')).toBe('10.43.0.9');
    expect(env.get('MY_DB_SERVICE_PORT_WEB_UI')).toBe('80');
    expect(env.get('MY_DB_PORT_80_TCP')).toBe('tcp://10.43.0.9:80');
    expect(env.get('KUBERNETES_SERVICE_HOST')).toBe('10.43.0.9');
    expect([...env.keys()].some((name) => name.startsWith('X_'))).toBe(false);
    expect(
      [...serviceEnv(services, 'shop', false).keys()].every((name) => name.startsWith('KUBERNETES_')),
    ).toBe(true);
  });
});

describe('the host name of a pod', () => {
  it.each([
    [{}, 'web'],
    [{ hostname: 'db' }, 'db'],
    [{ hostname: 'a'.repeat(62) + '-b' }, 'a'.repeat(62)],
    [{ hostNetwork: true, hostname: 'db' }, 'n1'],
    [{ subdomain: 'sub' }, 'web'],
    [{ subdomain: 'sub', setHostnameAsFQDN: true }, 'web.sub.shop.svc.cluster.local'],
    [{ setHostnameAsFQDN: true }, 'web'],
    [{ hostnameOverride: 'my.own.name', subdomain: 'sub' }, 'my.own.name'],
  ])('with %j is %s', (spec, name) => expect(kernelHostname(pod(spec), 'n1', 'cluster.local')).toBe(name));

  it('is refused where the kernel has no room for all of it', () =>
    expect(() =>
      kernelHostname(pod({ subdomain: 's'.repeat(40), setHostnameAsFQDN: true }), 'n1', 'cluster.local'),
    ).toThrow('is too long (64 characters is the max, 67 characters requested)'));
});

describe('files of a pod', () => {
  const names = { clusterDomain: 'cluster.local', clusterDns: '10.43.0.10' };
  it('has its own name and its aliases in /etc/hosts', () => {
    const text = hostsFile(
      pod({ subdomain: 'db', hostAliases: [{ ip: '1.2.3.4', hostnames: ['a', 'b'] }] }),
      ['10.42.0.5'],
      names,
      'n1',
      '',
    );
    expect(text).toContain('10.42.0.5\tweb.db.shop.svc.cluster.local\tweb\n');
    expect(text).toContain('1.2.3.4\ta\tb\n');
  });
  it.each([
    [
      {},
      'search shop.svc.cluster.local svc.cluster.local cluster.local lan\nnameserver 10.43.0.10\noptions ndots:5\n',
    ],
    [{ dnsPolicy: 'Default' }, 'search lan\nnameserver 9.9.9.9\n'],
    [{ hostNetwork: true }, 'search lan\nnameserver 9.9.9.9\n'],
    [
      {
        dnsPolicy: 'None',
        dnsConfig: { nameservers: ['1.1.1.1'], options: [{ name: 'ndots', value: '2' }] },
      },
      'nameserver 1.1.1.1\noptions ndots:2\n',
    ],
  ])('resolv.conf for %j', (spec, text) =>
    expect(resolvFile(pod(spec), names, 'nameserver 9.9.9.9\nsearch lan\n')).toBe(text),
  );
  it("is the node's own where the cluster has no DNS", () =>
    expect(resolvFile(pod(), { clusterDomain: 'cluster.local' }, 'nameserver 9.9.9.9\n')).toBe(
      'nameserver 9.9.9.9\n',
    ));
});

describe('RetryBackoff', () => {
  it('restarts at once, then after 10 s doubling to 5 min, and afresh after ten quiet minutes', () => {
    const backoff = new RetryBackoff(1);
    const delays = Array.from({ length: 9 }, (_each, index) => backoff.failed(index) - index);
    expect(delays).toEqual([0, 10, 20, 40, 80, 160, 300, 300, 300].map((seconds) => seconds * 1000));
    expect(backoff.failed(700_000) - 700_000).toBe(0);
    expect(['10s', '1m20s', '5m0s']).toEqual([10_000, 80_000, 300_000].map(goDuration));
  });
});
