import { isStatus } from '@gantry/base';

/**
 * True for the refusal to create something in a namespace on its way out: nothing to complain of, and nothing to try again for, it takes
 * along whoever asked (upstream `HasStatusCause(err, NamespaceTerminatingCause)`).
 */
export function namespaceTerminating(error: unknown): boolean {
  return (
    isStatus(error, 'Forbidden') &&
    (error.details?.causes ?? []).some(({ reason }) => reason === 'NamespaceTerminating')
  );
}
