import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { DynamicModule } from '@nestjs/common';
import {
  createLogger,
  createMetrics,
  parseLogLevels,
  systemClock,
  type Logger,
  type Metrics,
} from '@gantry/base';
import { clientFromKubeconfig, type State } from '@gantry/state';
import { ControllerManager } from './controller-manager.ts';
import type { ControllerManagerOptions } from './options.ts';

export const tokens = {
  log: Symbol('log'),
  metrics: Symbol('metrics'),
  state: Symbol('state'),
  manager: Symbol('manager'),
};

class AppModule {}

/** What the process is made of. */
export function appModule(options: ControllerManagerOptions): DynamicModule {
  return {
    module: AppModule,
    providers: [
      {
        provide: tokens.log,
        useFactory: () =>
          createLogger({
            component: 'controller-manager',
            ...parseLogLevels(options.logLevel),
            ...(options.logFormat ? { format: options.logFormat } : {}),
          }),
      },
      { provide: tokens.metrics, useFactory: () => createMetrics() },
      {
        provide: tokens.state,
        inject: [tokens.metrics],
        useFactory: (metrics: Metrics) =>
          clientFromKubeconfig(options.kubeconfig, { userAgent: 'kube-controller-manager/gantry', metrics }),
      },
      {
        provide: tokens.manager,
        inject: [tokens.state, tokens.log, tokens.metrics],
        useFactory: (state: State, log: Logger, metrics: Metrics) =>
          new ControllerManager({
            state,
            log,
            metrics,
            clock: systemClock,
            random: Math.random,
            clusterCidr: options.clusterCidr,
            serviceCidr: options.serviceCidr,
            nodeMonitorGracePeriodMs: options.nodeMonitorGracePeriodMs,
            nodeMonitorPeriodMs: options.nodeMonitorPeriodMs,
            nodeEvictionRate: options.nodeEvictionRate,
            secondaryNodeEvictionRate: options.secondaryNodeEvictionRate,
            unhealthyZoneThreshold: options.unhealthyZoneThreshold,
            largeClusterSizeThreshold: options.largeClusterSizeThreshold,
            terminatedPodGcThreshold: options.terminatedPodGcThreshold,
            endpointUpdatesBatchPeriodMs: options.endpointUpdatesBatchPeriodMs,
            endpointSliceUpdatesBatchPeriodMs: options.endpointSliceUpdatesBatchPeriodMs,
            mirroringEndpointSliceUpdatesBatchPeriodMs: options.mirroringEndpointSliceUpdatesBatchPeriodMs,
            ...(options.caCertificate ? { caCertificate: options.caCertificate } : {}),
            ...(options.leaderElect ? { identity: `${hostname()}_${randomUUID()}` } : {}),
          }),
      },
    ],
  };
}
