import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mountFlags, MNT_DETACH, type Syscalls } from '@gantry/host';
import type { NamespacePins } from '../namespace/namespaces.ts';
import type { HostPort } from '../network.ts';

/** What is remembered of a sandbox that a pod has, so that a later process can take it over. */
export interface SlotRecord {
  id: string;
  hostname: string;
  hostIpc: boolean;
  hostPorts: readonly HostPort[];
}

/** A folder with pinned namespaces, named after its pod address, or `host-<n>` for pods in the host's network. */
export interface Slot {
  name: string;
  record?: SlotRecord;
}

/**
 * The folder of pinned namespaces:
 *
 *     ns/10.42.0.5/{net,ipc,uts}   bind mounts of the namespaces
 *     ns/10.42.0.5/pod             whose it is (JSON); without it a sandbox of the pool
 *     ns/last                      the address given out last
 *
 * It is a private mount of its own, so that pins are not copied into every mount namespace that shares the parent.
 */
export class Slots {
  readonly folder: string;
  readonly #syscalls: Syscalls;

  constructor(runDir: string, syscalls: Syscalls) {
    this.folder = join(runDir, 'ns');
    this.#syscalls = syscalls;
  }

  /** Idempotent. */
  open(): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o711 });
    if (this.#isMounted()) return;
    this.#syscalls.mount(this.folder, this.folder, '', mountFlags.bind, '');
    this.#syscalls.mount('none', this.folder, '', mountFlags.private, '');
  }

  /** Takes the folder away; what is still pinned in it is let go. */
  close(): void {
    while (this.#isMounted()) this.#syscalls.umount(this.folder, MNT_DETACH);
    rmSync(this.folder, { recursive: true, force: true });
  }

  list(): Slot[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => {
        const record = this.#read(name);
        return { name, ...(record ? { record } : {}) };
      });
  }

  pins(name: string, hostNetwork = name.startsWith('host-')): Required<NamespacePins> | NamespacePins {
    const folder = join(this.folder, name);
    const shared = { ipc: join(folder, 'ipc'), uts: join(folder, 'uts') };
    return hostNetwork ? shared : { net: join(folder, 'net'), ...shared };
  }

  /** True when all its files are mount points still. */
  isWhole(name: string): boolean {
    try {
      const { dev } = statSync(join(this.folder, name));
      return Object.values(this.pins(name)).every((pin) => statSync(pin).dev !== dev);
    } catch {
      return false;
    }
  }

  write(name: string, record: SlotRecord): void {
    writeFileSync(join(this.folder, name, 'pod'), JSON.stringify(record));
  }

  /** From here on the slot belongs to nobody. */
  forget(name: string): void {
    rmSync(join(this.folder, name, 'pod'), { force: true });
  }

  /** After its namespaces are gone. */
  removeFolder(name: string): void {
    rmSync(join(this.folder, name), { recursive: true, force: true });
  }

  get lastAddress(): string | undefined {
    try {
      return readFileSync(join(this.folder, 'last'), 'utf8');
    } catch {
      return undefined;
    }
  }

  set lastAddress(address: string) {
    writeFileSync(join(this.folder, 'last'), address);
  }

  /** An unreadable record (the process was killed while it wrote) counts as none: nobody was told of that sandbox. */
  #read(name: string): SlotRecord | undefined {
    try {
      const record = JSON.parse(readFileSync(join(this.folder, name, 'pod'), 'utf8')) as Partial<SlotRecord>;
      if (typeof record.id !== 'string' || typeof record.hostname !== 'string') return undefined;
      return {
        id: record.id,
        hostname: record.hostname,
        hostIpc: record.hostIpc === true,
        hostPorts: Array.isArray(record.hostPorts) ? record.hostPorts : [],
      };
    } catch {
      return undefined;
    }
  }

  #isMounted(): boolean {
    const escaped = this.folder.replace(
      /[\\ \t\n]/g,
      (each) => `\\${each.charCodeAt(0).toString(8).padStart(3, '0')}`,
    );
    return readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .some((line) => line.split(' ')[4] === escaped);
  }
}
