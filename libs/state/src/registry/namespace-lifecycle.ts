import { isStatus, StatusError } from '@gantry/base';
import { kinds, type V1Namespace } from '@gantry/api';
import { resourceOf } from '../errors.ts';
import type { Entry, State } from '../state.ts';
import type { AdmissionPlugin } from './admission.ts';

export const immortalNamespaces: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public']);

/**
 * Objects are only created in namespaces that exist and are not going away, and the namespaces that everything relies on
 * stay (apiserver `pkg/admission/plugin/namespace/lifecycle`). Reviews of access (they are never stored) pass.
 */
export function namespaceLifecycle(state: State): AdmissionPlugin {
  return {
    name: 'NamespaceLifecycle',
    validate({ operation, kind, name }) {
      if (kind === kinds.namespace && operation === 'DELETE' && immortalNamespaces.has(name.name))
        throw new StatusError(
          'Forbidden',
          `namespaces ${JSON.stringify(name.name)} is forbidden: this namespace may not be deleted`,
          { details: { name: name.name, kind: 'namespaces' } },
        );
    },
    // Before others look for what should be in it.
    async admit({ operation, kind, name, subresource, object }) {
      if (operation !== 'CREATE' || subresource || !kind.namespaced || !name.namespace) return;
      const namespace = await find(state, name.namespace);
      if (!namespace) throw StatusError.notFound(resourceOf(kinds.namespace), name.namespace);
      if (!namespace.object.metadata.deletionTimestamp) return;
      const { group, resource } = resourceOf(kind);
      const objectName = name.name || object?.metadata.generateName || '';
      throw new StatusError(
        'Forbidden',
        `${group ? `${resource}.${group}` : resource} ${JSON.stringify(objectName)} is forbidden: unable to create new ` +
          `content in namespace ${name.namespace} because it is being terminated`,
        {
          details: {
            name: objectName,
            ...(group ? { group } : {}),
            kind: resource,
            causes: [
              {
                reason: 'NamespaceTerminating',
                message: `namespace ${name.namespace} is being terminated`,
                field: 'metadata.namespace',
              },
            ],
          },
        },
      );
    },
  };
}

async function find(state: State, name: string): Promise<Entry<V1Namespace> | undefined> {
  try {
    return await state.get(kinds.namespace, { name });
  } catch (error) {
    if (isStatus(error, 'NotFound')) return undefined;
    throw error;
  }
}
