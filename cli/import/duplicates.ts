import { otherLines } from './other-lines.ts';
import type { Row } from './row.ts';

/** A reference on several lines: which of them is meant, nobody can tell, so none of them is taken. */
export function withoutDuplicates(rows: readonly Row[]): readonly Row[] {
  const linesOf = new Map<string, number[]>();
  for (const { reference, line } of rows) {
    if (reference === '') continue;
    const lines = linesOf.get(reference);
    if (lines === undefined) linesOf.set(reference, [line]);
    else lines.push(line);
  }
  return rows.map((row) => {
    const { line, reference } = row;
    const lines = linesOf.get(reference) ?? [];
    if (lines.length < 2) return row;
    const fault = {
      column: 'reference',
      message: `is also on ${otherLines(lines, line)}`,
    } as const;
    const faults = row.kind === 'invalid' ? row.faults : [];
    return { kind: 'invalid', line, reference, faults: [fault, ...faults] };
  });
}
