import { describe, expect, it } from 'vitest';
import { createMetrics, gauge, whenRead } from './metrics.ts';

describe('the metrics of a process', () => {
  it('say what it was built of', async () => {
    expect(await createMetrics().metrics()).toMatch(
      /^kubernetes_build_info\{major="1",minor="\d+",.*git_version="v1\.\d+\.0\+gantry\.[^"]+",.*\} 1$/m,
    );
  });

  it('name nothing a counter that is none', async () => {
    const text = await createMetrics().metrics();
    expect(text).toContain('process_cpu_seconds_total');
    expect(text).not.toMatch(/^# TYPE \w+_total (?!counter)/m);
  });

  it('may be read from several places', async () => {
    const metrics = createMetrics({ processMetrics: false });
    for (const name of ['a', 'b']) {
      const each = gauge(metrics, 'depth', 'Depth.', ['name']);
      whenRead(each, () => each.set({ name }, 1));
    }
    expect(await metrics.metrics()).toMatch(/depth\{name="a"\} 1\ndepth\{name="b"\} 1/);
  });
});
