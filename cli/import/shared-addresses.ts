import { mailboxOf } from '../../client/hash-key.ts';
import type { Row, ValidRow } from './row.ts';
import { otherLines } from './other-lines.ts';

/**
 * An address on several lines is mailed by AR24 for each of them: that is told, and of more than somebody has
 * said are meant, the later ones are not taken.
 */
export function withSharedAddresses(rows: readonly Row[], mostPerAddress: number): readonly Row[] {
  const linesOf = new Map<string, number[]>();
  const placed = rows.map((row) => {
    if (row.kind === 'invalid') return { row };
    const mailbox = mailboxOf(row.request.email);
    const lines = linesOf.get(mailbox) ?? [];
    linesOf.set(mailbox, lines);
    return { row, lines, place: lines.push(row.line) };
  });
  return placed.map(({ row, lines = [], place = 1 }) => {
    if (row.kind === 'invalid' || lines.length < 2) return row;
    const where = `is also on ${otherLines(lines, row.line)}`;
    return place > mostPerAddress ? tooMany(row, where, mostPerAddress) : warned(row, where);
  });
}

function warned(row: ValidRow, where: string): Row {
  return { ...row, warnings: [...row.warnings, `email ${where}: AR24 mails it for each`] };
}

function tooMany({ line, reference }: ValidRow, where: string, most: number): Row {
  const message = `${where}, and ${most} of one address are the most: --per-address takes more`;
  return { kind: 'invalid', line, reference, faults: [{ column: 'email', message }] };
}
