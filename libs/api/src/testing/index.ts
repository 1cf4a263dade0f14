export { exampleOf, examplePod } from './examples.ts';
