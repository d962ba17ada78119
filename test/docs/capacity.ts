/** The tables of docs/capacity.md, from the pauses of polls and the paths measured in docs/figures.md. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { pollPauseMs } from '../../activities/poll-pause.ts';
import { DEFAULT_POLICY, POLL_BESIDE_WEBHOOKS } from '../../workflows/contract/policy.ts';

const FIGURES = fileURLToPath(new URL('../../docs/figures.md', import.meta.url));
const HOUR_MS = 3_600_000;
const MONTH_DAYS = 30;
const MONTH_MS = MONTH_DAYS * 24 * HOUR_MS;
/** Of AR24's rate limit. The rest is for what people do. */
const SHARE_OF_POLLS = 0.8;
const RATE = 10;
const CROWDS = [10_000, 100_000, 1_000_000];
const YEARLY = 200_000;

const POLICIES = [
  { name: 'without webhooks', poll: DEFAULT_POLICY.poll, path: '4 reminders (default)' },
  {
    name: '`ONBOARDING_AR24_WEBHOOKS=1`',
    poll: POLL_BESIDE_WEBHOOKS,
    path: "4 reminders, AR24's webhooks",
  },
] as const;

type Rows = readonly (readonly (string | number)[])[];

function table(heads: readonly string[], rows: Rows): string {
  const lines = [heads, heads.map(() => '---'), ...rows.map((row) => row.map(shown))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function shown(value: string | number): string {
  return typeof value === 'string' ? value : value.toLocaleString('en');
}

interface MeasuredPath {
  readonly name: string;
  readonly actions: number;
  readonly ar24Calls: number;
  readonly bytes: number;
}

/** The first table of docs/figures.md. A cell may have its spread after it. */
async function measuredPaths(): Promise<readonly MeasuredPath[]> {
  const [, section = ''] = (await readFile(FIGURES, 'utf8')).split('\n## Paths\n');
  const [heads = [], , ...rows] = section
    .replace(/\n## [^]*/, '')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const column = (row: readonly string[], name: string) =>
    Number.parseInt((row[heads.indexOf(name)] ?? '').replaceAll(',', ''), 10);
  return rows.map((row) => ({
    name: row[1] ?? '',
    actions: column(row, 'actions') + column(row, 'heartbeats'),
    ar24Calls: column(row, 'calls to AR24'),
    bytes: column(row, 'history, bytes'),
  }));
}

async function pathNamed(part: string): Promise<MeasuredPath> {
  const found = (await measuredPaths()).find(({ name }) => name.includes(part));
  if (found === undefined) throw new Error(`docs/figures.md has no path "${part}"`);
  return found;
}

const SENDERS = [
  'found: attached before',
  'created: two acceptances',
  'attached: holder accepts, with a signal',
  'attached: holder accepts after 3 days',
  ...POLICIES.map(({ path }) => path),
] as const;

async function oneSender(): Promise<string> {
  const paths = await Promise.all(SENDERS.map(pathNamed));
  return table(
    ['sender', 'actions', 'calls to AR24', 'history, KB'],
    paths.map(({ name, actions, ar24Calls, bytes }) => [
      name,
      actions,
      ar24Calls,
      Math.round(bytes / 1000),
    ]),
  );
}

const SHARES = { 'created: two acceptances': 0.5, 'attached: holder accepts after 3 days': 0.3 };
const SILENT = 0.2;

async function year(): Promise<string> {
  const rows = await Promise.all(
    POLICIES.map(async ({ name, path }) => {
      const mix = await Promise.all(
        Object.entries({ ...SHARES, [path]: SILENT }).map(
          async ([part, share]) => [await pathNamed(part), share] as const,
        ),
      );
      const sum = (key: 'actions' | 'ar24Calls') =>
        mix.reduce((total, [one, share]) => total + one[key] * share, 0);
      const [actions, calls] = [sum('actions'), sum('ar24Calls')];
      return [
        name,
        Math.round(actions),
        `${millions(actions * YEARLY)} (${millions((actions * YEARLY) / 12)} a month)`,
        millions(calls * YEARLY),
      ];
    }),
  );
  const heads = ['policy', 'actions a sender', 'actions at 200,000 a year', 'calls to AR24 a year'];
  return table(heads, rows);
}

function millions(value: number): string {
  return `${(value / 1_000_000).toPrecision(2)} M`;
}

/** The tries of a poll within 30 days. The first one comes at once, and reads nothing. */
function polls(poll: typeof DEFAULT_POLICY.poll): number {
  let tries = 0;
  for (let elapsedMs = 0; elapsedMs < MONTH_MS; tries += 1) {
    const tried = { number: tries + 1, elapsedMs, lateMs: 0 };
    elapsedMs += pollPauseMs(tried, { poll, recheck: [] }, 0.5);
  }
  return tries - 1;
}

async function silent(): Promise<string> {
  const rows = await Promise.all(
    POLICIES.map(async ({ name, poll, path }) => [
      name,
      `${hours(poll.firstSeconds)} to ${hours(poll.maxSeconds)}`,
      polls(poll),
      (await pathNamed(path)).actions,
    ]),
  );
  return table(['policy', 'pauses', 'polls in 30 days', 'all actions of 30 silent days'], rows);
}

function hours(seconds: number): string {
  return seconds < 3_600 ? `${seconds / 60} min` : `${seconds / 3_600} h`;
}

function waiting(): string {
  const rows = CROWDS.flatMap((people) =>
    POLICIES.map(({ name, poll }) => {
      const perSecond = people / poll.maxSeconds;
      return [
        people,
        name,
        perSecond.toPrecision(2),
        millions((perSecond * MONTH_MS) / 1000),
        Math.round(SHARE_OF_POLLS * RATE * poll.maxSeconds),
      ];
    }),
  );
  const heads = [
    'waiting',
    'policy',
    'calls a second',
    'actions a month',
    'may wait at 10 calls a second',
  ];
  return table(heads, rows);
}

const KB = { waiting: 8.5, row: 16, ended: 20 };
const RETENTION_DAYS = 30;

function storage(): string {
  const ended = (YEARLY / 365) * RETENTION_DAYS;
  const rows = [0, ...CROWDS].map((people) => [
    people,
    gigabytes(people * KB.waiting + ended * KB.ended),
    gigabytes((people + ended) * KB.row),
  ]);
  return table(['waiting, beside 200,000 a year', 'histories', 'visibility'], rows);
}

function gigabytes(kilobytes: number): string {
  return `${(kilobytes / 1_000_000).toPrecision(2)} GB`;
}

export const CAPACITY_TABLES = {
  'one-sender': oneSender,
  year,
  silent,
  waiting: () => Promise.resolve(waiting()),
  storage: () => Promise.resolve(storage()),
} as const;
