import { listAddresses, readAddress, type LinkAddress } from './address.ts';
import { getLink, listLinks, readLink, type Link } from './link.ts';
import type { Message, Request } from './message.ts';
import { listNeighbours, readNeighbour, type Neighbour } from './neighbour.ts';
import { listRoutes, readRoute, routeTo, type Route } from './route.ts';
import { isErrno, NETLINK_ROUTE, NetlinkSocket } from './socket.ts';

/**
 * rtnetlink(7) of one network namespace: that of the thread that makes it. Changes are {@link Request}s built by `link.ts`,
 * `address.ts`, `route.ts` and `neighbour.ts`, sent together: a batch costs one system call.
 */
export class RouteSocket implements Disposable {
  readonly #socket = new NetlinkSocket(NETLINK_ROUTE);

  /** Throws a NetlinkError for the first that fails, unless its errno is in `ignore`; later ones are tried all the same. */
  execute(requests: readonly Request[], ignore: readonly string[] = []): void {
    this.#socket.execute(requests, ignore);
  }

  /** The link of that name; undefined when there is none. */
  link(name: string): Link | undefined {
    try {
      const { type, body } = this.#socket.ask(getLink(name));
      return readLink(type, body);
    } catch (error) {
      if (isErrno(error, 'ENODEV')) return undefined;
      throw error;
    }
  }

  links(): Link[] {
    return this.#list(listLinks(), readLink);
  }

  addresses(): LinkAddress[] {
    return this.#list(listAddresses(), readAddress);
  }

  routes(): Route[] {
    return this.#list(listRoutes(), readRoute);
  }

  neighbours(): Neighbour[] {
    return this.#list(listNeighbours(), readNeighbour);
  }

  /** The way a packet to `address` would take now; undefined when there is none or it leads to this machine itself. */
  routeTo(address: string): Route | undefined {
    try {
      const { type, body } = this.#socket.ask(routeTo(address));
      return readRoute(type, body);
    } catch (error) {
      if (isErrno(error, 'ENETUNREACH', 'EHOSTUNREACH', 'EINVAL', 'EACCES')) return undefined;
      throw error;
    }
  }

  #list<T>(request: Request, read: (type: number, body: Buffer) => T | undefined): T[] {
    const found: T[] = [];
    const each = ({ type, body }: Message) => {
      const entry = read(type, body);
      if (entry !== undefined) found.push(entry);
    };
    this.#socket.dump(request, each, () => (found.length = 0));
    return found;
  }

  [Symbol.dispose](): void {
    this.#socket[Symbol.dispose]();
  }
}
