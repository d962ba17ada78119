import { expect, test } from '@jest/globals';
import { eventText, timelineLines } from '../../../cli/text/timeline.ts';
import { at } from './views.ts';

test('a flood of hints is one line', () => {
  const hint = { kind: 'message', name: 'check', by: null, about: null } as const;
  const lines = timelineLines([
    { at: at(0), what: { kind: 'started' } },
    ...Array.from({ length: 100 }, (_, minute) => ({ at: at(minute), what: hint })),
    { at: at(200), what: { kind: 'problem', problem: 'clock' } },
  ]);
  expect(lines.map((line) => line.slice('2026-05-04 12:00:00  '.length))).toEqual([
    'sign-up accepted',
    'AR24 is to be read again (100 times)',
    'problem: AR24 refuses our clock',
  ]);
});

test('names of another version are printed unchanged', () => {
  const texts = [
    { kind: 'status', status: 'awaiting-magic', waitingFor: ['magic'] } as const,
    { kind: 'call', call: 'doMagic', result: 'constructor' } as const,
    { kind: 'message', name: 'accepted', by: null, about: 'toString' } as const,
    { kind: 'message', name: 'valueOf', by: null, about: null } as const,
  ].map((what) => eventText(what).text);
  expect(texts).toEqual([
    'waiting for magic',
    'doMagic: constructor',
    'something accepted, says somebody',
    'message valueOf',
  ]);
});
