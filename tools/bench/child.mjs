// One measure in a process of its own: its heap is fresh, and its CPU time is the load generator's alone.
import { Client } from './client.mjs';
import { summary } from './statistics.mjs';

process.once('message', async ({ measure, kubeconfig, image }) => {
  const client = new Client(kubeconfig);
  const sent = [];
  const report = (result) =>
    sent.push(new Promise((resolve) => process.send({ result: summary(result) }, resolve)));
  try {
    const { run } = await import(`./${measure}.mjs`);
    await run({
      client,
      kubeconfig,
      image,
      report,
      log: (text) => console.error(`  ${text}`),
    });
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  } finally {
    client.close();
    await Promise.all(sent);
    process.disconnect();
  }
});
