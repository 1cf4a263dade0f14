// What works on this host rather than on a cluster, in a bundle of its own: it brings along the libraries of network, images and
// system calls, which the daily commands must not have to load.
export { down } from './cluster/down.ts';
export { createProgress } from './cluster/progress.ts';
export { up } from './cluster/up.ts';
export { pushFolder } from './push.ts';
