import { defineConfig } from 'vitest/config';

// Two projects: `unit` needs nothing but Node; `system` needs root and the programs that tools/setup.sh installs
// (etcd, runc, conmon, nftables, docker-registry …) and runs one file at a time, for it shares the host's kernel.
// The times are for the busiest machine: they end a test that hangs, and say nothing of how long one should take.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{apps,libs}/*/src/**/*.spec.ts'],
          exclude: ['**/*.system.spec.ts'],
          pool: 'threads',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'system',
          include: ['{apps,libs}/*/src/**/*.system.spec.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['k8s-e2e/**/*.e2e.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
