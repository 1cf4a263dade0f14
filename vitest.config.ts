import { defineConfig } from 'vitest/config';

// Two projects: `unit` needs nothing but Node; `system` needs root and the programs that tools/setup.sh installs
// (etcd, runc, conmon, nftables, docker-registry …) and runs one file at a time, for it shares the host's kernel.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{apps,libs}/*/src/**/*.spec.ts'],
          exclude: ['**/*.system.spec.ts'],
          pool: 'threads',
        },
      },
      {
        test: {
          name: 'system',
          include: ['{apps,libs}/*/src/**/*.system.spec.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['k8s-e2e/**/*.e2e.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
