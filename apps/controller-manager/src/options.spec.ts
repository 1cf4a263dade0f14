import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

const env = { KUBECONFIG: '/etc/gantry/kubeconfig' };

describe('the options of the controller manager', () => {
  it('have the defaults of upstream and of this cluster', async () => {
    expect(await readOptions([], env)).toEqual({
      kubeconfig: '/etc/gantry/kubeconfig',
      leaderElect: true,
      clusterCidr: '10.42.0.0/16',
      serviceCidr: '10.43.0.0/16',
      nodeMonitorGracePeriodMs: 50_000,
      nodeMonitorPeriodMs: 5_000,
      nodeEvictionRate: 0.1,
      secondaryNodeEvictionRate: 0.01,
      unhealthyZoneThreshold: 0.55,
      largeClusterSizeThreshold: 50,
      terminatedPodGcThreshold: 12_500,
      endpointUpdatesBatchPeriodMs: 0,
      endpointSliceUpdatesBatchPeriodMs: 0,
      mirroringEndpointSliceUpdatesBatchPeriodMs: 0,
      address: { host: '127.0.0.1', port: 10_257 },
      logLevel: 'info',
    });
  });

  it.each([['--leader-elect=false'], ['--no-leader-elect']])(
    'take %s as working without a lease',
    async (flag) => {
      expect((await readOptions([flag], env)).leaderElect).toBe(false);
    },
  );

  it.each([
    ['40s', 40_000],
    ['1m30s', 90_000],
    ['500ms', 500],
    ['1.5h', 5_400_000],
  ])('read the duration %s', async (text, ms) => {
    expect((await readOptions(['--node-monitor-period', text], env)).nodeMonitorPeriodMs).toBe(ms);
    expect((await readOptions(['--node-monitor-grace-period', text], env)).nodeMonitorGracePeriodMs).toBe(ms);
  });

  it('read how fast nodes are emptied', async () => {
    const argv = ['--node-eviction-rate=0.5', '--large-cluster-size-threshold', '3'];
    expect(await readOptions(argv, env)).toMatchObject({
      nodeEvictionRate: 0.5,
      largeClusterSizeThreshold: 3,
    });
  });

  it('read for how long changes of endpoints wait for others', async () => {
    const argv = ['endpoint=1s', 'endpointslice=500ms', 'mirroring-endpointslice=2s'].map((each) =>
      `--${each}`.replace('=', '-updates-batch-period='),
    );
    expect(await readOptions(argv, env)).toMatchObject({
      endpointUpdatesBatchPeriodMs: 1_000,
      endpointSliceUpdatesBatchPeriodMs: 500,
      mirroringEndpointSliceUpdatesBatchPeriodMs: 2_000,
    });
  });

  it('read addresses, IPv6 ones too', async () => {
    expect(
      (await readOptions(['--metrics-bind-address', '[::1]:9000', '--secure-port=0'], env)).metricsAddress,
    ).toEqual({
      host: '::1',
      port: 9000,
    });
  });
});
