/** The table of the game day, and the report with all outputs. */
import type { Played, Row } from './incident.ts';

const HEADS = ['alert', 'stack', 'how', 'pending after', 'firing after', 'ended after', 'fault'];

export function rowsTable(rows: readonly Row[]): string {
  return [HEADS, HEADS.map(() => '---'), ...rows.map(cells)]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

function cells(row: Row): readonly string[] {
  const { alert, stack, how, pendingAfterS, firingAfterS, endedAfterS, fault = '' } = row;
  return [alert, stack, how, ...[pendingAfterS, firingAfterS, endedAfterS].map(time), fault];
}

function time(seconds: number | undefined): string {
  if (seconds === undefined) return '–';
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return [minutes > 0 ? `${minutes} min` : '', rest > 0 || minutes === 0 ? `${rest} s` : '']
    .filter((part) => part !== '')
    .join(' ');
}

/** For each incident: its alerts with their page, and what the commands of the page showed. */
export function fullReport(played: readonly Played[], others: readonly string[]): string {
  const incidents = played.flatMap(({ rows, checks }) => [
    ...rows.flatMap(({ alert, summary = '', page }) => [`## ${alert}`, '', summary, '', page, '']),
    rowsTable(rows),
    '',
    ...checks.flatMap(({ of, shown }) => [`\`${of}\``, '', '```', shown, '```', '']),
  ]);
  return [
    '# Game day',
    '',
    rowsTable(played.flatMap(({ rows }) => rows)),
    '',
    '## Alerts that nobody brought about',
    '',
    ...(others.length === 0 ? ['none'] : others.map((line) => `- ${line}`)),
    '',
    ...incidents,
  ].join('\n');
}
