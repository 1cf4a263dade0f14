import { isStatus, messageOf, StatusError } from '@gantry/base';

const compacted = 'required revision has been compacted';

/** Why etcd canceled a watch: the error that it gives to reads where `wasCompacted`, else its own reason. */
export function watchCanceled(wasCompacted: boolean, reason: string): Error {
  return new Error(wasCompacted ? `etcdserver: mvcc: ${compacted}` : reason || 'etcd canceled the watch');
}

/**
 * Turns what a gRPC client threw into a StatusError. etcd tells its own conditions in the message alone (etcd
 * `api/v3rpc/rpctypes/error.go`), so this is the one place where text is looked at.
 */
export function etcdError(error: unknown, what: string): StatusError {
  if (isStatus(error)) return error;
  const message = messageOf(error);
  if (message.includes(compacted))
    return StatusError.expired('The resourceVersion for the provided list or watch is too old.');
  if (message.includes('required revision is a future revision'))
    return new StatusError('Timeout', 'Too large resource version', {
      details: {
        causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
        retryAfterSeconds: 1,
      },
    });
  if (message.includes('request is too large') || message.includes('message larger than max'))
    return new StatusError('RequestEntityTooLarge', `etcd does not take an object of this size: ${message}`);
  return StatusError.unavailable(`etcd did not answer (${what}): ${message}`, error);
}
