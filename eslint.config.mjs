import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

// Who may import whom: a library the floors below its own, an app every library, nobody an app.
const floors = [0, 1, 2, 3, 4, 5];
const below = (floor) => floors.filter((each) => each < floor).map((each) => `floor:${each}`);

export default tseslint.config(
  { ignores: ['dist', 'node_modules', '**/gen/**', 'libs/proto/src/**'] },
  ...tseslint.configs.recommended,
  {
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          allow: [],
          depConstraints: [
            ...floors.map((floor) => ({
              sourceTag: `floor:${floor}`,
              onlyDependOnLibsWithTags: below(floor),
            })),
            { sourceTag: 'app', onlyDependOnLibsWithTags: floors.map((floor) => `floor:${floor}`) },
            { sourceTag: 'e2e', onlyDependOnLibsWithTags: floors.map((floor) => `floor:${floor}`) },
          ],
        },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-explicit-any': 'error',
      'no-console': 'error',
      'prefer-const': 'error',
    },
  },
  { files: ['tools/**', 'apps/cli/**', 'libs/*/bench/**', 'k8s-e2e/**'], rules: { 'no-console': 'off' } },
);
