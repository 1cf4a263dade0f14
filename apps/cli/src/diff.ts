import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isStatus } from '@gantry/base';
import type { Stored } from '@gantry/api';
import { applyManifest, formatYaml, getObject, locate, type Manifest } from '@gantry/client';
import { describeError } from './errors.ts';
import { warn, type KubeContext } from './context.ts';

/**
 * Shows with diff(1) (or $KUBECTL_EXTERNAL_DIFF) what applying the manifests would change, as the server says it. Resolves with the exit
 * code: 0 nothing, 1 differences, 2 and above trouble, as `kubectl diff` has it.
 */
export async function diffManifests(
  context: KubeContext,
  manifests: readonly Manifest[],
  options: { serverSide?: boolean; forceConflicts?: boolean; fieldManager?: string },
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'gantry-diff-'));
  const [live, merged] = ['LIVE', 'MERGED'].map((name) => join(folder, name)) as [string, string];
  try {
    for (const each of [live, merged]) mkdirSync(each, { mode: 0o700 });
    for (const manifest of manifests) {
      const { object } = manifest;
      const { resource, namespace } = await locate(context.discovery, object, context.namespace);
      const name = object.metadata.name ?? '';
      const current = await getObject(context.connection, resource, namespace, name).catch(
        (error: unknown) => {
          if (isStatus(error, 'NotFound')) return undefined;
          throw error;
        },
      );
      const applied = await applyManifest(context.connection, context.discovery, manifest, {
        namespace: context.namespace,
        serverSide: options.serverSide ?? false,
        forceConflicts: options.forceConflicts ?? false,
        fieldManager: options.fieldManager,
        dryRun: 'server',
      });
      const file = [resource.group, resource.version, resource.kind, namespace, name]
        .filter(Boolean)
        .join('.');
      if (current) writeFileSync(join(live, file), yamlOf(current), { mode: 0o600 });
      writeFileSync(join(merged, file), yamlOf(applied.object), { mode: 0o600 });
    }
    const [program = 'diff', ...args] = (process.env['KUBECTL_EXTERNAL_DIFF'] || 'diff -u -N').split(' ');
    const { status, error } = spawnSync(program, [...args, live, merged], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (error) throw error;
    return status ?? 2;
  } catch (error) {
    // 1 says that there are differences: trouble needs another number.
    warn(describeError(error));
    return 2;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function yamlOf(object: Stored): string {
  const shown = structuredClone(object) as Stored & { data?: Record<string, string> };
  delete shown.metadata.managedFields;
  if (shown.kind === 'Secret' && shown.data)
    // Differences must show, the secrets must not: each value by its length and nothing else.
    for (const [key, value] of Object.entries(shown.data))
      shown.data[key] = `*** (${value.length} characters)`;
  return formatYaml(shown);
}
