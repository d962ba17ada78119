/** The table of results, and the remarks on each drill. */
import type { DrillOutcome } from './outcome.ts';
import type { DrillVerdict } from './verdict/verdict.ts';

const HEADS = [
  'drill',
  'seed',
  'onboardings',
  'what was done',
  'lost',
  'double',
  'stuck',
  'mails: sent / needed + answers lost',
  'backlog, s',
  'took, s',
] as const;
const REFERENCES_NAMED = 20;

/** In Markdown, readable in a terminal and ready for docs/reliability.md. */
export function table(outcomes: readonly DrillOutcome[]): string {
  const rows = [HEADS, HEADS.map(() => '---'), ...outcomes.map(row)];
  const widths = HEADS.map((_, column) =>
    Math.max(...rows.map((cells) => lengthOf(cells, column))),
  );
  return rows
    .map((cells) => `| ${widths.map((width, n) => (cells[n] ?? '').padEnd(width)).join(' | ')} |`)
    .join('\n');
}

function lengthOf(cells: readonly string[], column: number): number {
  return cells[column]?.length ?? 0;
}

function row(outcome: DrillOutcome): readonly string[] {
  const first = [outcome.drill, String(outcome.seed)];
  switch (outcome.kind) {
    case 'ran': {
      const { onboardings, harm, lost, doubled, stuck, mails, backlogS } = outcome.verdict;
      return [
        ...first,
        String(onboardings),
        harm,
        ...[lost, doubled, stuck].map((references) => String(references.length)),
        `${mails.sent} / ${mails.needed} + ${mails.unconfirmed}`,
        String(backlogS),
        String(outcome.tookS),
      ];
    }
    case 'cannot-run':
      return [...first, '', `not run: ${outcome.why}`, '', '', '', '', '', ''];
    case 'left-out':
      return [...first, '', 'left out by --without', '', '', '', '', '', ''];
    case 'broke-off':
      return [...first, '', `broke off: ${outcome.why}`, '', '', '', '', '', ''];
  }
}

/** A line for each observation and for each fault. */
export function remarks(outcome: DrillOutcome): readonly string[] {
  switch (outcome.kind) {
    case 'ran':
      return [
        ...outcome.verdict.seen.map((sentence) => `- ${outcome.drill}: ${sentence}`),
        ...faults(outcome.verdict).map((fault) => `✗ ${outcome.drill}: ${fault}`),
      ];
    case 'cannot-run':
      return [`✗ ${outcome.drill}: not run: ${outcome.why}`];
    case 'left-out':
      return [];
    case 'broke-off':
      return [`✗ ${outcome.drill}: broke off: ${outcome.why}`];
  }
}

function faults({ lost, doubled, stuck, overMailed, broken }: DrillVerdict): readonly string[] {
  return [
    ...named('lost', lost),
    ...named('double accounts', doubled),
    ...named('stuck', stuck),
    ...named('more mails than needed and lost', overMailed),
    ...broken,
  ];
}

function named(what: string, references: readonly string[]): readonly string[] {
  if (references.length === 0) return [];
  const more = references.length - REFERENCES_NAMED;
  const some = references.slice(0, REFERENCES_NAMED).join(', ');
  return [`${what}: ${some}${more > 0 ? `, and ${more} more` : ''}`];
}
