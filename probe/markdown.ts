/** The report for a person. */
import { FINDING_NAMES, FINDINGS, words } from './findings.ts';
import type { Report } from './report.ts';
import { NOT_PROBED } from './switches.ts';

export function asMarkdown(report: Report): string {
  const { host, begun, updated, environment, simulator } = report;
  return `${[
    `# What ${host} does`,
    `Found by \`onboard probe\` from ${begun} to ${updated}. Sections are those of docs/ar24-api.md. ` +
      'The report has no secret, and addresses are masked.',
    '## What contradicts docs/ar24-api.md',
    contradictions(report),
    '## Findings',
    findings(report),
    '## Settings',
    'For the workers; docs/configuration.md explains each of them.',
    ['```sh', ...environment, '```'].join('\n'),
    '## For the simulator',
    'The JSON report sets these switches: `onboard simulator --like FILE`.',
    table(
      ['switch', 'value'],
      Object.entries(simulator).map(([name, value]) => [code(name), code(JSON.stringify(value))]),
    ),
    '## The simulator cannot imitate',
    notImitated(report),
    '## Switches that the probe does not find out',
    table(
      ['switch', 'why'],
      Object.entries(NOT_PROBED).map(([name, why]) => [code(name), why]),
    ),
    '## Steps',
    table(
      ['step', 'state', 'remarks'],
      Object.entries(report.steps).map(([name, { state, notes }]) => [
        name,
        state,
        notes.join('; '),
      ]),
    ),
    '## What was sent',
    sent(report),
  ].join('\n\n')}\n`;
}

function contradictions({ contradictions: all }: Report): string {
  if (all.length === 0) return 'Nothing.';
  return table(
    ['section', 'about', 'found', 'documented'],
    all.map(({ section, meaning, found, documented }) => [section, meaning, found, documented]),
  );
}

function findings({ findings: found }: Report): string {
  return table(
    ['section', 'about', 'found'],
    FINDING_NAMES.filter((name) => found[name] !== undefined).map((name) => {
      const { section, meaning } = FINDINGS[name];
      return [section, meaning, words(found[name])];
    }),
  );
}

function notImitated({ notImitated: all }: Report): string {
  if (all === null) return 'Not compared yet: the run has not ended.';
  if (all.length === 0)
    return 'Nothing: a probe of a simulator with these switches found the same.';
  return [
    'A probe of a simulator with these switches found otherwise. Tests that rely on these points need another AR24.',
    table(
      ['section', 'about', 'found', 'the simulator'],
      all.map(({ section, meaning, found, simulator }) => [section, meaning, found, simulator]),
    ),
  ].join('\n\n');
}

function sent({ writes, addresses }: Report): string {
  if (writes.length === 0) return 'Nothing that creates or mails anything.';
  return table(
    ['step', 'call', 'for', 'answer', 'read back'],
    writes.map(({ step, call, role, outcome, readBack }) => [
      step,
      call,
      `${role} (${addresses[role]?.masked ?? 'no address'})`,
      outcome,
      readBack ?? 'not yet',
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return 'None.';
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const code = (text: string): string => `\`${text}\``;
