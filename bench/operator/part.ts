/** How long an operator's commands take while very many onboardings are open, compared with few. */
import { performance } from 'node:perf_hooks';
import { customersOn } from '../../drill/people/customers.ts';
import { signUp } from '../../drill/people/sign-up.ts';
import { until } from '../../drill/pause.ts';
import { addRows } from '../../drill/processes/added-rows.ts';
import { buildPackage } from '../../drill/processes/built.ts';
import { startProductionTemporal } from '../../drill/processes/production-temporal.ts';
import { API_KEY } from '../../drill/stage/keys.ts';
import { runOnboard } from '../../drill/stage/run-onboard.ts';
import { onStage, type Stage } from '../../drill/stage/stage.ts';
import type { BenchSettings, Figures, Part } from '../part.ts';
import { pulse } from '../pulse.ts';
import { median, withSpread } from '../statistics.ts';

/** Production's, so that no poll falls into a measurement. */
const POLL = { firstS: 600, maxS: 43_200 };
const COMMANDS = [
  ['doctor'],
  ['list'],
  ['list', '--stuck'],
  ['list', '--waiting-for', 'operator'],
  ['list', '--problem', 'unreachable'],
  ['status', 'customer-00001'],
  ['pause', '--reason', 'benchmark'],
  ['resume'],
] as const;
const SHOWN_WITHIN_MS = 10 * 60_000;

export const operator: Part = {
  name: 'operator',
  summary: "an operator's commands while very many onboardings are open, on PostgreSQL",
  async measure(settings) {
    const { openRows, progress } = settings;
    const built = await buildPackage();
    // Without rows, any Temporal does: PostgreSQL takes a minute to be set up.
    const temporal = openRows > 0 ? await startProductionTemporal(settings) : undefined;
    try {
      const options = {
        length: 'long',
        seed: 1,
        rows: 0,
        onboard: built.onboard,
        progress,
        webhooks: 'off',
        poll: POLL,
        ...(temporal && { temporal }),
      } as const;
      return await onStage(
        options,
        (stage) =>
          measured(stage, settings, async () => {
            if (temporal) await addRows(temporal.database, openRows, 'open');
          }),
        () => true,
      );
    } finally {
      await temporal?.stop();
      await built.remove();
    }
  },
};

async function measured(
  stage: Stage,
  { runs, waiting, openRows, progress }: BenchSettings,
  fill: () => Promise<void>,
): Promise<Figures> {
  const customers = customersOn('attached', waiting);
  for (const { email } of customers) await stage.simulator.openAccount(email);
  await signUp(stage.gatewayUrl, customers, 0).done;
  const shown = (count: number): Promise<void> =>
    until(`Temporal shows ${count} open onboardings`, SHOWN_WITHIN_MS, async () => {
      return (
        (await stage.visibility.countOpen("OnboardingStatus = 'awaiting-attachment'")) === count
      );
    });
  await shown(waiting);
  const few = await times(stage, runs);
  progress(`measured with ${waiting} open`);
  await fill();
  await shown(waiting + openRows);
  const many = await times(stage, runs);
  return {
    tables: [
      {
        title: 'An answer, s',
        rows: [...many].map(([what, seconds]) => ({
          what,
          [`${waiting} open`]: withSpread(few.get(what) ?? []),
          [`${openRows} more`]: withSpread(seconds),
          ratio: Math.round((median(seconds) / median(few.get(what) ?? [])) * 10) / 10,
        })),
      },
    ],
    notes: [
      'Each command is a process of its own: about half a second is its start.',
      'The added onboardings are rows of the visibility store only: no command asks a worker about them.',
    ],
  };
}

async function times(stage: Stage, runs: number): Promise<ReadonlyMap<string, number[]>> {
  const seconds = new Map<string, number[]>();
  const measure = async (what: string, act: () => Promise<unknown>): Promise<void> => {
    const begin = performance.now();
    await act();
    const took = Math.round((performance.now() - begin) / 10) / 100;
    seconds.set(what, [...(seconds.get(what) ?? []), took]);
    pulse();
  };
  for (let run = 0; run < runs; run++) {
    for (const args of COMMANDS) {
      await measure(`onboard ${args.slice(0, 3).join(' ')}`, () => runOnboard(stage, ...args));
    }
    await measure('GET /onboardings?limit=100', () => firstPage(stage));
  }
  return seconds;
}

async function firstPage({ gatewayUrl }: Stage): Promise<void> {
  const headers = { authorization: `Bearer ${API_KEY}` };
  const answer = await fetch(`${gatewayUrl}/onboardings?limit=100`, { headers });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`GET /onboardings: HTTP ${answer.status}`);
}
