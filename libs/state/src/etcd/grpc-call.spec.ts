import {
  createSecureServer,
  createServer,
  constants,
  type Http2Server,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '@gantry/base';
import { eventually, FakeClock } from '@gantry/base/testing';
import { Authority, createAuthority } from '@gantry/pki';
import { GrpcConnection, GrpcError } from './grpc-call.ts';

// A server that says what a test tells it to: the protocol is told apart from etcd, whose own misbehaviour cannot be ordered.
type Behaviour = (stream: ServerHttp2Stream, request: Buffer) => void;

let server: Http2Server;
let sessions = 0;
let behave: Behaviour;
/** In place of `behave`, as soon as a call begins. */
let respond: ((stream: ServerHttp2Stream) => void) | undefined;
let connection: GrpcConnection;
let endpoint: string;

const frame = (text: string) => {
  const bytes = Buffer.alloc(5 + Buffer.byteLength(text));
  bytes.writeUInt32BE(bytes.length - 5, 1);
  bytes.write(text, 5);
  return bytes;
};
const answer =
  (trailers: Record<string, string>, ...chunks: Buffer[]): Behaviour =>
  (stream) => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers(trailers));
    for (const chunk of chunks) stream.write(chunk);
    stream.end();
  };
const ok = { 'grpc-status': '0' };
const failure = async (made = connection.call('/a.B/C', Buffer.from('?'))): Promise<GrpcError> =>
  made.then(
    () => expect.fail('the call succeeded'),
    (error: unknown) => error as GrpcError,
  );

const listen = (port: number) =>
  new Promise<void>((resolve) => {
    server = createServer();
    server.on('session', () => sessions++);
    server.on('sessionError', () => undefined);
    server.on('stream', (stream) => {
      stream.on('error', () => undefined);
      if (respond) return respond(stream);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => behave(stream, Buffer.concat(chunks)));
    });
    server.listen(port, '127.0.0.1', resolve);
  });

beforeEach(async () => {
  sessions = 0;
  respond = undefined;
  await listen(0);
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  connection = new GrpcConnection({ endpoint, deadlineMs: 60_000 }, systemClock);
});
afterEach(async () => {
  connection[Symbol.dispose]();
  server.close();
});

describe('GrpcConnection', () => {
  it('carries calls on one connection, also many at once', async () => {
    behave = (stream, request) => {
      expect(request[0]).toBe(0);
      expect(request.readUInt32BE(1)).toBe(request.length - 5);
      answer(ok, frame(`${String(request.subarray(5))}!`))(stream, request);
    };
    const texts = Array.from({ length: 300 }, (_, index) => `${index}`);
    const answers = await Promise.all(texts.map((text) => connection.call('/a.B/C', Buffer.from(text))));
    expect(answers.map(String)).toEqual(texts.map((text) => `${text}!`));
    expect(sessions).toBe(1);
  });

  it('puts together an answer that comes in pieces', async () => {
    const whole = frame('x'.repeat(100_000));
    behave = answer(ok, whole.subarray(0, 2), whole.subarray(2, 70_000), whole.subarray(70_000));
    expect(String(await connection.call('/a.B/C', Buffer.of()))).toBe('x'.repeat(100_000));
  });

  it.each<[string, Behaviour, number, string]>([
    [
      'an error with trailers',
      answer({ 'grpc-status': '11', 'grpc-message': 'etcdserver: mvcc: 100%25 gone' }),
      11,
      '11 OUT_OF_RANGE: etcdserver: mvcc: 100% gone',
    ],
    [
      'an error in place of an answer',
      (stream) => stream.respond({ ':status': 200, 'grpc-status': '8' }, { endStream: true }),
      8,
      '8 RESOURCE_EXHAUSTED',
    ],
    [
      'something that is not gRPC',
      (stream) => {
        stream.respond({ ':status': 404 });
        stream.end('<html>');
      },
      14,
      'HTTP 404',
    ],
    ['no answer though all is well', answer(ok), 13, 'not one message'],
    ['half an answer', answer(ok, frame('whole').subarray(0, 7)), 13, 'not one message'],
    ['a compressed answer', answer(ok, Buffer.from([1, 0, 0, 0, 1, 65])), 8, 'compressed'],
    ['an answer beyond all bounds', answer(ok, Buffer.from([0, 0xff, 0, 0, 0])), 8, 'more than'],
    ['two answers', answer(ok, frame('one'), frame('two')), 13, 'not one message'],
    ['an answer without a status', answer({}, frame('one')), 14, 'the connection was lost'],
    ['a stream that is reset', (stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR), 14, 'INTERNAL'],
    ['a connection that breaks', (stream) => stream.session!.destroy(), 14, 'UNAVAILABLE'],
  ])('rejects %s, and goes on', async (_what, behaviour, code, text) => {
    behave = behaviour;
    const error = await failure();
    expect(error).toBeInstanceOf(GrpcError);
    expect(error).toMatchObject({ code, sent: true });
    expect(error.message).toContain(text);
    behave = answer(ok, frame('fine'));
    await eventually(async () => String(await connection.call('/a.B/C', Buffer.of())) === 'fine');
  });

  it('knows a call that the server has refused unread from one that it may have carried out', async () => {
    behave = (stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM);
    expect(await failure()).toMatchObject({ code: 14, sent: false });
  });

  it('says of a server that is not there that nothing was sent, and finds it when it is', async () => {
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const errors = await Promise.all([failure(), failure()]);
    for (const error of errors) {
      expect(error).toMatchObject({ code: 14, sent: false });
      expect(error.message).toContain('ECONNREFUSED');
    }
    // At once it is not tried again: the answer is the one from before.
    expect(await failure()).toMatchObject({ code: 14, sent: false });
    await listen(port);
    behave = answer(ok, frame('back'));
    await eventually(async () => {
      const text = await connection.call('/a.B/C', Buffer.of()).catch(() => '');
      return String(text) === 'back';
    });
  });

  it('moves to another connection when the server announces that it goes away', async () => {
    behave = answer(ok, frame('one'));
    server.once('session', (session) => session.setTimeout(0));
    await connection.call('/a.B/C', Buffer.of());
    let first: ServerHttp2Stream | undefined;
    behave = (stream) => (first = stream);
    const slow = connection.call('/a.B/C', Buffer.of());
    await eventually(() => first);
    first!.session!.goaway(constants.NGHTTP2_NO_ERROR, first!.id);
    behave = answer(ok, frame('two'));
    await eventually(async () => {
      await connection.call('/a.B/C', Buffer.of());
      return sessions === 2;
    });
    answer(ok, frame('late'))(first!, Buffer.of());
    expect(String(await slow)).toBe('late');
  });

  it('gives up a call when its time is over, and a server that does not even answer a ping', async () => {
    const clock = new FakeClock();
    using hurried = new GrpcConnection({ endpoint, deadlineMs: 2_000 }, clock);
    behave = answer(ok, frame('one'));
    await hurried.call('/a.B/C', Buffer.of());
    let asked = false;
    behave = () => (asked = true);
    const failed = failure(hurried.call('/a.B/C', Buffer.of()));
    await eventually(() => asked);
    await clock.advance(2_000);
    expect(await failed).toMatchObject({ code: 4, sent: true });
    // Slow, but alive: the ping is answered and the connection stays.
    await eventually(() => clock.pending === 0);
    behave = answer(ok, frame('two'));
    await hurried.call('/a.B/C', Buffer.of());
    expect(sessions).toBe(1);
  });

  it('hears answers as they come, until it has heard enough', async () => {
    let stream: ServerHttp2Stream | undefined;
    respond = (opened) => {
      stream = opened;
      opened.respond({ ':status': 200 });
    };
    const heard: string[] = [];
    const call = connection.open('/a.B/C', Buffer.from('all'), {
      message: (bytes) => void heard.push(String(bytes)),
      ended: () => expect.fail('nobody is told of an end of his own making'),
    });
    await eventually(() => stream);
    const two = Buffer.concat([frame('one'), frame('two')]);
    for (const [from, to] of [[0, 3] as const, [3, 9] as const, [9, two.length] as const]) {
      stream!.write(two.subarray(from, to));
    }
    await eventually(() => heard.length === 2);
    stream!.write(frame('three'));
    await eventually(() => heard.length === 3);
    expect(heard).toEqual(['one', 'two', 'three']);
    call[Symbol.dispose]();
    await eventually(() => stream!.closed);
    behave = answer(ok, frame('fine'));
    respond = undefined;
    expect(String(await connection.call('/a.B/C', Buffer.of()))).toBe('fine');
    expect(sessions).toBe(1);
  });

  it.each<[string, Behaviour, string]>([
    ['ends well', answer(ok, frame('one')), '14 UNAVAILABLE: the stream ended'],
    ['fails', answer({ 'grpc-status': '11', 'grpc-message': 'too far' }), '11 OUT_OF_RANGE: too far'],
    ['loses its connection', (stream) => stream.session!.destroy(), '14 UNAVAILABLE'],
  ])('tells when a stream %s, once', async (_how, behaviour, text) => {
    respond = (stream) => behaviour(stream, Buffer.of());
    const ends: string[] = [];
    connection.open('/a.B/C', Buffer.of(), {
      message: () => undefined,
      ended: (error) => void ends.push(error.message),
    });
    await eventually(() => ends.length > 0);
    expect(ends).toEqual([expect.stringContaining(text)]);
  });

  it('asks the server of a quiet stream whether it is there', async () => {
    const clock = new FakeClock();
    using watched = new GrpcConnection({ endpoint, deadlineMs: 2_000 }, clock);
    let stream: ServerHttp2Stream | undefined;
    let pings = 0;
    respond = (opened) => {
      stream = opened;
      opened.session!.on('ping', () => pings++);
    };
    let end: GrpcError | undefined;
    watched.open('/a.B/C', Buffer.of(), { message: () => undefined, ended: (error) => (end = error) });
    await eventually(() => stream);
    await clock.advance(20_000);
    await eventually(() => pings === 1);
    // The answer has come: only the watch over the stream is left.
    await eventually(() => clock.pending === 1);
    expect(end).toBeUndefined();
  });

  it('gives up a stream whose server does not even answer a ping', async () => {
    let asked = false;
    const mute = createTcpServer((socket) =>
      socket.on('error', () => undefined).on('data', () => (asked = true)),
    );
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const clock = new FakeClock();
    const { port } = mute.address() as AddressInfo;
    using watched = new GrpcConnection({ endpoint: `http://127.0.0.1:${port}`, deadlineMs: 2_000 }, clock);
    let end: GrpcError | undefined;
    watched.open('/a.B/C', Buffer.of(), { message: () => undefined, ended: (error) => (end = error) });
    await eventually(() => asked);
    await clock.advance(20_000);
    await clock.advance(5_000);
    await eventually(() => end);
    expect(end).toMatchObject({ code: 14, sent: true });
    expect(clock.pending).toBe(0);
    await new Promise((resolve) => mute.close(resolve));
  });

  it('lets go of a connection that did not come about in time, and does not mind when it comes after all', async () => {
    const ca = await createAuthority('etcd-ca', Date.now());
    const identity = await new Authority(ca, () => Date.now()).issue({
      commonName: 'etcd',
      usages: ['server'],
      ipAddresses: ['127.0.0.1'],
    });
    const tls = createSecureServer({ cert: identity.certificate, key: identity.privateKey });
    tls
      .on('sessionError', () => undefined)
      .on('stream', (stream) => answer(ok, frame('at last'))(stream, Buffer.of()));
    // A server that is stopped takes connections, for its kernel does, and says nothing.
    const held: Socket[] = [];
    let stopped = true;
    const door = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      if (stopped) held.push(socket.pause());
      else tls.emit('connection', socket);
    });
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    const clock = new FakeClock();
    const where = `https://127.0.0.1:${(door.address() as AddressInfo).port}`;
    const options = { endpoint: where, deadlineMs: 1_000, tls: { ca: Buffer.from(ca.certificate) } };
    using hurried = new GrpcConnection(options, clock);
    try {
      const failed = failure(hurried.call('/a.B/C', Buffer.of()));
      await eventually(() => held.length === 1);
      await clock.advance(1_000);
      expect(await failed).toMatchObject({ code: 4, sent: false });
      stopped = false;
      for (const socket of held) tls.emit('connection', socket);
      expect(String(await hurried.call('/a.B/C', Buffer.of()))).toBe('at last');
      await eventually(() => held[0]!.destroyed);
    } finally {
      door.close();
      tls.close();
    }
  });

  it('makes no call once it is closed', async () => {
    connection[Symbol.dispose]();
    expect(await failure()).toMatchObject({ code: 14, sent: false });
  });
});
