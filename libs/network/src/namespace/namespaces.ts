import { closeSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  CLONE_NEWIPC,
  CLONE_NEWNET,
  CLONE_NEWUTS,
  MNT_DETACH,
  mountFlags,
  SyscallError,
  UMOUNT_NOFOLLOW,
} from '@gantry/host';
import type { Syscalls } from '@gantry/host';
import { addAddress } from '../netlink/address.ts';
import { addVeth, changeBridgePort, changeLink, podPort } from '../netlink/link.ts';
import type { Request } from '../netlink/message.ts';
import { setBridgeForwarding, setNeighbour } from '../netlink/neighbour.ts';
import { replaceRoute, staticProtocol } from '../netlink/route.ts';
import { RouteSocket } from '../netlink/route-socket.ts';

/** Files onto which new namespaces are bind-mounted, by kind; a kind without one is not made. */
export interface NamespacePins {
  net?: string;
  ipc?: string;
  uts?: string;
}

/** Namespaces to make, and how their network looks. Plain data: it travels to the worker. */
export interface NamespaceSpec {
  pins: NamespacePins;
  /** Values for files under `/proc/sys` of the new network namespace. */
  sysctls?: Readonly<Record<string, string>>;
  /** One veth pair from the home namespace into the new one. */
  link?: {
    /** Its name inside. */
    name: string;
    mac: string;
    mtu: number;
    address: string;
    prefixLength: number;
    /** The default route's next hop. */
    gateway: string;
    /** Reach the gateway through the link although `prefixLength` does not cover it. */
    gatewayOnLink?: boolean;
    /** The gateway's MAC, so that it need not be asked for. */
    gatewayMac?: string;
    outside: {
      name: string;
      /** The bridge that the outer end joins. */
      bridgeIndex: number;
      /** The bridge is told who is behind the port instead of learning it, and floods nothing there. */
      isFixed?: boolean;
    };
  };
}

const cloneFlags = { net: CLONE_NEWNET, ipc: CLONE_NEWIPC, uts: CLONE_NEWUTS } as const;
type NamespaceKind = keyof typeof cloneFlags;
const kinds = ['net', 'ipc', 'uts'] as const;

/**
 * Makes namespaces and pins them. setns(2) and unshare(2) move the calling thread, so it must live in a thread that does
 * nothing else; between calls that thread is back in its home namespaces, those it was in when this was made.
 */
export class Namespaces implements Disposable {
  readonly #syscalls: Syscalls;
  readonly #home: Record<NamespaceKind, number>;
  readonly #route = new RouteSocket();

  constructor(syscalls: Syscalls) {
    this.#syscalls = syscalls;
    const folder = `/proc/self/task/${syscalls.gettid()}/ns`;
    this.#home = {
      net: openSync(`${folder}/net`, 'r'),
      ipc: openSync(`${folder}/ipc`, 'r'),
      uts: openSync(`${folder}/uts`, 'r'),
    };
  }

  /** All or nothing: when it throws, what it had made is gone again. */
  make(spec: NamespaceSpec): void {
    try {
      const inside = this.#pin(spec);
      try {
        if (inside && spec.link) this.#connect(spec.pins.net!, spec.link, inside);
      } finally {
        inside?.[Symbol.dispose]();
      }
    } catch (error) {
      this.remove(spec.pins); // the veth goes with its namespace
      throw error;
    }
  }

  /**
   * Lets go of the namespaces; the kernel destroys them, and the veth pairs in them, when nothing runs there any more.
   * Unlinking also takes the mount away from other mount namespaces. Idempotent.
   */
  remove(pins: NamespacePins): void {
    for (const kind of kinds) {
      const path = pins[kind];
      if (path === undefined) continue;
      try {
        this.#syscalls.umount(path, MNT_DETACH | UMOUNT_NOFOLLOW);
      } catch (error) {
        if (!(error instanceof SyscallError) || !['EINVAL', 'ENOENT'].includes(error.code)) throw error;
      }
      rmSync(path, { force: true });
    }
  }

  /** Leaves home, makes and pins the namespaces, comes home; gives a socket that speaks to the new network namespace. */
  #pin({ pins, sysctls }: NamespaceSpec): RouteSocket | undefined {
    const wanted = kinds.filter((kind) => pins[kind] !== undefined);
    let flags = 0;
    for (const kind of wanted) {
      mkdirSync(dirname(pins[kind]!), { recursive: true, mode: 0o755 });
      closeSync(openSync(pins[kind]!, 'wx', 0o444));
      flags |= cloneFlags[kind];
    }
    this.#syscalls.unshare(flags);
    try {
      const own = `/proc/self/task/${this.#syscalls.gettid()}/ns`;
      for (const kind of wanted) this.#syscalls.mount(`${own}/${kind}`, pins[kind]!, '', mountFlags.bind, '');
      for (const [name, value] of Object.entries(sysctls ?? {})) writeFileSync(`/proc/sys/${name}`, value);
      return pins.net === undefined ? undefined : new RouteSocket();
    } finally {
      for (const kind of wanted) this.#syscalls.setns(this.#home[kind], cloneFlags[kind]);
    }
  }

  #connect(netPin: string, link: NonNullable<NamespaceSpec['link']>, inside: RouteSocket): void {
    const { outside } = link;
    const namespaceFd = openSync(netPin, 'r');
    try {
      const requests: Request[] = [
        addVeth({
          name: outside.name,
          masterIndex: outside.bridgeIndex,
          mtu: link.mtu,
          peer: { name: link.name, mac: link.mac, namespaceFd },
        }),
      ];
      if (outside.isFixed) requests.push(changeBridgePort(outside.name, podPort));
      this.#route.execute(requests);
    } finally {
      closeSync(namespaceFd);
    }
    if (outside.isFixed) {
      // Nothing is learned from the port, so say who is behind it.
      const port = this.#route.link(outside.name)!.index;
      this.#route.execute([
        setBridgeForwarding(port, link.mac),
        setNeighbour({ linkIndex: outside.bridgeIndex, address: link.address, mac: link.mac }),
      ]);
    }
    const { index } = inside.link(link.name)!;
    inside.execute([
      changeLink(1, { up: true }),
      changeLink(index, { up: true }),
      addAddress(index, link.address, link.prefixLength),
      ...(link.gatewayOnLink
        ? [replaceRoute({ destination: `${link.gateway}/32`, linkIndex: index, protocol: staticProtocol })]
        : []),
      replaceRoute({
        destination: '0.0.0.0/0',
        gateway: link.gateway,
        linkIndex: index,
        protocol: staticProtocol,
      }),
      ...(link.gatewayMac
        ? [setNeighbour({ linkIndex: index, address: link.gateway, mac: link.gatewayMac })]
        : []),
    ]);
  }

  [Symbol.dispose](): void {
    this.#route[Symbol.dispose]();
    for (const kind of kinds) closeSync(this.#home[kind]);
  }
}
