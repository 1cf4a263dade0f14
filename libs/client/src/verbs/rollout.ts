import type { Stored, V1Deployment } from '@gantry/api';

/**
 * How far a Deployment's rollout is, in kubectl's words (`polymorphichelpers/rollout_status.go`). Throws the reason when it has
 * passed its deadline.
 */
export function deploymentRollout(deployment: Stored<V1Deployment>): { line: string; done: boolean } {
  const { metadata, spec, status = {} } = deployment;
  const { name } = metadata;
  const wanted = spec.replicas ?? 1;
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0))
    return { line: 'Waiting for deployment spec update to be observed...', done: false };
  const progressing = status.conditions?.find((each) => each.type === 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded')
    throw new Error(`error: deployment "${name}" exceeded its progress deadline`);
  const { updatedReplicas = 0, replicas = 0, availableReplicas = 0 } = status;
  const waiting = `Waiting for deployment "${name}" rollout to finish:`;
  if (updatedReplicas < wanted)
    return {
      line: `${waiting} ${updatedReplicas} out of ${wanted} new replicas have been updated...`,
      done: false,
    };
  if (replicas > updatedReplicas)
    return {
      line: `${waiting} ${replicas - updatedReplicas} old replicas are pending termination...`,
      done: false,
    };
  if (availableReplicas < updatedReplicas)
    return {
      line: `${waiting} ${availableReplicas} of ${updatedReplicas} updated replicas are available...`,
      done: false,
    };
  return { line: `deployment "${name}" successfully rolled out`, done: true };
}
