import type { AgentMessage } from '../service.ts';

export interface PodName {
  namespace: string;
  name: string;
  uid: string;
}

interface Report {
  pod: PodName;
  /** JSON of the status; absent: the pod has terminated. */
  status: Uint8Array | undefined;
  sequence: number;
  /** Sent on this session and not yet acknowledged. */
  sent: boolean;
}

const maxEvents = 1_000;

/**
 * What the node has still to say: of each pod only its latest status, kept until the server has acknowledged it, so that
 * nothing is lost over a broken connection and nothing piles up; and the last thousand events.
 */
export class ReportBox {
  readonly #statuses = new Map<string, Report>();
  readonly #terminated = new Map<string, Report>();
  readonly #events: Uint8Array[] = [];
  #sequence = 0;

  status(pod: PodName, status: Uint8Array): void {
    // To the end of the line: its place is that of the newest.
    this.#statuses.delete(pod.uid);
    this.#statuses.set(pod.uid, { pod, status, sequence: ++this.#sequence, sent: false });
  }

  terminated(pod: PodName): void {
    if (this.#terminated.has(pod.uid)) return;
    this.#terminated.set(pod.uid, { pod, status: undefined, sequence: ++this.#sequence, sent: false });
  }

  event(event: Uint8Array): void {
    if (this.#events.length >= maxEvents) this.#events.shift();
    this.#events.push(event);
  }

  /** The next message for this session; undefined when all is said. Statuses before events, ends of pods after their statuses. */
  next(): AgentMessage | undefined {
    for (const box of [this.#statuses, this.#terminated])
      for (const report of box.values()) {
        if (report.sent) continue;
        report.sent = true;
        const { pod, sequence, status } = report;
        return status ? { podStatus: { sequence, ...pod, status } } : { podTerminated: { sequence, ...pod } };
      }
    const event = this.#events.shift();
    return event && { event: { event } };
  }

  /**
   * The server has answered. True when the report has to be said again later: the server could not write it for now.
   * A status that was replaced meanwhile stays for its own acknowledgement.
   */
  acknowledged(sequence: number, reason: string): boolean {
    for (const box of [this.#statuses, this.#terminated])
      for (const [uid, report] of box) {
        if (report.sequence !== sequence) continue;
        const passing = [
          'ServiceUnavailable',
          'Timeout',
          'ServerTimeout',
          'TooManyRequests',
          'InternalError',
        ];
        if (!passing.includes(reason)) box.delete(uid);
        return passing.includes(reason);
      }
    return false;
  }

  /** All that was sent without an answer is to be sent again. */
  rewind(): void {
    for (const box of [this.#statuses, this.#terminated])
      for (const report of box.values()) report.sent = false;
  }

  /** Pods that are no longer any of ours have nothing to report. */
  forget(uid: string): void {
    this.#statuses.delete(uid);
    this.#terminated.delete(uid);
  }

  /** Reports not yet acknowledged. */
  get length(): number {
    return this.#statuses.size + this.#terminated.size;
  }
}
