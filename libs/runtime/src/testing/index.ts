export { buildBusyboxRoot } from './busybox-root.ts';
export { exited, logText, runToEnd, sessionOutput } from './observe.ts';
export { openTestRuntime, type TestRuntime } from './test-runtime.ts';
