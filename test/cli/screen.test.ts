import { expect, test } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { createScreen } from '../../cli/watch/screen.ts';
import { eventually } from '../support/eventually.ts';
import { aView } from './text/views.ts';

/** The text that a terminal of this size gets. */
function aTerminal() {
  const stream = Object.assign(new PassThrough(), { columns: 80, rows: 24 });
  let written = '';
  stream.setEncoding('utf8').on('data', (text: string) => (written += text));
  return { stream, written: () => written };
}

test('past events stay above, and the state below is updated', async () => {
  const { stream, written } = aTerminal();
  const screen = createScreen(stream);
  const since = new Date().toISOString();
  const started = { at: since, what: { kind: 'started' } } as const;
  screen.show({ kind: 'changed', view: aView({ since }), entries: [started] });
  await eventually(
    'it counts',
    () => Promise.resolve(written()),
    // On a busy machine this may take more than a second.
    (text) => new Set(text.match(/for \d+ s\b/g)).size >= 3,
  );
  screen.end();
  expect(written().match(/sign-up accepted/g)).toHaveLength(1);
  expect(written().indexOf('sign-up accepted')).toBeLessThan(
    written().indexOf('awaiting-terms for'),
  );
});

test('that Temporal is away is shown below the last state, until it is back', () => {
  const { stream, written } = aTerminal();
  const screen = createScreen(stream);
  screen.show({ kind: 'changed', view: aView(), entries: [] });
  screen.show({ kind: 'lost', why: 'Temporal cannot be used' });
  const before = written().length;
  expect(written()).toContain('Temporal cannot be used; trying again');
  screen.show({ kind: 'changed', view: aView({ version: 8 }), entries: [] });
  expect(written().length).toBeGreaterThan(before);
  screen.end();
  expect(written().slice(before)).not.toContain('trying again');
});
