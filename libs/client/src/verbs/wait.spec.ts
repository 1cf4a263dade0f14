import type { KubeObject } from '@gantry/api';
import { describe, expect, it } from 'vitest';
import { parseDuration, parseWaitFor } from './wait.ts';

const object = (status: object, generation?: number) =>
  ({
    metadata: { name: 'x', ...(generation === undefined ? {} : { generation }) },
    status,
  }) as unknown as KubeObject;
const condition = (type: string, value: string) => ({ conditions: [{ type, status: value }] });

describe('wait --for', () => {
  it.each([
    ['delete', undefined, true],
    ['delete', object({}), false],
    ['create', object({}), true],
    ['create', undefined, false],
    ['condition=Ready', object(condition('Ready', 'True')), true],
    ['condition=ready', object(condition('Ready', 'True')), true],
    ['condition=Ready', object(condition('Ready', 'False')), false],
    ['condition=Ready=false', object(condition('Ready', 'False')), true],
    ['condition=Ready', object(condition('Other', 'True')), false],
    ['condition=Ready', object({}), false],
    ['condition=Ready', object({ ...condition('Ready', 'True'), observedGeneration: 1 }, 2), false],
    ['condition=Ready', object({ ...condition('Ready', 'True'), observedGeneration: 2 }, 2), true],
    ["jsonpath='{.status.n}'=3", object({ n: 3 }), true],
    ['jsonpath={.status.n}=3', object({ n: 2 }), false],
    ['jsonpath={.status.n}', object({ n: 0 }), true],
    ['jsonpath={.status.n}', object({}), false],
    ['jsonpath=.status.phase=Running', object({ phase: 'Running' }), true],
    ['jsonpath={.status.phase}="Running"', object({ phase: 'Running' }), true],
  ])('%s', (text, each, met) => {
    expect(parseWaitFor(text)(each)).toBe(met);
  });

  it('refuses what it does not know', () => {
    expect(() => parseWaitFor('ready')).toThrow('unrecognized condition: "ready"');
    expect(() => parseWaitFor('jsonpath=')).toThrow('jsonpath wait format must be');
  });
});

describe('durations', () => {
  it.each([
    ['30s', 30_000],
    ['1m30s', 90_000],
    ['1.5h', 5_400_000],
    ['500ms', 500],
    ['0', 0],
    ['7', 7_000],
  ])('%s is %i ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', 's', '1x', '-1s', '1s2'])('refuses "%s"', (text) => {
    expect(() => parseDuration(text)).toThrow('invalid duration');
  });
});
