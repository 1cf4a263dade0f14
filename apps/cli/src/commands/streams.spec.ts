import { describe, expect, it } from 'vitest';
import { readPlace } from '../copy.ts';
import { readPorts } from '../forward.ts';
import { LinePrefixer } from './streams.ts';

describe('LinePrefixer', () => {
  it('prefixes whole lines, wherever the pieces break, and a last line without its end', () => {
    const prefixer = new LinePrefixer('[x] ');
    const out = ['one\ntw', 'o\n', 'three']
      .map((text) => prefixer.push(Buffer.from(text)).toString())
      .join('');
    expect(out + prefixer.end().toString()).toBe('[x] one\n[x] two\n[x] three');
  });

  it('does not take letters of several bytes apart', () => {
    const prefixer = new LinePrefixer('> ');
    const bytes = Buffer.from('für\n');
    const out = Buffer.concat([prefixer.push(bytes.subarray(0, 2)), prefixer.push(bytes.subarray(2))]);
    expect(out.toString()).toBe('> für\n');
  });
});

describe('places of cp', () => {
  it.each([
    ['web:/tmp/x', { pod: 'web', path: '/tmp/x' }],
    ['ns/web:x', { namespace: 'ns', pod: 'web', path: 'x' }],
    ['./a:b', { path: './a:b' }],
    ['/a/b:c', { path: '/a/b:c' }],
    ['file', { path: 'file' }],
  ])('reads %s', (text, place) => {
    expect(readPlace(text)).toEqual(place);
  });

  it('refuses a pod without a path', () => {
    expect(() => readPlace('web:')).toThrow('filepath can not be empty');
  });
});

describe('ports of port-forward', () => {
  it.each([
    ['8080:80', { local: 8080, remote: '80' }],
    ['80', { local: 80, remote: '80' }],
    [':80', { local: 0, remote: '80' }],
    ['1:http', { local: 1, remote: 'http' }],
  ])('reads %s', (text, ports) => {
    expect(readPorts(text)).toEqual(ports);
  });

  it.each(['', ':', 'a:1', '70000:1', '1:2:3'])('refuses "%s"', (text) => {
    expect(() => readPorts(text)).toThrow('invalid port format');
  });
});
