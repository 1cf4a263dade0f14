export { createControllers, type ControllersOptions } from './create-controllers.ts';
export { runControllers, type RunControllersOptions } from './run-controllers.ts';
