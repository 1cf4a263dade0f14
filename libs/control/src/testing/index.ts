export { UnsteadyState } from './unsteady-state.ts';
