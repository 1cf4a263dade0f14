import { messageOf, type StatusError } from '@gantry/base';
import { UsageError } from '@gantry/client';

/**
 * What the person reads, as kubectl words it (`kubectl/pkg/cmd/util/helpers.go`): refusals of the server with their reason, an
 * invalid object with each cause on its line, all else as `error: …`.
 */
export function describeError(error: unknown): string {
  if (error instanceof AggregateError)
    return error.errors
      .map((each) => (each instanceof UsageError ? each.message : describeError(each)))
      .join('\n');
  const message = messageOf(error);
  const { name, reason, details } = error as Partial<StatusError>;
  if (name === 'StatusError' && reason === 'Invalid' && details?.causes?.length) {
    const causes = details.causes.map(({ field, message: text }) => (field ? `${field}: ${text}` : text));
    const what = details.kind
      ? `The ${details.kind} "${details.name ?? ''}" is invalid:`
      : 'The request is invalid:';
    return causes.length === 1
      ? `${what} ${causes[0]}`
      : [what, ...causes.map((each) => `* ${each}`)].join('\n');
  }
  if (name === 'StatusError' && reason && !/^The connection to the server /.test(message))
    return `Error from server (${reason}): ${message}`;
  return /^(error|Error|No resources|The connection to the server)/.test(message)
    ? message
    : `error: ${message}`;
}
