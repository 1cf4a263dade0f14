export { FakeClock, settle } from './fake-clock.ts';
export { eventually } from './eventually.ts';
