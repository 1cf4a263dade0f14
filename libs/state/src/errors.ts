import { StatusError, type GroupResource, type Status } from '@gantry/base';
import type { Kind } from '@gantry/api';

export const resourceOf = (kind: Kind): GroupResource => ({ group: kind.group, resource: kind.plural });

/**
 * A list could not go on over its snapshot. Clients may start over, or take `continue` to go on over the present state
 * (apiserver `pkg/storage/etcd3/errors.go`, `handleExpiredError`).
 */
export class ContinueExpired extends StatusError {
  readonly continue: string;

  constructor(token: string) {
    super(
      'Expired',
      'The provided continue parameter is too old to display a consistent list result. You can start a new list ' +
        'without the continue parameter, or use the continue token in this response to retrieve the remainder of ' +
        'the results. Continuing with the provided token results in an inconsistent list - objects that were ' +
        'created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
    );
    this.continue = token;
  }

  override toStatus(): Status {
    return { ...super.toStatus(), metadata: { continue: this.continue } as unknown as Record<string, never> };
  }
}

/** A revision that no store has reached yet (apiserver `pkg/storage/errors.go`). */
export function tooLargeRevision(asked: bigint, current: bigint): StatusError {
  return new StatusError('Timeout', `Timeout: Too large resource version: ${asked}, current: ${current}`, {
    details: {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    },
  });
}

/** @throws BadRequest for what is no revision. */
export function parseRevision(text: string): bigint {
  if (!/^\d{1,19}$/.test(text))
    throw StatusError.badRequest(
      `Invalid value: ${JSON.stringify(text)}: resourceVersion must be a number, as the server gave it`,
    );
  return BigInt(text);
}

export const expiredRevision = (asked: bigint, oldest: bigint): StatusError =>
  StatusError.expired(`too old resource version: ${asked} (${oldest})`);
