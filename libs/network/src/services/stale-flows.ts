import type { Flow } from '../netlink/netfilter.ts';
import type { ServicePort } from '../network.ts';

const udp = 17;

/**
 * Which UDP flows must be forgotten after these service ports changed: those to one of their addresses or node ports that are answered
 * by something that is no endpoint (any more). Undefined when there can be none.
 */
export function staleFlow(
  touched: readonly ServicePort[],
  current: Iterable<ServicePort>,
): ((flow: Flow) => boolean) | undefined {
  const changed = touched.filter(({ protocol }) => protocol === 'UDP');
  if (changed.length === 0) return undefined;
  /** Endpoints that may answer, by `address:port` of the service or `:nodePort`. */
  const answers = new Map<string, Set<string>>();
  for (const port of changed) for (const name of namesOf(port)) answers.set(name, new Set());
  for (const port of current) {
    if (port.protocol !== 'UDP') continue;
    for (const name of namesOf(port))
      for (const each of [...port.endpoints, ...(port.insiders ?? [])])
        answers.get(name)?.add(`${each.address}:${each.port}`);
  }
  return ({ protocol, destination, destinationPort, answeredBy, answeredByPort }) => {
    if (protocol !== udp) return false;
    const expected = answers.get(`${destination}:${destinationPort}`) ?? answers.get(`:${destinationPort}`);
    return expected !== undefined && !expected.has(`${answeredBy}:${answeredByPort}`);
  };
}

function namesOf(port: ServicePort): string[] {
  const names = [...port.clusterIps, ...port.externalIps].map((address) => `${address}:${port.port}`);
  if (port.nodePort !== undefined) names.push(`:${port.nodePort}`);
  return names;
}
