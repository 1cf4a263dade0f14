import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '@gantry/base';
import {
  createObjectPrinter,
  getObject,
  objectLabel,
  parseManifests,
  threeWayPatchFor,
  UsageError,
  type ObjectAddress,
} from '@gantry/client';
import { write, type KubeContext } from './context.ts';
import { patchObject } from './objects.ts';

const header = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit.
#
`;

/** Lets the person change an object in their editor and sends what changed. What was refused stays in a file whose name is said. */
export async function editObject(
  context: KubeContext,
  target: ObjectAddress,
  asJson: boolean,
): Promise<void> {
  const { resource, namespace, name } = target;
  const current = await getObject(context.connection, resource, namespace, name);
  delete current.metadata.managedFields;
  const folder = mkdtempSync(join(tmpdir(), 'gantry-edit-'));
  const file = join(folder, `${name}.${asJson ? 'json' : 'yaml'}`);
  const text =
    (asJson ? '' : header) + createObjectPrinter({ kind: asJson ? 'json' : 'yaml' }).whole!(current);
  writeFileSync(file, text, { mode: 0o600 });
  let keep = false;
  try {
    runEditor(file);
    const edited = readFileSync(file, 'utf8');
    if (edited === text) return write('Edit cancelled, no changes made.');
    if (!edited.replace(/^#.*$/gm, '').trim()) return write('Edit cancelled, saved file was empty.');
    keep = true;
    const [manifest] = parseManifests(edited, file);
    const { patch, type } = threeWayPatchFor(manifest!.object, current, current);
    if (patch) await patchObject(context, target, patch, { type, fieldManager: 'gantry-edit' });
    keep = false;
    write(patch ? `${objectLabel(resource, name)} edited` : 'Edit cancelled, no changes made.');
  } catch (error) {
    if (keep && error instanceof Error)
      error.message = `${messageOf(error)}\nA copy of your changes has been stored to "${file}"`;
    throw error;
  } finally {
    if (!keep) rmSync(folder, { recursive: true, force: true });
  }
}

function runEditor(file: string): void {
  const { KUBE_EDITOR, EDITOR } = process.env;
  const editor = KUBE_EDITOR || EDITOR || 'vi';
  // The variable may hold arguments, so a shell reads it; the file's name is none of the shell's business.
  const { status, error } = spawnSync('sh', ['-c', `${editor} "$1"`, 'sh', file], { stdio: 'inherit' });
  if (error || status !== 0)
    throw new UsageError(`error: the editor "${editor}" ended with exit code ${status ?? messageOf(error)}`);
}
