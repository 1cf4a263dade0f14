import { ImageError } from '../image.ts';

/** A failed talk with a registry. `transient`: the same request may well succeed in a moment. */
export class RegistryFailure extends ImageError {
  readonly transient: boolean;
  /** What the registry asked for by `Retry-After`, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    reason: ImageError['reason'],
    message: string,
    options: { transient?: boolean; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(reason, message, options.cause === undefined ? undefined : { cause: options.cause });
    this.transient = options.transient ?? false;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** What Node and undici throw for a connection that is gone in the middle of something. */
const lostCodes = new Set([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'EAI_AGAIN',
]);

/** Turns what a request threw into words users know from containerd: `failed to do request: Get "…": dial tcp …`. */
export function requestFailure(error: unknown, method: string, url: URL): RegistryFailure {
  const cause = rootCause(error);
  const where = cause.address ? `${cause.address}:${cause.port}` : url.host;
  const verb = method.charAt(0) + method.slice(1).toLowerCase();
  return new RegistryFailure(
    'unavailable',
    `failed to do request: ${verb} "${url.origin}${url.pathname}": ${words(cause, where, url)}`,
    {
      transient: lostCodes.has(cause.code ?? ''),
      cause: error,
    },
  );
}

/** A body that broke off, as a failure that another attempt may mend. */
export function lostConnection(error: unknown, what: string): RegistryFailure {
  const cause = rootCause(error);
  return new RegistryFailure('unavailable', `${what}: ${words(cause, cause.address ?? '', undefined)}`, {
    transient: lostCodes.has(cause.code ?? ''),
    cause: error,
  });
}

type NetworkError = Error & { code?: string; address?: string; port?: number };

function rootCause(error: unknown): NetworkError {
  if (error instanceof AggregateError && error.errors.length > 0) return rootCause(error.errors[0]);
  return error instanceof Error ? (error as NetworkError) : new Error(String(error));
}

function words(error: NetworkError, where: string, url: URL | undefined): string {
  switch (error.code) {
    case 'ECONNREFUSED':
      return `dial tcp ${where}: connect: connection refused`;
    case 'EHOSTUNREACH':
      return `dial tcp ${where}: connect: no route to host`;
    case 'ENETUNREACH':
      return `dial tcp ${where}: connect: network is unreachable`;
    case 'ENOTFOUND':
      return `dial tcp: lookup ${url?.hostname}: no such host`;
    case 'EAI_AGAIN':
      return `dial tcp: lookup ${url?.hostname}: temporary failure in name resolution`;
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return `dial tcp ${where}: i/o timeout`;
    case 'UND_ERR_HEADERS_TIMEOUT':
      return 'timeout awaiting response headers';
    case 'UND_ERR_BODY_TIMEOUT':
      return 'timeout awaiting more of the body';
    case 'ECONNRESET':
      return `read tcp ${where}: connection reset by peer`;
    case 'UND_ERR_SOCKET':
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return 'unexpected EOF';
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
    case 'CERT_HAS_EXPIRED':
      return 'tls: failed to verify certificate: x509: certificate has expired or is not yet valid';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `tls: failed to verify certificate: x509: certificate is not valid for ${url?.hostname}`;
    default:
      return /wrong version number|packet length too long/.test(error.message)
        ? 'http: server gave HTTP response to HTTPS client'
        : error.message;
  }
}
