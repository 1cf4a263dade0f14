export { FakeClock, settle } from './fake-clock.ts';
export { eventually } from './eventually.ts';
export { freePort, freePorts } from './free-ports.ts';
