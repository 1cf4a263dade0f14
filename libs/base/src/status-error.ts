/**
 * The reasons a request can fail for, as Kubernetes spells them in `Status.reason`
 * (k8s.io/apimachinery `pkg/apis/meta/v1/types.go`), each with its HTTP code.
 */
export const statusCodes = {
  BadRequest: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  AlreadyExists: 409,
  Conflict: 409,
  Gone: 410,
  Expired: 410,
  RequestEntityTooLarge: 413,
  UnsupportedMediaType: 415,
  Invalid: 422,
  TooManyRequests: 429,
  InternalError: 500,
  ServiceUnavailable: 503,
  Timeout: 504,
  ServerTimeout: 500,
} as const;

export type StatusReason = keyof typeof statusCodes;

/** One thing that is wrong with one field; `reason` is Kubernetes' `CauseType` (`FieldValueInvalid`, …). */
export interface StatusCause {
  reason: string;
  message: string;
  field?: string;
}

export interface StatusDetails {
  name?: string;
  group?: string;
  /** For errors on objects the resource's plural in lower case, for `Invalid` the kind. */
  kind?: string;
  uid?: string;
  causes?: StatusCause[];
  retryAfterSeconds?: number;
}

/** The wire form of a failure: `kind: Status` of `v1`. */
export interface Status {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: Record<string, never>;
  status: 'Success' | 'Failure';
  message?: string;
  reason?: string;
  details?: StatusDetails;
  code: number;
}

/** Which collection an error speaks of: `{ group: 'apps', resource: 'deployments' }`. The core group is ''. */
export interface GroupResource {
  group: string;
  resource: string;
}

/** `deployments.apps`, or `pods` in the core group. */
export function qualifiedResource({ group, resource }: GroupResource): string {
  return group ? `${resource}.${group}` : resource;
}

/**
 * The one error of the project that people and programs see. Branch on `reason`, never on the text.
 * Foreign errors (etcd, gRPC, sockets) are turned into one once, at the edge where they enter.
 */
export class StatusError extends Error {
  readonly reason: StatusReason;
  readonly details: StatusDetails | undefined;
  readonly code: number;

  constructor(
    reason: StatusReason,
    message: string,
    options: { details?: StatusDetails; cause?: unknown; code?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'StatusError';
    this.reason = reason;
    this.details = options.details;
    this.code = options.code ?? statusCodes[reason];
  }

  toStatus(): Status {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      reason: this.reason,
      ...(this.details ? { details: this.details } : {}),
      code: this.code,
    };
  }

  /** Rebuilds the error a server sent; an unknown reason becomes the one that fits the code. */
  static fromStatus(
    status: Partial<Status>,
    fallbackMessage = 'the server answered with an error',
  ): StatusError {
    const code = status.code ?? 500;
    const known = status.reason !== undefined && status.reason in statusCodes;
    const reason = known
      ? (status.reason as StatusReason)
      : ((Object.keys(statusCodes) as StatusReason[]).find((each) => statusCodes[each] === code) ??
        'InternalError');
    return new StatusError(reason, status.message ?? fallbackMessage, {
      code,
      ...(status.details ? { details: status.details } : {}),
    });
  }

  static notFound(of: GroupResource, name: string): StatusError {
    return new StatusError('NotFound', `${qualifiedResource(of)} "${name}" not found`, {
      details: { name, ...(of.group ? { group: of.group } : {}), kind: of.resource },
    });
  }

  static alreadyExists(of: GroupResource, name: string): StatusError {
    return new StatusError('AlreadyExists', `${qualifiedResource(of)} "${name}" already exists`, {
      details: { name, ...(of.group ? { group: of.group } : {}), kind: of.resource },
    });
  }

  static conflict(of: GroupResource, name: string, why = staleObject): StatusError {
    return new StatusError(
      'Conflict',
      `Operation cannot be fulfilled on ${qualifiedResource(of)} "${name}": ${why}`,
      { details: { name, ...(of.group ? { group: of.group } : {}), kind: of.resource } },
    );
  }

  /** The revision asked for was compacted away, or the watcher fell behind: list again. */
  static expired(message: string): StatusError {
    return new StatusError('Expired', message);
  }

  static badRequest(message: string): StatusError {
    return new StatusError('BadRequest', message);
  }

  static unavailable(message: string, cause?: unknown): StatusError {
    return new StatusError('ServiceUnavailable', message, { cause, details: { retryAfterSeconds: 1 } });
  }
}

const staleObject =
  'the object has been modified; please apply your changes to the latest version and try again';

/** True for a StatusError with one of the reasons. */
export function isStatus(error: unknown, ...reasons: StatusReason[]): error is StatusError {
  return error instanceof StatusError && (reasons.length === 0 || reasons.includes(error.reason));
}

/** Whatever was thrown, in a sentence a person can read; no stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
