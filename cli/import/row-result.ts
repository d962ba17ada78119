/** What came of a row, as the report and programs are told it. No address, no cell but the reference. */
import type { StartResult } from '../../client/index.ts';
import type { InvalidRow, Row } from './row.ts';

export const RESULTS = [
  'started',
  'open',
  'open-differs',
  'ended',
  'invalid',
  'not-started',
] as const;

export interface RowResult {
  readonly line: number;
  /** Empty where the row has none. */
  readonly reference: string;
  readonly result: (typeof RESULTS)[number];
  readonly detail: string;
}

/** It asks for something else than the onboarding that is there. */
const DIFFERS = 'asked for something else';

export function startedResult({ line }: Row, start: StartResult): RowResult {
  return { line, reference: start.reference, result: start.kind, detail: detailOf(start) };
}

export function invalidResult(row: InvalidRow): RowResult {
  const { line, reference } = row;
  return { line, reference, result: 'invalid', detail: faultWords(row).join('; ') };
}

export function notStarted({ line, reference }: Row, detail: string): RowResult {
  return { line, reference, result: 'not-started', detail };
}

export function faultWords({ faults }: InvalidRow): readonly string[] {
  return faults.map(({ column, message }) => (column === null ? message : `${column}: ${message}`));
}

/** Somebody has to look: what the file says is not what goes on. */
export function asksForOther({ result, detail }: RowResult): boolean {
  return result === 'open-differs' || (result === 'ended' && detail.endsWith(DIFFERS));
}

function detailOf(start: StartResult): string {
  switch (start.kind) {
    case 'started':
    case 'open':
      return '';
    case 'open-differs':
      return start.differs.length === 0 ? DIFFERS : `${DIFFERS}: ${start.differs.join(', ')}`;
    case 'ended':
      return start.asksForTheSame ? start.ending.kind : `${start.ending.kind}; ${DIFFERS}`;
  }
}
