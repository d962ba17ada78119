import { expect, test } from '@jest/globals';
import { Writable } from 'node:stream';
import { createLogger, type LogLevel } from '../../worker/index.ts';

function logged(level: LogLevel = 'info') {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return { logger: createLogger(level, destination), lines };
}

test('a line is a JSON object with the time in UTC and the level in words', () => {
  const { logger, lines } = logged();
  logger.info({ attempt: 2 }, 'looking');
  expect(JSON.parse(lines.join(''))).toMatchObject({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    attempt: 2,
    msg: 'looking',
  });
});

test('a line below the level is not written', () => {
  const { logger, lines } = logged('warn');
  logger.info('nobody cares');
  expect(lines).toEqual([]);
});

test.each(['token', 'privateKey', 'apiKey', 'signature', 'email', 'registration'])(
  'a %s is not written, however deep it is nested',
  (name) => {
    const { logger, lines } = logged();
    logger.info({ [name]: 'unwanted', call: { [name]: 'unwanted', of: { [name]: 'unwanted' } } });
    expect(lines.join('')).toContain('[redacted]');
    expect(lines.join('')).not.toContain('unwanted');
  },
);

test('an error is written with its message, its stack and its cause, and nothing else of it', () => {
  const { logger, lines } = logged();
  const cause = Object.assign(new TypeError('the cause'), { details: 'unwanted' });
  const error = Object.assign(new Error('it failed', { cause }), { details: ['unwanted'] });
  logger.error({ err: error, error }, 'failed');
  const line = {
    type: 'Error',
    message: 'it failed',
    stack: expect.stringContaining('logging.test.ts'),
    cause: { type: 'TypeError', message: 'the cause' },
  };
  expect(JSON.parse(lines.join(''))).toMatchObject({ err: line, error: line });
  expect(lines.join('')).not.toContain('unwanted');
});
