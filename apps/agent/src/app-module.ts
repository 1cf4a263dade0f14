import 'reflect-metadata';
import type { DynamicModule } from '@nestjs/common';
import {
  createLogger,
  createMetrics,
  parseLogLevels,
  systemClock,
  type Clock,
  type Logger,
  type Metrics,
} from '@gantry/base';
import { linuxHost } from '@gantry/host';
import { partOpeners } from './node-parts.ts';
import type { AgentAppOptions } from './options.ts';

export const tokens = {
  clock: Symbol('clock'),
  log: Symbol('log'),
  metrics: Symbol('metrics'),
  host: Symbol('host'),
  openers: Symbol('openers'),
};

class AppModule {}

/** What the process is made of. */
export function appModule(options: AgentAppOptions): DynamicModule {
  const { logLevel, logFormat } = options;
  return {
    module: AppModule,
    providers: [
      { provide: tokens.clock, useValue: systemClock },
      { provide: tokens.host, useValue: linuxHost },
      { provide: tokens.metrics, useFactory: () => createMetrics() },
      {
        provide: tokens.log,
        useFactory: () =>
          createLogger({
            component: 'agent',
            ...parseLogLevels(logLevel),
            ...(logFormat ? { format: logFormat } : {}),
          }),
      },
      {
        provide: tokens.openers,
        inject: [tokens.clock, tokens.log, tokens.metrics],
        useFactory: (clock: Clock, log: Logger, metrics: Metrics) =>
          partOpeners(options, linuxHost, clock, log, metrics),
      },
    ],
  };
}
