import { constants } from 'node:os';

/** The number of `SIGTERM`, `TERM`, `15` or `SIGRTMIN+3`. Throws for what is none. */
export function signalNumber(signal: string): number {
  if (/^\d{1,2}$/.test(signal) && Number(signal) >= 1 && Number(signal) <= 64) return Number(signal);
  const name = signal.toUpperCase().replace(/^(?!SIG)/, 'SIG');
  const realTime = /^SIGRT(MIN|MAX)(?:([+-])(\d{1,2}))?$/.exec(name);
  if (realTime) {
    const number = (realTime[1] === 'MIN' ? 34 : 64) + Number(`${realTime[2] ?? '+'}${realTime[3] ?? 0}`);
    if (number >= 34 && number <= 64) return number;
  }
  const number = (constants.signals as Record<string, number>)[name];
  if (number === undefined) throw new Error(`invalid signal: ${signal}`);
  return number;
}
