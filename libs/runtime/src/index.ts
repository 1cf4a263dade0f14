export {
  RuntimeError,
  type Container,
  type ContainerConfig,
  type ContainerMount,
  type ContainerRuntime,
  type ContainerState,
  type ContainerStats,
  type DeviceIo,
  type ResourceUsage,
  type ExecConfig,
  type ExecSession,
  type LogLine,
  type LogOptions,
  type Namespaces,
  type Resources,
} from './runtime.ts';
export { openRuntime } from './open.ts';
export { type RuntimeOptions } from './options.ts';
export { readLog, type ReadLogOptions } from './logs/read-log.ts';
