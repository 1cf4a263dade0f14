import { status, type ServiceError } from '@grpc/grpc-js';
import { isStatus, messageOf, StatusError, type StatusReason } from '@gantry/base';

const byReason: Partial<Record<StatusReason, status>> = {
  BadRequest: status.INVALID_ARGUMENT,
  Invalid: status.INVALID_ARGUMENT,
  Unauthorized: status.UNAUTHENTICATED,
  Forbidden: status.PERMISSION_DENIED,
  NotFound: status.NOT_FOUND,
  AlreadyExists: status.ALREADY_EXISTS,
  Conflict: status.ABORTED,
  TooManyRequests: status.RESOURCE_EXHAUSTED,
  ServiceUnavailable: status.UNAVAILABLE,
  Timeout: status.DEADLINE_EXCEEDED,
};

const byCode: Partial<Record<status, StatusReason>> = {
  [status.INVALID_ARGUMENT]: 'BadRequest',
  [status.UNAUTHENTICATED]: 'Unauthorized',
  [status.PERMISSION_DENIED]: 'Forbidden',
  [status.NOT_FOUND]: 'NotFound',
  [status.ALREADY_EXISTS]: 'AlreadyExists',
  [status.ABORTED]: 'Conflict',
  [status.RESOURCE_EXHAUSTED]: 'TooManyRequests',
  [status.UNAVAILABLE]: 'ServiceUnavailable',
  [status.CANCELLED]: 'ServiceUnavailable',
  [status.DEADLINE_EXCEEDED]: 'Timeout',
};

/** What a call is ended with for a failure of ours. Anything but a StatusError says no more than that it went wrong. */
export function toGrpcError(error: unknown): { code: status; details: string } {
  if (isStatus(error)) return { code: byReason[error.reason] ?? status.INTERNAL, details: error.message };
  return { code: status.INTERNAL, details: 'internal error' };
}

/** A failure of gRPC as a StatusError. */
export function fromGrpcError(error: unknown): StatusError {
  if (isStatus(error)) return error;
  const { code, details } = error as Partial<ServiceError>;
  const reason = (code !== undefined && byCode[code]) || 'InternalError';
  return new StatusError(reason, details || messageOf(error), { cause: error });
}
