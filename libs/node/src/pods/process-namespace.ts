import type { Clock } from '@gantry/base';

/** A container, as far as its process namespace is concerned. */
export interface ProcessNamespaceMember {
  name: string;
  /** Its first process, while it runs. */
  pid: number | undefined;
  starting: boolean;
}

/** How often it is looked whether the first container runs by now: others wait for no more than its start. */
const lookMs = 5;

/**
 * The process namespace that the containers of a pod with `shareProcessNamespace` join: that of the first one to run. There is no
 * pause process to hold it, so the first to be started begins without one, and the others wait for it.
 */
export class ProcessNamespace {
  readonly #clock: Clock;
  readonly #members: () => ProcessNamespaceMember[];
  #leader: { name: string; path: Promise<string | undefined> } | undefined;
  #released = false;

  constructor(clock: Clock, members: () => ProcessNamespaceMember[]) {
    this.#clock = clock;
    this.#members = members;
  }

  /** The path of the namespace for a container that is being started; undefined: it is to have a new one. */
  async join(name: string): Promise<string | undefined> {
    const running = this.#members().find((each) => each.name !== name && each.pid);
    if (running) return pathOf(running.pid!);
    if (this.#leader && this.#leader.name !== name) return this.#leader.path;
    const path = this.#begun(name);
    this.#leader = { name, path };
    void path.finally(() => (this.#leader = undefined));
    return undefined;
  }

  /** Resolves with the container's namespace once it runs, with undefined when that came to nothing. */
  async #begun(name: string): Promise<string | undefined> {
    while (!this.#released) {
      const member = this.#members().find((each) => each.name === name);
      if (member?.pid) return pathOf(member.pid);
      if (!member?.starting) return undefined;
      await this.#clock.sleep(lookMs);
    }
    return undefined;
  }

  /** Nobody waits any more. */
  release(): void {
    this.#released = true;
  }
}

function pathOf(pid: number): string {
  return `/proc/${pid}/ns/pid`;
}
