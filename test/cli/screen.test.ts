import { expect, test } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { createScreen } from '../../cli/watch/screen.ts';
import { eventually } from '../support/eventually.ts';
import { aView } from './text/views.ts';

/** What a terminal of this size would be sent. */
function aTerminal() {
  const stream = Object.assign(new PassThrough(), { columns: 80, rows: 24 });
  let written = '';
  stream.setEncoding('utf8').on('data', (text: string) => (written += text));
  return { stream, written: () => written };
}

test('what happened stays above, and the state below counts on', async () => {
  const { stream, written } = aTerminal();
  const screen = createScreen(stream);
  const since = new Date().toISOString();
  const started = { at: since, what: { kind: 'started' } } as const;
  screen.show({ kind: 'changed', view: aView({ since }), news: [started] });
  await eventually(
    'it counts',
    () => Promise.resolve(written()),
    // On a busy machine it may pass over a second.
    (text) => new Set(text.match(/for \d+ s\b/g)).size >= 3,
  );
  screen.end();
  expect(written().match(/sign-up taken/g)).toHaveLength(1);
  expect(written().indexOf('sign-up taken')).toBeLessThan(written().indexOf('awaiting-terms for'));
});

test('that Temporal is away is shown below the last state, until it is back', () => {
  const { stream, written } = aTerminal();
  const screen = createScreen(stream);
  screen.show({ kind: 'changed', view: aView(), news: [] });
  screen.show({ kind: 'lost', why: 'Temporal cannot be used' });
  const before = written().length;
  expect(written()).toContain('Temporal cannot be used; trying again');
  screen.show({ kind: 'changed', view: aView({ version: 8 }), news: [] });
  expect(written().length).toBeGreaterThan(before);
  screen.end();
  expect(written().slice(before)).not.toContain('trying again');
});
