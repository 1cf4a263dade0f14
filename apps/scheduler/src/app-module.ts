import 'reflect-metadata';
import type { DynamicModule } from '@nestjs/common';
import { createLogger, createMetrics, parseLogLevels, type Metrics } from '@gantry/base';
import { clientFromKubeconfig } from '@gantry/state';
import type { SchedulerAppOptions } from './options.ts';

export const tokens = { log: Symbol('log'), metrics: Symbol('metrics'), state: Symbol('state') };

class AppModule {}

/** What the process is made of. */
export function appModule(options: SchedulerAppOptions): DynamicModule {
  const { logLevel, logFormat, kubeconfig } = options;
  return {
    module: AppModule,
    providers: [
      {
        provide: tokens.log,
        useFactory: () =>
          createLogger({
            component: 'scheduler',
            ...parseLogLevels(logLevel),
            ...(logFormat ? { format: logFormat } : {}),
          }),
      },
      { provide: tokens.metrics, useFactory: () => createMetrics() },
      {
        provide: tokens.state,
        inject: [tokens.metrics],
        useFactory: (metrics: Metrics) =>
          clientFromKubeconfig(kubeconfig, { userAgent: 'gantry-scheduler', metrics }),
      },
    ],
  };
}
