/** Many onboardings, a line each. */
import type { OnboardingSummary } from '../../client/index.ts';
import { paint, type Tone } from './colour.ts';
import { plain } from './plain.ts';
import { ahead, spanSince } from './time.ts';

interface Column {
  readonly title: string;
  readonly cell: (one: OnboardingSummary, now: number) => string;
}

const COLUMNS: readonly Column[] = [
  { title: 'REFERENCE', cell: ({ reference }) => plain(reference) },
  { title: 'STATUS', cell: ({ status }) => status },
  { title: 'FOR', cell: ({ since }, now) => spanSince(since, now) },
  { title: 'WAITING FOR', cell: ({ waitingFor }) => waitingFor.join(', ') },
  { title: 'PROBLEM', cell: ({ problem }) => problem?.kind ?? '' },
  {
    title: 'DEADLINE',
    cell: ({ deadline }, now) => (deadline === null ? '' : ahead(deadline, now)),
  },
];

/** @param now ms since the epoch */
export function table(onboardings: readonly OnboardingSummary[], now: number): string {
  const cells = onboardings.map((one) => COLUMNS.map(({ cell }) => cell(one, now)));
  const widths = COLUMNS.map(({ title }, column) =>
    Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [
    paint('quiet', line(COLUMNS.map(({ title }) => title))),
    ...cells.map((row, index) => paint(toneOf(onboardings[index]), line(row))),
  ].join('\n');
}

function toneOf(one: OnboardingSummary | undefined): Tone {
  if (one?.status === 'ready') return 'good';
  return one?.problem || one?.status === 'failed' ? 'bad' : 'plain';
}
