/** Patterns that take quadratic time would not end within the time limit for these texts. */
import { expect, test } from '@jest/globals';
import { registrationForm } from '../../client/index.ts';
import { email } from '../../client/schemas/email.ts';
import { asSeen, withoutEdges } from '../../client/schemas/invisible.ts';
import { readForm } from '../../gateway/page/form/read-form.ts';
import { registrationForm as form } from '../support/people.ts';

const MANY = 2_000_000;
/** Marks in the wrong order: normalization sorts them one by one. */
const MARKS = `a${'\u0301\u0327'.repeat(MANY)}`;

test('blanks and invisible characters are removed at both ends only', () => {
  expect(withoutEdges(' \u200b\u{e0001}a \u200bb\u{1f600}\ufeff\u{e0001}\u00a0')).toBe(
    'a \u200bb\u{1f600}',
  );
  expect(withoutEdges(' \ud800\u200b')).toBe('\ud800');
  expect(withoutEdges('\u200b \u00a0')).toBe('');
});

test('millions of blanks and joiners are trimmed in linear time', () => {
  const blanks = ' '.repeat(MANY);
  expect(withoutEdges(`a${blanks}b`)).toHaveLength(MANY + 2);
  expect(withoutEdges(`${blanks}a${blanks}`)).toBe('a');
  expect(asSeen(`a${blanks}b\u200b`)).toHaveLength(MANY + 2);
  expect(asSeen(`क${'\u200c'.repeat(MANY)}`)).toBe('क');
});

test.each([
  ['blanks', `a${' '.repeat(MANY)}b`],
  ['marks', MARKS],
])('millions of %s in a form or an address are refused before they are normalized', (_, text) => {
  expect(registrationForm.safeParse(form({ lastname: text })).error?.issues).toEqual([
    expect.objectContaining({ path: ['lastname'], message: 'is longer than 200 characters' }),
  ]);
  expect(email.safeParse(`${text}@example.org`).error?.issues).toEqual([
    expect.objectContaining({ message: 'is longer than 254 characters' }),
  ]);
  expect(readForm(form({ lastname: text }))).toMatchObject({
    faults: new Map([['lastname', 'too-long']]),
  });
});

test('blanks around a value do not count as its length', () => {
  const blanks = ' '.repeat(10_000);
  expect(email.parse(`${blanks}zoe@example.org${blanks}`)).toBe('zoe@example.org');
  expect(registrationForm.parse(form({ lastname: `${blanks}Brûlé${blanks}` })).lastname).toBe(
    'Brûlé',
  );
});
