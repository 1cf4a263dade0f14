export { exampleOf, examplePod } from './examples.ts';
export { objectsOf, text } from './typed-objects.ts';
