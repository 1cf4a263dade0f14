// The measures in the order they run: those of an idle, fresh cluster first.
export const measures = {
  up: 'gantry up until two nodes are Ready',
  memory: 'memory of the idle cluster with 10 pods',
  'pod-start': 'one pod after the other, created until Running',
  'pod-stop': 'one pod after the other, deleted until gone',
  'pod-burst': '100 pods at once on one node',
  create: 'ConfigMaps created',
  scheduling: '1,000 pods onto 100 fake nodes',
  get: 'one pod read over and over',
  list: '5,000 pods listed',
  watch: '1,000 updates seen by 100 watchers',
};

/** These look at the host, so they need the bench's own cluster. */
export const ownClusterOnly = new Set(['up', 'memory']);
