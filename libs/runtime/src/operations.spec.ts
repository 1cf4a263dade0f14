import { createMetrics } from '@gantry/base';
import { FakeClock } from '@gantry/base/testing';
import { describe, expect, it } from 'vitest';
import { Operations } from './operations.ts';

describe('operations', () => {
  it('are done in order for one container, whatever becomes of them, and beside each other for several', async () => {
    const operations = new Operations(new FakeClock(), undefined);
    const done: string[] = [];
    const first = Promise.withResolvers<void>();
    const create = operations.ordered('a', 'create', async () => {
      await first.promise;
      done.push('a create');
      throw new Error('no');
    });
    const remove = operations.ordered('a', 'remove', async () => void done.push('a remove'));
    await operations.ordered('b', 'create', async () => void done.push('b create'));
    expect(done).toEqual(['b create']);
    first.resolve();
    await expect(create).rejects.toThrow('no');
    await remove;
    expect(done).toEqual(['b create', 'a create', 'a remove']);
  });

  it('are begun no more once closed, and those that were begun are waited for', async () => {
    const operations = new Operations(new FakeClock(), undefined);
    const begun = Promise.withResolvers<void>();
    const create = operations.ordered('a', 'create', () => begun.promise);
    await Promise.resolve(); // it begins
    operations.close();
    const refused = operations.ordered('a', 'start', async () => {});
    refused.catch(() => {});
    const settled = operations.settled();
    begun.resolve();
    await settled;
    await create;
    await expect(refused).rejects.toMatchObject({ message: 'the container runtime is closed' });
  });

  it('are counted with those that failed, and how long they took', async () => {
    const clock = new FakeClock();
    const metrics = createMetrics({ processMetrics: false });
    const operations = new Operations(clock, metrics);
    await operations.measured('exec', () => clock.advance(2_000));
    await expect(operations.measured('exec', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    const text = await metrics.metrics();
    expect(text).toContain('kubelet_runtime_operations_total{operation_type="exec"} 2');
    expect(text).toContain('kubelet_runtime_operations_errors_total{operation_type="exec"} 1');
    expect(text).toContain('kubelet_runtime_operations_duration_seconds_sum{operation_type="exec"} 2');
  });
});
