/** Why a container cannot be made for now; `reason` and message go into `state.waiting`. */
export class ContainerProblem extends Error {
  override readonly name = 'ContainerProblem';
  readonly reason:
    | 'CreateContainerConfigError'
    | 'CreateContainerError'
    | 'RunContainerError'
    | 'ErrImagePull'
    | 'ImagePullBackOff'
    | 'ErrImageNeverPull'
    | 'InvalidImageName';

  constructor(reason: ContainerProblem['reason'], message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.reason = reason;
  }
}

export function configError(message: string): ContainerProblem {
  return new ContainerProblem('CreateContainerConfigError', message);
}
