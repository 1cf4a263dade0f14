import { createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '@gantry/base/testing';
import { DirectEtcdClient } from './direct-etcd-client.ts';

// Two servers that answer ranges as told and count them: which of them is asked when cannot be seen from etcd.
interface Member {
  server: Http2Server;
  endpoint: string;
  asked: number;
  isWell: boolean;
}
let members: Member[];
let clock: FakeClock;
let client: DirectEtcdClient;

async function member(): Promise<Member> {
  const server = createServer();
  const made: Member = { server, endpoint: '', asked: 0, isWell: true };
  server.on('stream', (stream: ServerHttp2Stream) => {
    made.asked++;
    stream.on('error', () => undefined).resume();
    const status = made.isWell ? '0' : '14';
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': status }));
    stream.end(made.isWell ? Buffer.alloc(5) : undefined); // an empty message: nothing found
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  made.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return made;
}

beforeEach(async () => {
  members = [await member(), await member()];
  clock = new FakeClock();
  client = new DirectEtcdClient({ endpoints: members.map(({ endpoint }) => endpoint) }, clock);
});
afterEach(() => {
  client[Symbol.dispose]();
  for (const { server } of members) server.close();
});

const read = () => client.range({ key: 'a' });
const asked = () => members.map((each) => each.asked);

it('the first that is well is asked, and each once when all are ill', async () => {
  await read();
  expect(asked()).toEqual([1, 0]);
  for (const each of members) each.isWell = false;
  await expect(read()).rejects.toMatchObject({ reason: 'ServiceUnavailable' });
  expect(asked()).toEqual([2, 1]);
  await expect(read()).rejects.toMatchObject({ reason: 'ServiceUnavailable' });
  expect(asked()).toEqual([3, 2]);
});

it('calls that fail together count as one failure: the first is asked again after a second', async () => {
  members[0]!.isWell = false;
  await Promise.all(Array.from({ length: 32 }, read));
  expect(asked()).toEqual([32, 32]);
  members[0]!.isWell = true;
  await read();
  expect(asked()).toEqual([32, 33]);
  await clock.advance(1_001);
  await read();
  expect(asked()).toEqual([33, 33]);
});
