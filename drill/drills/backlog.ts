/**
 * Far more people wait than AR24's rate limit allows to read. Polls are late, but nobody starves, a hint is followed at once,
 * those who sign up meanwhile are mailed at once, and a metric shows how late polls are.
 */
import type { Drill, Length } from '../drill.ts';
import { pause, until } from '../pause.ts';
import { customersOn, type Customer } from '../people/customers.ts';
import { signUp } from '../people/sign-up.ts';
import { keepRunning } from '../processes/kept.ts';
import { lastingPort } from '../processes/port.ts';
import {
  getProductionTemporal,
  startProductionTemporal,
} from '../processes/production-temporal.ts';
import { observeAr24, type ObservedAr24 } from '../stage/observed-ar24.ts';
import type { StageOptions } from '../stage/options.ts';
import { inStage, type Stage } from '../stage/stage.ts';
import { judge } from '../verdict/judge.ts';
import { statusesIn } from '../verdict/reported.ts';
import type { DrillVerdict } from '../verdict/verdict.ts';

interface Backlog {
  readonly senders: number;
  /** Two calls each. The rest of the rate is for polls. */
  readonly startsPerSecond: number;
  readonly callsPerSecond: number;
  /** If each sender was read once in the longest pause, it would take ten times the calls that are allowed. */
  readonly poll: StageOptions['poll'];
  readonly hinted: number;
  /** Sign up while the others wait. */
  readonly newcomers: number;
}

const BACKLOGS: Readonly<Record<Length, Backlog>> = {
  short: {
    senders: 100,
    startsPerSecond: 2,
    callsPerSecond: 5,
    poll: { firstS: 1, maxS: 2 },
    hinted: 5,
    newcomers: 5,
  },
  long: {
    senders: 10_000,
    startsPerSecond: 16,
    callsPerSecond: 80,
    poll: { firstS: 4, maxS: 12 },
    hinted: 50,
    newcomers: 50,
  },
};
const PARK_WITHIN_MS = 60 * 60_000;
/** Most of it is the time until Temporal's search shows a start. */
const HINT_FOLLOWED_WITHIN_MS = 15_000;
const NEWCOMER_EVERY_MS = 500;
/** Of two calls to AR24, which go before all polls. */
const MAILED_WITHIN_MS = 15_000;
const SCRAPE_EVERY_MS = 5_000;
const SETTLED_WITHIN_MS = 180_000;
/** docs/capacity.md: no delay is longer than a round, and lengthens the next pause by three times itself. */
const LONGER_BY_DELAYS = 3;
const JITTER = 1.1;
/** Longer than the longest promised time between two reads, so that somebody who is not read is found. */
const WATCHED_PER_BOUND = 1.1;
const PARKED = "OnboardingStatus = 'awaiting-attachment'";

export const backlog: Drill = {
  name: 'backlog',
  summary: "ten times more people wait than AR24's rate limit allows to read",
  isLong: true,
  async prepare({ progress }) {
    await getProductionTemporal(progress);
  },
  async run(settings) {
    const size = BACKLOGS[settings.length];
    const { poll, callsPerSecond } = size;
    // The development server's database fails for ever under so many starts.
    const production = await startProductionTemporal(settings);
    let observed: ObservedAr24 | undefined;
    const options = {
      ...settings,
      webhooks: 'on',
      temporal: production,
      poll,
      callsPerSecond,
      async workerReachesAr24At(url: string) {
        observed = await observeAr24(url);
        return observed.url;
      },
    } as const;
    try {
      return await inStage(options, (stage) => overload(stage, size, observed?.reads ?? new Map()));
    } finally {
      observed?.close();
      await production.stop();
    }
  },
};

async function overload(
  stage: Stage,
  size: Backlog,
  reads: ObservedAr24['reads'],
): Promise<DrillVerdict> {
  const { senders, startsPerSecond, callsPerSecond, poll, hinted, newcomers } = size;
  const { simulator, gatewayUrl, options, visibility } = stage;
  const all = customersOn('attached', senders + newcomers);
  const customers = all.slice(0, senders);
  for (const { email } of all) await simulator.openAccount(email);
  await signUp(gatewayUrl, customers, (senders / startsPerSecond) * 1000).done;
  await until('all wait', PARK_WITHIN_MS, async () => {
    return ((await visibility.countOpen(PARKED)) ?? 0) >= senders;
  });
  const roundMs = (senders / callsPerSecond) * 1000;
  const boundMs = JITTER * (poll.maxS * 1000 + LONGER_BY_DELAYS * roundMs) + roundMs;
  const watchedMs = WATCHED_PER_BOUND * boundMs;
  options.progress(
    `${senders} wait, a round of polls takes ${seconds(roundMs)}; they are watched for ${seconds(watchedMs)}`,
  );
  const from = Date.now();
  const exporter = await startExporter(stage);
  await exporter.watch(watchedMs / 2);
  const latencies = await hint(stage, customers.slice(0, hinted), reads);
  const mailedAfter = await signUpMeanwhile(stage, all.slice(senders));
  await exporter.watch(from + watchedMs - Date.now());
  await exporter.stop();
  const to = Date.now();

  const gaps = customers.slice(hinted).map(({ email }) => longestGap(reads.get(email), from, to));
  const longest = Math.max(...gaps);
  const slowest = Math.max(...latencies);
  const slowestMail = Math.max(...mailedAfter);
  const [gap, latency, mail] = [gaps, latencies, mailedAfter].map(quantiles);
  const behindS = exporter.mostBehindS();
  const readsPerSecond = readsBetween(reads, from, to) / ((to - from) / 1000);
  return {
    ...(await judged(stage, all, hinted, new Set(all.map(({ reference }) => reference)))),
    harm: `${senders} wait, ${callsPerSecond} calls a second, polls want ten times as many`,
    backlogS: 0,
    broken: [
      ...(longest > boundMs ? [`somebody was not read for ${seconds(longest)}`] : []),
      ...(slowest > HINT_FOLLOWED_WITHIN_MS
        ? [`a hint was followed after ${seconds(slowest)}`]
        : []),
      ...(slowestMail > MAILED_WITHIN_MS
        ? [`somebody who signed up was mailed after ${seconds(slowestMail)}`]
        : []),
      ...(behindS > 0 ? [] : ['onboarding_polls_behind_seconds shows no delay']),
    ],
    seen: [
      `between two reads of a sender: ${gap}, at most ${seconds(boundMs)} as documented`,
      `from a webhook's cause to the read: ${latency}`,
      `from a sign-up meanwhile to its first mail: ${mail}`,
      `onboarding_polls_behind_seconds: at most ${behindS}`,
      `${readsPerSecond.toFixed(1)} reads a second, of ${callsPerSecond} allowed calls`,
    ],
  };
}

/** The longest time without a read of this sender while all waited (ms). */
function longestGap(reads: readonly number[] = [], from: number, to: number): number {
  const times = [from, ...reads.filter((at) => at > from && at < to), to];
  return Math.max(...times.slice(1).map((at, n) => at - (times[n] ?? at)));
}

function readsBetween(reads: ObservedAr24['reads'], from: number, to: number): number {
  return [...reads.values()].flat().filter((at) => at >= from && at <= to).length;
}

/** People accept at AR24, whose webhooks are the hints. @returns the time until AR24 was read, for each (ms) */
async function hint(
  { simulator }: Stage,
  customers: readonly Customer[],
  reads: ObservedAr24['reads'],
): Promise<readonly number[]> {
  const mails = await simulator.mailbox();
  const latencies: number[] = [];
  for (const { email } of customers) {
    const link = mails.find(({ to, kind }) => to === email && kind === 'access-request');
    const clicked = Date.now();
    const answer = await fetch(link?.links.accept ?? '', { method: 'POST' });
    await answer.arrayBuffer();
    const readAt = () => reads.get(email)?.find((at) => at > clicked);
    await until('the hint is followed', SETTLED_WITHIN_MS, () =>
      Promise.resolve(readAt() !== undefined),
    );
    latencies.push((readAt() ?? Infinity) - clicked);
  }
  return latencies;
}

/** @returns how long each waited for the first mail (ms), with the time until the gateway accepted the start */
async function signUpMeanwhile(
  { simulator, gatewayUrl }: Stage,
  newcomers: readonly Customer[],
): Promise<readonly number[]> {
  const askedAt = new Map<string, number>();
  for (const newcomer of newcomers) {
    askedAt.set(newcomer.email, Date.now());
    await signUp(gatewayUrl, [newcomer], 0).done;
    await pause(NEWCOMER_EVERY_MS);
  }
  const mails = async () => (await simulator.mailbox()).filter(({ to }) => askedAt.has(to));
  await until('the newcomers are mailed', SETTLED_WITHIN_MS, async () => {
    return (await mails()).length >= newcomers.length;
  });
  return (await mails()).map(({ to, date }) => Date.parse(date) - (askedAt.get(to) ?? 0));
}

/** `onboard exporter`, as an operator runs it. */
async function startExporter({ options, commands, folder }: Stage) {
  const address = `127.0.0.1:${await lastingPort()}`;
  const exporter = keepRunning({
    command: process.execPath,
    args: [options.onboard, 'exporter'],
    env: { ...commands, ONBOARDING_EXPORTER_ADDRESS: address },
    logFile: `${folder}/exporter.log`,
  });
  let mostS = 0;
  return {
    /** Reads its metric as Prometheus does. */
    async watch(ms: number): Promise<void> {
      const end = Date.now() + ms;
      do {
        await pause(SCRAPE_EVERY_MS);
        mostS = Math.max(mostS, await pollsBehindS(address));
      } while (Date.now() < end);
    },
    mostBehindS: () => mostS,
    stop: exporter.stop,
  };
}

/** @returns 0 while the exporter has not counted yet */
async function pollsBehindS(address: string): Promise<number> {
  const answer = await fetch(`http://${address}/metrics`).catch(() => undefined);
  const text = (await answer?.text()) ?? '';
  const [, value = '0'] = /^onboarding_polls_behind_seconds(?:\{.*\})? (\S+)$/m.exec(text) ?? [];
  return Number(value);
}

/** Only the hinted ones have ended: the others, and the newcomers, are to wait. */
async function judged(
  stage: Stage,
  customers: readonly Customer[],
  hinted: number,
  accepted: ReadonlySet<string>,
) {
  const ended = customers.slice(0, hinted);
  await until('the hinted have ended', SETTLED_WITHIN_MS, async () => {
    return ((await stage.visibility.counts())?.ended ?? 0) >= hinted;
  });
  const statuses = await statusesIn(stage);
  const waiting = customers.slice(hinted).map(({ reference }) => reference);
  const { effects } = await stage.simulator.ledger();
  const found = judge({
    customers: ended,
    accepted,
    statuses,
    effects,
    addresses: await stage.simulator.addresses(),
    unconfirmed: new Map(),
  });
  const lost = waiting.filter((reference) => statuses.get(reference) !== 'awaiting-attachment');
  const mails = { ...found.mails, needed: customers.length };
  return { ...found, onboardings: customers.length, lost: [...found.lost, ...lost], mails };
}

function quantiles(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return `median ${seconds(median)}, most ${seconds(sorted.at(-1) ?? 0)}`;
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
