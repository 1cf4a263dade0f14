import { All, Controller, Req, Res, type DynamicModule, type Type } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiServer } from '@gantry/serving';

class AppModule {}

/** The one module: all paths are the API server's. */
export function appModule(apiServer: ApiServer): DynamicModule {
  return { module: AppModule, controllers: [controllerOver(apiServer)] };
}

/**
 * Requests and answers go through untouched. The decorators are applied by hand: sources are run as they are, and Node knows no
 * decorators.
 */
function controllerOver(apiServer: ApiServer): Type {
  class ApiController {
    handle(request: FastifyRequest, reply: FastifyReply): void {
      reply.hijack();
      apiServer.handle(request.raw, reply.raw);
    }
  }
  Controller()(ApiController);
  const { prototype } = ApiController;
  All('*')(prototype, 'handle', Object.getOwnPropertyDescriptor(prototype, 'handle')!);
  Req()(prototype, 'handle', 0);
  Res()(prototype, 'handle', 1);
  return ApiController;
}
