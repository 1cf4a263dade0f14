// LIST of 5,000 pods of about 4 KB whole, and its first page of 500.
import { ensureStock, stockPath, stockSize, timesMs, withCpuShare } from './load.mjs';

export async function run({ client, report, log }) {
  await ensureStock(client, log);
  const list = async (query) => {
    const path = `${stockPath}${query}`;
    const { length } = await client.bytes('GET', path);
    return { length, ...(await withCpuShare(() => timesMs(10, () => client.bytes('GET', path)))) };
  };
  const whole = await list('');
  const megabytes = Math.round(whole.length / 1e6);
  const name = `LIST ${stockSize.toLocaleString('en-US')} pods (${megabytes} MB)`;
  report({ name, unit: 'ms', samples: whole.value, goal: { atMost: 130 }, clientCpu: whole.clientCpu });
  const cached = await list('?resourceVersion=0');
  report({
    name: `${name}, resourceVersion=0`,
    unit: 'ms',
    samples: cached.value,
    clientCpu: cached.clientCpu,
  });
  const page = await list('?limit=500');
  report({ name: 'LIST limit=500, first page', unit: 'ms', samples: page.value, clientCpu: page.clientCpu });
}
