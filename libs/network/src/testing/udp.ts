import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const server = `const [port, name] = process.argv.slice(1); const s = require('dgram').createSocket('udp4');
s.on('message', (_, from) => s.send(name, from.port, from.address)).bind(Number(port), () => console.log('ready'));`;
const client = `const [address, port] = process.argv.slice(1); const s = require('dgram').createSocket('udp4');
s.on('message', (text) => console.log(String(text))).bind(40000, () => console.log('ready'));
setInterval(() => s.send('?', Number(port), address, () => {}), 20); s.on('error', () => {});`;

/** Answers `name` to every packet to that port of a namespace, until it is disposed of. Resolves when it listens. */
export function udpServer(namespace: string, port: number, name: string): Promise<AsyncDisposable> {
  return run(namespace, server, String(port), name);
}

/** Sends from one and the same socket every 20 ms; `last` is the newest answer. */
export function udpClient(
  namespace: string,
  address: string,
  port: number,
): Promise<AsyncDisposable & { readonly last: string }> {
  return run(namespace, client, address, String(port));
}

async function run(namespace: string, script: string, ...args: string[]) {
  const child = spawn('nsenter', [`--net=${namespace}`, process.execPath, '-e', script, '--', ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let last = '';
  createInterface({ input: child.stdout }).on('line', (line) => (last = line));
  await once(child.stdout, 'data');
  return {
    get last() {
      return last;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
