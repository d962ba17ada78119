/** One trouble: it is brought about, its alerts fire, their page is followed, and they end. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { Role } from './role.ts';
import type { Stack } from './stack.ts';
import { sectionOf } from './runbook.ts';

export interface Incident {
  /** The alerts that have to fire. */
  readonly alerts: readonly string[];
  /** How the trouble was brought about, as a clause. */
  readonly how: string;
  /** Default: when `begin` is called. */
  readonly beganAt?: Date;
  readonly begin: () => Promise<void>;
  /** What the page says to look at; done while the alerts fire. */
  readonly checks: readonly Check[];
  /** What the page says to do. */
  readonly act: () => Promise<void>;
  /** What the page says to look at afterwards. */
  readonly verify?: readonly Check[];
  /** The most minutes, of the rules, until the alerts fire, and until they end. */
  readonly within: { readonly fire: number; readonly end: number };
}

export type Check =
  /** `onboard …`, where a worker's environment is set. */
  | { readonly onboard: readonly string[] }
  | { readonly query: string }
  | { readonly get: string }
  /** The last lines of a log that match. */
  | { readonly log: Role; readonly with: string };

export interface Row {
  readonly stack: string;
  readonly alert: string;
  readonly how: string;
  readonly summary?: string;
  readonly page: string;
  /** Seconds from the begin of the trouble. */
  readonly pendingAfterS?: number;
  readonly firingAfterS?: number;
  /** Seconds from the act of the page. */
  readonly endedAfterS?: number;
  /** What was expected and did not happen. */
  readonly fault?: string;
}

export interface Played {
  readonly rows: readonly Row[];
  readonly checks: readonly Output[];
}

export interface Output {
  readonly of: string;
  readonly shown: string;
}

const LINES_SHOWN = 40;
const COMMAND_WITHIN_MS = 180_000;
/** Enough for the message of an error, without its stack. */
const LOG_LINE_LENGTH = 600;
const whole = (ms: number): number => Math.round(ms / 1000);

export async function play(stack: Stack, incident: Incident): Promise<Played> {
  const { alerts, how } = incident;
  const { progress, scale } = stack.game;
  const { episodes } = stack.prometheus;
  const names = alerts.join(', ');
  const say = (line: string): void => {
    progress(`${stack.name}: ${line}`);
  };
  say(`${how}; ${names} should fire`);
  const beganAt = incident.beganAt ?? new Date();
  await incident.begin();
  const notFired = await fault(episodes.fire(alerts, beganAt, scale.limit(incident.within.fire)));
  say(notFired ?? `${names}: firing after ${whole(Date.now() - beganAt.getTime())} s`);
  const checks = await outputs(stack, incident.checks);
  const actedAt = new Date();
  const actFailed = await fault(incident.act());
  const notEnded = await fault(episodes.end(alerts, scale.limit(incident.within.end)));
  say(actFailed ?? notEnded ?? `${names}: ended after ${whole(Date.now() - actedAt.getTime())} s`);
  checks.push(...(await outputs(stack, incident.verify ?? [])));
  const rows = await Promise.all(
    alerts.map(async (alert): Promise<Row> => {
      const episode = episodes.firedAfter(alert, beganAt);
      const ended = episodes.isActive(alert) ? undefined : episodes.lastEndOf(alert);
      const failed =
        episode === undefined ? notFired : (actFailed ?? (ended ? undefined : notEnded));
      return {
        stack: stack.name,
        alert,
        how,
        page: await sectionOf(alert),
        ...(episode?.firingAt && {
          summary: episode.summary,
          pendingAfterS: whole(episode.pendingAt.getTime() - beganAt.getTime()),
          firingAfterS: whole(episode.firingAt.getTime() - beganAt.getTime()),
        }),
        ...(ended && { endedAfterS: whole(ended.getTime() - actedAt.getTime()) }),
        ...(failed !== undefined && { fault: failed }),
      };
    }),
  );
  return { rows, checks };
}

async function fault(done: Promise<void>): Promise<string | undefined> {
  try {
    await done;
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function outputs(stack: Stack, checks: readonly Check[]): Promise<Output[]> {
  const done: Output[] = [];
  for (const check of checks) done.push(await output(stack, check));
  return done;
}

async function output(stack: Stack, check: Check): Promise<Output> {
  if ('onboard' in check) {
    return { of: `onboard ${check.onboard.join(' ')}`, shown: await onboard(stack, check.onboard) };
  }
  if ('query' in check) {
    const lines = await stack.prometheus.query(check.query).catch(String);
    return { of: check.query, shown: typeof lines === 'string' ? lines : lines.join('\n') };
  }
  if ('get' in check) {
    return { of: `GET ${check.get}`, shown: await got(check.get) };
  }
  const lines = (await readFile(check.log.logFile, 'utf8')).split('\n');
  const found = lines.filter((line) => line.includes(check.with));
  return {
    of: `${found.length} lines with ${check.with} in a log, the last of them`,
    shown: found
      .slice(-2)
      .map((line) => line.slice(0, LOG_LINE_LENGTH))
      .join('\n'),
  };
}

/** Runs a command with the variables of the worker, and the keys of commands. The output is kept also if it fails. */
export function onboard(stack: Stack, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [stack.game.onboard, ...args],
      { env: { ...stack.worker.environment() }, timeout: COMMAND_WITHIN_MS },
      (_error, out, err) => {
        const lines = `${out}${err}`.trimEnd().split('\n').slice(0, LINES_SHOWN);
        resolve([...lines, `exit code ${child.exitCode ?? 'none'}`].join('\n'));
      },
    );
  });
}

async function got(url: string): Promise<string> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    return `HTTP ${answer.status} ${(await answer.text()).slice(0, 200)}`;
  } catch (error) {
    return String(error);
  }
}
