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
  return /^(error|Error|No resources|You must|The connection to the server)/.test(message)
    ? message
    : `error: ${message}`;
}

/** What a command without its arguments is told. */
const missing: Readonly<Record<string, string>> = {
  exec: 'pod, type/name or --filename must be specified',
  attach: 'at least 1 argument is required for attach',
  cp: 'source and destination are required',
  'port-forward': 'TYPE/NAME and list of ports are required for port-forward',
  explain:
    'You must specify the type of resource to explain. Use "gantry api-resources" for a complete list of supported resources.',
  taint: 'one or more resources must be specified as <resource> <name>',
  completion: 'Shell not specified.',
  'auth can-i': 'you must specify two arguments: verb resource or verb resource/resourceName.',
  ...Object.fromEntries(
    ['status', 'history', 'undo', 'restart', 'pause', 'resume'].map((verb) => [
      `rollout ${verb}`,
      'required resource not specified',
    ]),
  ),
};

/**
 * What is wrong with a command line, from commander's words into kubectl's: `Error: unknown flag: --x`, and where help is. `path`: the
 * command as far as it is known (`gantry get`).
 */
export function describeMisuse({ code, message }: { code: string; message: string }, path: string): string {
  const [, quoted = ''] = /'([^']*)'/.exec(message) ?? [];
  const long = /--[a-z-]+/.exec(quoted)?.[0];
  const see = `See '${path} --help' for usage.`;
  switch (code) {
    case 'commander.unknownOption':
      return quoted.startsWith('--')
        ? `Error: unknown flag: ${quoted.replace(/=.*$/s, '')}\n${see}`
        : `Error: unknown shorthand flag: '${quoted.charAt(1)}' in ${quoted}\n${see}`;
    case 'commander.optionMissingArgument':
      return `Error: flag needs an argument: ${long ?? quoted}\n${see}`;
    case 'commander.missingMandatoryOptionValue':
      return `error: required flag(s) "${long?.slice(2) ?? quoted}" not set`;
    case 'commander.unknownCommand': {
      const alike = /Did you mean (?:one of )?(.*)\?/.exec(message)?.[1]?.split(', ') ?? [];
      const hint =
        alike.length > 0 ? `\n\nDid you mean this?\n${alike.map((each) => `\t${each}`).join('\n')}\n` : '';
      return `Error: unknown command "${quoted}" for "${path}"${hint}`;
    }
    case 'commander.missingArgument': {
      const command = path.replace(/^\S+ ?/, '');
      const said =
        missing[command] ??
        (command.startsWith('create ') ? 'exactly one NAME is required, got 0' : undefined);
      return said === undefined
        ? `${message}\n${see}`
        : `error: ${said}\nSee '${path} -h' for help and examples`;
    }
    default:
      return `${message}\n${see}`;
  }
}
