import { describe, expect, it } from 'vitest';
import { parseLabels, parseReserved, parseTaints, readOptions } from './options.ts';

describe('the command line of the agent', () => {
  it('finds the node service beside the API server, unless told otherwise', () => {
    expect(readOptions(['--server=https://10.0.0.1:6443', '--node-ip=10.0.0.2']).nodeServices).toEqual([
      '10.0.0.1:6444',
    ]);
    expect(
      readOptions(['--server=https://a:6443', '--node-service=b:1', '--node-ip=10.0.0.2']).nodeServices,
    ).toEqual(['b:1']);
  });

  it('reads labels, taints and reserves', () => {
    expect(parseLabels('a=b,c=')).toEqual({ a: 'b', c: '' });
    expect(parseTaints('k=v:NoSchedule,x:NoExecute')).toEqual([
      { key: 'k', value: 'v', effect: 'NoSchedule' },
      { key: 'x', effect: 'NoExecute' },
    ]);
    expect(parseReserved('cpu=500m,memory=1Gi')).toEqual({ cpuMilli: 500, memoryBytes: 2 ** 30 });
  });

  it.each([
    [parseLabels, 'novalue'],
    [parseTaints, 'k=v:Sometimes'],
    [parseReserved, 'gpu=1'],
    [parseReserved, 'cpu=lots'],
  ] as const)('refuses what is none (%#)', (parse, text) => expect(() => parse(text)).toThrow());
});
