import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addAddress, readAddress } from './address.ts';
import { addBridge, addVeth, changeBridgePort, deleteLink, podPort, readLink } from './link.ts';
import {
  attribute,
  message,
  nest,
  readAttributes,
  readMessages,
  readText,
  readU32,
  text,
  u32,
} from './message.ts';
import { setNeighbour, setTunnelForwarding } from './neighbour.ts';
import { deleteFlow, readFlow } from './netfilter.ts';
import { readRoute, replaceRoute } from './route.ts';

const hex = (bytes: Buffer) => bytes.toString('hex');

// Laid out by hand from linux/if_link.h and rtnetlink(7).
describe('requests', () => {
  it('add a bridge, byte for byte', () => {
    expect(hex(addBridge({ name: 'br0', mac: '02:67:0a:2a:00:01', mtu: 1500 }).message)).toBe(
      '4c000000' +
        '1000' +
        '0106' +
        '0000000000000000' + // RTM_NEWLINK, REQUEST|CREATE|EXCL
        '00000000' +
        '00000000' +
        '01000000' +
        '01000000' + // ifinfomsg, up
        '08000300' +
        '62723000' + // IFLA_IFNAME
        '0a000100' +
        '02670a2a0001' +
        '0000' + // IFLA_ADDRESS
        '08000400' +
        'dc050000' + // IFLA_MTU
        '10001280' +
        '0b000100' +
        '627269646765' +
        '0000', // IFLA_LINKINFO { IFLA_INFO_KIND }
    );
  });

  it('add a veth pair with its peer in another namespace', () => {
    const peer = { name: 'eth0', mac: '02:67:0a:2a:00:05', namespaceFd: 7 };
    const { message: bytes, what } = addVeth({ name: 'pod1', masterIndex: 3, mtu: 1500, peer });
    expect(what).toBe('add veth pod1');
    const attributes = readAttributes(bytes, 32);
    expect(readU32(attributes.get(10))).toBe(3);
    const data = readAttributes(readAttributes(attributes.get(18)!).get(2)!).get(1)!;
    expect(hex(data)).toBe(
      '00000000000000000000000000000000' +
        '09000300' +
        '6574683000' +
        '000000' +
        '08000400' +
        'dc050000' +
        '0a000100' +
        '02670a2a0005' +
        '0000' +
        '08001c00' +
        '07000000', // IFLA_NET_NS_FD
    );
  });

  it('add an address, a route, a neighbour and a tunnel entry', () => {
    expect(hex(addAddress(2, '10.42.0.5', 32).message.subarray(16))).toBe(
      '02200000' + '02000000' + '08000200' + '0a2a0005' + '08000100' + '0a2a0005',
    );
    const route = { destination: '10.42.1.0/24', gateway: '172.30.0.3', linkIndex: 2 };
    expect(hex(replaceRoute(route).message.subarray(16))).toBe(
      '02180000' +
        'fe670001' +
        '00000000' +
        '08000100' +
        '0a2a0100' +
        '08000500' +
        'ac1e0003' +
        '08000400' +
        '02000000',
    );
    expect(
      hex(
        setNeighbour({ linkIndex: 2, address: '10.42.0.1', mac: '02:67:0a:2a:00:01' }).message.subarray(16),
      ),
    ).toBe(
      '02000000' + '02000000' + '80000000' + '08000100' + '0a2a0001' + '0a000200' + '02670a2a0001' + '0000',
    );
    expect(hex(setTunnelForwarding(4, '02:68:ac:1e:00:03', '172.30.0.3').message.subarray(16, 28))).toBe(
      '07000000' + '04000000' + '80000200',
    );
  });

  it('say what they attempt', () => {
    expect(deleteLink(9).what).toBe('delete link 9');
    expect(changeBridgePort('pod1', podPort).what).toContain('"hairpin":true');
    expect(replaceRoute({ destination: '0.0.0.0/0', gateway: '10.0.0.1', linkIndex: 2 }).what).toBe(
      'set route to 0.0.0.0/0 via 10.0.0.1 on link 2',
    );
  });

  it.each(['', 'sixteen-letters!', 'a/b', '.', '..', 'with space'])(
    'refuse the interface name %j',
    (name) => {
      expect(() => addBridge({ name, mac: '02:00:00:00:00:01', mtu: 1500 })).toThrow(
        'cannot name a network interface',
      );
    },
  );

  it('refuse what is no address', () => {
    expect(() => addAddress(1, '10.42.0', 24)).toThrow('is not an IPv4 address');
    expect(() => addBridge({ name: 'b', mac: '02:00', mtu: 1500 })).toThrow('is not a MAC address');
    expect(() => replaceRoute({ destination: '10.0.0.1/24', linkIndex: 1 })).toThrow(
      'did you mean 10.0.0.0/24',
    );
  });
});

describe('answers', () => {
  it('read back what was written', () => {
    const bytes = message(16, 0, Buffer.alloc(16), u32(4, 9000), text(3, 'eth0'), nest(18, text(1, 'veth')));
    const [read] = [...readMessages(bytes)];
    expect(readLink(read!.type, read!.body)).toMatchObject({
      name: 'eth0',
      mtu: 9000,
      kind: 'veth',
      up: false,
    });
    const route = {
      destination: '10.42.1.0/24',
      gateway: '172.30.0.3',
      linkIndex: 2,
      protocol: 103,
      mtu: 1450,
      onLink: true,
    };
    expect(readRoute(24, replaceRoute(route).message.subarray(16))).toEqual(route);
    expect(readAddress(20, addAddress(2, '10.42.0.5', 24).message.subarray(16))).toEqual({
      linkIndex: 2,
      address: '10.42.0.5',
      prefixLength: 24,
      scope: 0,
    });
  });

  it('name a connection by the tuple it came with', () => {
    const tuple = (source: string, destination: string, sourcePort: string, destinationPort: string) => [
      nest(1, attribute(1, Buffer.from(source, 'hex')), attribute(2, Buffer.from(destination, 'hex'))),
      nest(
        2,
        attribute(1, Uint8Array.of(17)),
        attribute(2, Buffer.from(sourcePort, 'hex')),
        attribute(3, Buffer.from(destinationPort, 'hex')),
      ),
    ];
    const original = tuple('0a2a0005', '0a2b000a', '9c40', '0035');
    const body = Buffer.concat([
      Buffer.from([2, 0, 0, 0]),
      nest(1, ...original),
      nest(2, ...tuple('0a2a0007', '0a2a0005', '14e9', '9c40')),
    ]);
    const flow = readFlow(0x100, body)!;
    expect(flow).toMatchObject({
      protocol: 17,
      destination: '10.43.0.10',
      destinationPort: 53,
      answeredBy: '10.42.0.7',
    });
    expect(flow.answeredByPort).toBe(5353);
    expect(deleteFlow(flow).message.subarray(24)).toEqual(Buffer.concat(original));
  });

  it('never read outside of hostile bytes, and always end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const buffer = Buffer.from(bytes);
        for (const { type, body } of readMessages(buffer)) readLink(type, body);
        for (const value of readAttributes(buffer).values()) {
          readText(value);
          readU32(value);
        }
        for (const type of [16, 20, 24, 28, 0x100]) {
          readLink(type, buffer);
          readAddress(type, buffer);
          readRoute(type, buffer);
          readFlow(type, buffer);
        }
      }),
    );
  });
});
