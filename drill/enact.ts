/** The course of every drill: people sign up and act, harm is done meanwhile, then all has to be well. */
import { pause } from './pause.ts';
import type { Customer } from './people/customers.ts';
import { remindWhoWaits } from './people/operator.ts';
import { peopleAt, type Habits } from './people/people.ts';
import { signUp, type SigningUp } from './people/sign-up.ts';
import type { Stage } from './stage/stage.ts';
import { judge, mailedMore } from './verdict/judge.ts';
import { answersLostOf, statusesIn, statusOf } from './verdict/told.ts';
import type { Verdict } from './verdict/verdict.ts';

export interface Script {
  readonly customers: readonly Customer[];
  /** All sign up within this time, evenly (ms). */
  readonly signUpMs: number;
  readonly people: Omit<Habits, 'seed' | 'gatewayUrl'>;
  /** Does the harm and ends it; tells what it was. */
  readonly harm: (stage: Stage, signingUp: SigningUp) => Promise<Harm>;
  /** AR24 may answer twice that it did not mail: an operator then has people reminded. */
  readonly operatorReminds?: true;
  /** How long the backlog may take once nothing is harmed any more (ms). */
  readonly backlogMs: number;
}

export interface Harm {
  readonly told: string;
  readonly broken?: readonly string[];
  readonly seen?: readonly string[];
}

const LOOK_EVERY_MS = 500;
/** More tell no more. */
const TOLD_OF = 3;

export async function enact(stage: Stage, script: Script): Promise<Verdict> {
  const { simulator, options } = stage;
  const { customers } = script;
  for (const { email, path } of customers) {
    if (path !== 'created') await simulator.openAccount(email);
  }
  const { gatewayUrl } = stage;
  const habits = { ...script.people, seed: options.seed, gatewayUrl };
  const people = peopleAt(simulator, customers, habits);
  const signingUp = signUp(gatewayUrl, customers, script.signUpMs);
  try {
    const harm = await script.harm(stage, signingUp);
    const begin = Date.now();
    options.progress(`${harm.told}; ${await howMany(stage, customers)}`);
    let isOver = false;
    const operating = script.operatorReminds && remindWhoWaits(gatewayUrl, () => isOver);
    await allEnded(stage, customers, begin + script.backlogMs);
    isOver = true;
    const reminded = await operating;
    const backlogS = Math.round((Date.now() - begin) / 100) / 10;
    const judged = await judgeStage(stage, customers, signingUp.taken);
    return {
      ...judged,
      harm: harm.told,
      backlogS,
      broken: harm.broken ?? [],
      seen: [...(harm.seen ?? []), ...told(reminded), ...endsOf(stage)],
    };
  } finally {
    signingUp.stop();
    await people.stop();
    // Rejects with what the gateway refused for good.
    await signingUp.done;
  }
}

async function allEnded(
  { eyes }: Stage,
  customers: readonly Customer[],
  limit: number,
): Promise<void> {
  while (Date.now() < limit) {
    const counts = await eyes.counts();
    if (counts?.open === 0 && counts.ended >= customers.length) return;
    await pause(LOOK_EVERY_MS);
  }
}

async function judgeStage(
  stage: Stage,
  customers: readonly Customer[],
  taken: ReadonlySet<string>,
): Promise<ReturnType<typeof judge>> {
  const { effects } = await stage.simulator.ledger();
  const judged = judge({
    customers,
    taken,
    statuses: await statusesIn(stage),
    effects,
    addresses: await stage.simulator.addresses(),
    answersLost: await answersLostOf(stage, mailedMore(customers, effects)),
  });
  const { lost, stuck } = judged;
  for (const reference of [...lost, ...stuck].slice(0, TOLD_OF)) {
    stage.options.progress(await statusOf(stage, reference));
  }
  return judged;
}

async function howMany({ eyes }: Stage, customers: readonly Customer[]): Promise<string> {
  const counts = await eyes.counts();
  return `${counts?.ended ?? '?'} of ${customers.length} have ended`;
}

function told(reminded: ReadonlySet<string> = new Set()): readonly string[] {
  return reminded.size > 0 ? [`an operator had ${reminded.size} reminded`] : [];
}

/** Nobody killed these. */
function endsOf({ worker, gateway, temporal }: Stage): readonly string[] {
  const ends = { worker: worker.ends(), gateway: gateway.ends(), Temporal: temporal?.ends() ?? 0 };
  return Object.entries(ends)
    .filter(([, times]) => times > 0)
    .map(([who, times]) => `${who} ended by itself ${times} times`);
}
