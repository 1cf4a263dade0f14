import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

describe('the command line', () => {
  it('has upstream’s defaults', () => {
    const options = readOptions([]);
    expect(options).toMatchObject({
      dataDirectory: '/var/lib/gantry/server',
      store: 'etcd',
      etcd: { servers: ['http://127.0.0.1:2379'] },
      bindAddress: '0.0.0.0',
      securePort: 6443,
      nodeServicePort: 6444,
      serviceCidr: '10.43.0.0/16',
      clusterCidr: '10.42.0.0/16',
      nodePorts: { first: 30_000, last: 32_767 },
      tlsSans: [],
      inFlight: { readOnly: 400, mutating: 200 },
      nodeMonitorGracePeriodMs: 50_000,
      nodeMonitorPeriodMs: 5_000,
    });
    expect([...options.components]).toEqual(['apiserver']);
    expect(options.advertiseAddress).toMatch(/^[0-9.]+$/);
  });

  it('reads what it is given', () => {
    expect(
      readOptions([
        ...[
          '--etcd-servers=https://a:1,https://b:2',
          '--etcd-cafile=ca',
          '--etcd-certfile=c',
          '--etcd-keyfile=k',
        ],
        ...[
          '--bind-address=10.0.0.1',
          '--tls-san=x',
          '--tls-san=y,z',
          '--service-node-port-range=31000-31010',
        ],
        ...[
          '--components=apiserver,scheduler',
          '--store=memory',
          '--log-format=json',
          '--admin-kubeconfig=f',
          '--log-dir=l',
        ],
        ...['--max-requests-inflight=30', '--max-mutating-requests-inflight=0'],
        ...['--node-monitor-grace-period=1m', '--node-monitor-period=500ms'],
      ]),
    ).toMatchObject({
      etcd: { servers: ['https://a:1', 'https://b:2'], caFile: 'ca', certFile: 'c', keyFile: 'k' },
      advertiseAddress: '10.0.0.1',
      tlsSans: ['x', 'y', 'z'],
      nodePorts: { first: 31_000, last: 31_010 },
      components: new Set(['apiserver', 'scheduler']),
      store: 'memory',
      inFlight: { readOnly: 30, mutating: 0 },
      logFormat: 'json',
      adminKubeconfig: 'f',
      nodeMonitorGracePeriodMs: 60_000,
      nodeMonitorPeriodMs: 500,
      logDirectory: 'l',
    });
  });
});
