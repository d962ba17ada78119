/** No printed text can control the terminal. */
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createOutput } from '../../cli/output.ts';
import { createJsonLines } from '../../cli/watch/json-lines.ts';
import { safe } from '../../cli/terminal.ts';
import { createLogger } from '../../worker/logging.ts';
import { printable, printableJson } from '../../worker/printable.ts';
import { runOnboard } from './onboard.ts';

const ESC = '\u001b';
/** Characters that move the cursor, reverse text, are invisible or begin a line. */
const EVIL = [`${ESC}[2J`, '\u009b31m', '\u202e', '\u2066', '\u2028', '\u2029', '\u200b', '\u00ad'];
const EVIL_TEXT = `a${EVIL.join('b')}c\r\u0007\u{e0041}`;
const STEERS = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

afterEach(() => {
  jest.restoreAllMocks();
});

describe('a text', () => {
  test('each such character, and half a character, is removed, and nothing else', () => {
    expect(printable(EVIL_TEXT)).not.toMatch(STEERS);
    expect(printable('Zoé 北京 😀\n\tB\ud800')).toBe('Zoé 北京 😀\n\tB\ufffd');
    expect(safe(`${ESC}[32mgreen${ESC}[39m`)).toBe('\ufffd[32mgreen\ufffd[39m');
  });

  test('in JSON each of them is kept, escaped', () => {
    const json = printableJson(JSON.stringify({ reason: EVIL_TEXT }));
    expect(json).not.toMatch(STEERS);
    expect(JSON.parse(json)).toEqual({ reason: EVIL_TEXT });
  });
});

test('JSON results and events, and lines of the log, hold none unescaped', () => {
  const written: string[] = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  createOutput({ json: true }).result({ reason: EVIL_TEXT }, () => '');
  createJsonLines((line) => written.push(line)).show({ kind: 'lost', why: EVIL_TEXT });
  createLogger('info', { write: (line: string) => written.push(line) }).info({ why: EVIL_TEXT });
  expect(written).toHaveLength(3);
  for (const line of written) {
    expect(line).not.toMatch(STEERS);
    expect(line).toContain('\\u202e');
  }
});

const EVIL_ARGUMENTS: readonly (readonly string[])[] = [
  ['list', '--status', EVIL_TEXT],
  ['status', 'one', EVIL_TEXT],
  ['start', 'one', '--registration', `/nowhere/${EVIL_TEXT}`, '--email', 'a@example.org'],
  ['import', `/nowhere/${EVIL_TEXT}.csv`],
  ['simulator', '--switch', `${EVIL_TEXT}=1`],
  ['simulator', '--fault', `${EVIL_TEXT}={}`],
  [EVIL_TEXT],
];

test.each(EVIL_ARGUMENTS)(
  '`onboard %s` repeats none of what is in its arguments',
  async (...args) => {
    const { code, out, err } = await runOnboard(args);
    expect(code).not.toBe(0);
    expect(out + err).not.toMatch(STEERS);
    expect(err).not.toBe('');
  },
);

test('a colour in a text of others is removed also where colours are wanted', async () => {
  const { err } = await runOnboard(['simulator', '--switch', `${ESC}[5m${ESC}]0;title\u0007=1`], {
    env: { FORCE_COLOR: '1' },
  });
  expect(err).not.toMatch(STEERS);
});
