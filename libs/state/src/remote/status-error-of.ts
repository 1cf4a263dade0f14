import { StatusError, type Status } from '@gantry/base';

/** The failure that an answer tells: its Status, or its code and what text it has. */
export function statusErrorOf(code: number, text: string): StatusError {
  let status: Partial<Status> = {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && (parsed as Status).kind === 'Status')
      status = parsed as Status;
  } catch {
    // A proxy's page, or nothing: the code tells.
  }
  return StatusError.fromStatus({ code, ...status }, text.slice(0, 200) || `the server answered ${code}`);
}
