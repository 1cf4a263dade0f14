export { testCluster, testNode, testPod } from './objects.ts';
