import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { parseLinkKeys } from '../../gateway/links/links.ts';

describe('link keys', () => {
  const written = (kid: string) => `${kid}:${randomBytes(32).toString('base64')}`;

  it('are written with their ids, the current one first', () => {
    const keys = parseLinkKeys(`${written('2026-03')}, ${written('2025')}`);
    expect(keys.map(({ kid, key: { length } }) => [kid, length])).toEqual([
      ['2026-03', 32],
      ['2025', 32],
    ]);
  });

  it.each([
    ['nothing', ''],
    ['no id', randomBytes(32).toString('base64')],
    ['a short key', `a:${randomBytes(16).toString('base64')}`],
    ['an odd id', `a b:${randomBytes(32).toString('base64')}`],
    ['the same id twice', `${written('a')},${written('a')}`],
    ['a missing character', `${written('a')},`],
  ])('are refused without being repeated: %s', (_what, value) => {
    let message = '';
    try {
      parseLinkKeys(value);
    } catch (error) {
      message = error instanceof TypeError ? error.message : '';
    }
    expect(message).not.toBe('');
    for (const part of value.split(/[:,]/).filter((one) => one.length > 8)) {
      expect(message).not.toContain(part);
    }
  });
});
