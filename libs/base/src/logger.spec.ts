import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLogger, parseLogLevels } from './logger.ts';

function captured(options: Partial<Parameters<typeof createLogger>[0]> = {}) {
  const stream = new PassThrough();
  const log = createLogger({ component: 'app', format: 'json', stream, ...options });
  const lines = () =>
    String(stream.read() ?? '')
      .split('\n')
      .filter(Boolean);
  return { log, lines };
}

describe('the logger', () => {
  it('writes one JSON line with level, time, component, message and fields', () => {
    const { log, lines } = captured();
    log.info('image pulled', { image: 'a', sizeBytes: 3 });
    const [line = ''] = lines();
    expect(JSON.parse(line)).toMatchObject({
      level: 'info',
      component: 'app',
      msg: 'image pulled',
      image: 'a',
      sizeBytes: 3,
    });
    expect(Date.parse((JSON.parse(line) as { time: string }).time)).not.toBeNaN();
  });

  it('writes a field of a child that its parent has too once, as the child says', () => {
    const { log, lines } = captured();
    log.child({ component: 'part', pod: 'a' }).child({ component: 'deeper' }).warn('x');
    const [line = ''] = lines();
    expect(line.match(/"component"/g)).toHaveLength(1);
    expect(JSON.parse(line)).toMatchObject({ component: 'deeper', pod: 'a' });
  });

  it('has levels by component', () => {
    const { log, lines } = captured(parseLogLevels('warn,part=debug'));
    log.info('not said');
    log.child({ component: 'part' }).debug('said');
    log.child({ component: 'other' }).info('not said');
    expect(lines().map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['said']);
  });

  it('tells an error with its message and stack', () => {
    const { log, lines } = captured();
    log.error('failed', { err: new Error('why') });
    expect(JSON.parse(lines()[0]!)).toMatchObject({
      err: { message: 'why', stack: expect.stringContaining('logger.spec') as string },
    });
  });

  it.each([
    ['info', { level: 'info', levels: {} }],
    ['debug,serving=trace', { level: 'debug', levels: { serving: 'trace' } }],
    ['loud,x=never', { level: 'info', levels: {} }],
  ])('reads the levels %s', (text, expected) => expect(parseLogLevels(text)).toEqual(expected));
});
