import { expect, it } from 'vitest';
import { readOptions } from './options.ts';

const read = (...argv: string[]) => readOptions(argv, { KUBECONFIG: '/k' });

it('stands for the lease of the scheduler, or for another, so that schedulers of two names can work side by side', () => {
  expect(read()).toMatchObject({
    kubeconfig: '/k',
    leaderElect: true,
    leaseName: 'kube-scheduler',
    schedulerName: 'default-scheduler',
    metricsAddress: { host: '127.0.0.1', port: 10_259 },
  });
  expect(read('--scheduler-name=mine', '--leader-elect-resource-name', 'my-scheduler')).toMatchObject({
    leaseName: 'my-scheduler',
    schedulerName: 'mine',
  });
  expect(read('--leader-elect=false', '--metrics-bind-address=127.0.0.1:0')).toMatchObject({
    leaderElect: false,
  });
  expect(read('--metrics-bind-address=127.0.0.1:0').metricsAddress).toBeUndefined();
});
