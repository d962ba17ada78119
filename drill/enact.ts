/** The course of every drill: people sign up and act, something is harmed meanwhile, then the result is judged. */
import { pause } from './pause.ts';
import type { Customer } from './people/customers.ts';
import { remindWaiting } from './people/operator.ts';
import { peopleAt, type Habits } from './people/people.ts';
import { signUp, type SigningUp } from './people/sign-up.ts';
import type { Kept } from './processes/kept.ts';
import type { Stage } from './stage/stage.ts';
import { judge, mailedTooOften, type Facts } from './verdict/judge.ts';
import { unconfirmedOf, statusesIn, statusOf, type Reported } from './verdict/reported.ts';
import type { DrillVerdict } from './verdict/verdict.ts';

/** The part of a stage that the course of a drill uses. */
export type Scene = Reported &
  Pick<Stage, 'simulator' | 'visibility'> & {
    readonly [what in 'worker' | 'gateway']: Pick<Kept, 'ends'>;
  } & { readonly temporal: Pick<Kept, 'ends'> | undefined };

export interface Script<S extends Scene = Stage> {
  readonly customers: readonly Customer[];
  /** The sign-ups are spread evenly over this time (ms). */
  readonly signUpMs: number;
  readonly people: Omit<Habits, 'seed' | 'gatewayUrl'>;
  /** Does the harm and ends it; returns a description. */
  readonly harm: (stage: S, signingUp: SigningUp) => Promise<Harm>;
  /** AR24 may fail twice to mail a request: then an operator has to remind people. */
  readonly operatorReminds?: true;
  /** The time limit for the backlog after the harm has ended (ms). */
  readonly backlogMs: number;
}

export interface Harm {
  readonly description: string;
  readonly broken?: readonly string[];
  readonly seen?: readonly string[];
  readonly forgotten?: Facts['forgotten'];
}

const CHECK_EVERY_MS = 500;
/** Onboardings whose status is printed: more would be no more help. */
const STATUSES_PRINTED = 3;

export async function enact<S extends Scene>(stage: S, script: Script<S>): Promise<DrillVerdict> {
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
    options.progress(`${harm.description}; ${await howMany(stage, customers)}`);
    let isOver = false;
    const operating = script.operatorReminds && remindWaiting(gatewayUrl, () => isOver);
    await allEnded(stage, customers, begin + script.backlogMs);
    isOver = true;
    const reminded = await operating;
    const backlogS = Math.round((Date.now() - begin) / 100) / 10;
    const judged = await judgeStage(stage, customers, signingUp.accepted, harm.forgotten);
    return {
      ...judged,
      harm: harm.description,
      backlogS,
      broken: harm.broken ?? [],
      seen: [...(harm.seen ?? []), ...remindersSent(reminded), ...endsOf(stage)],
    };
  } finally {
    signingUp.stop();
    await people.stop();
    // Rejects if the gateway refused a start permanently.
    await signingUp.done;
  }
}

async function allEnded(
  { visibility }: Scene,
  customers: readonly Customer[],
  limit: number,
): Promise<void> {
  while (Date.now() < limit) {
    const counts = await visibility.counts();
    if (counts?.open === 0 && counts.ended >= customers.length) return;
    await pause(CHECK_EVERY_MS);
  }
}

async function judgeStage(
  stage: Scene,
  customers: readonly Customer[],
  accepted: ReadonlySet<string>,
  forgotten: Facts['forgotten'],
): Promise<ReturnType<typeof judge>> {
  const { effects } = await stage.simulator.ledger();
  const judged = judge({
    customers,
    accepted,
    statuses: await statusesIn(stage),
    effects,
    addresses: await stage.simulator.addresses(),
    unconfirmed: await unconfirmedOf(stage, mailedTooOften(customers, effects)),
    forgotten,
  });
  const { lost, stuck } = judged;
  for (const reference of [...lost, ...stuck].slice(0, STATUSES_PRINTED)) {
    stage.options.progress(await statusOf(stage, reference));
  }
  return judged;
}

async function howMany({ visibility }: Scene, customers: readonly Customer[]): Promise<string> {
  const counts = await visibility.counts();
  return `${counts?.ended ?? '?'} of ${customers.length} have ended`;
}

function remindersSent(reminded: ReadonlySet<string> = new Set()): readonly string[] {
  return reminded.size > 0 ? [`an operator had ${reminded.size} reminded`] : [];
}

/** Processes that ended without being killed. */
function endsOf({ worker, gateway, temporal }: Scene): readonly string[] {
  const ends = { worker: worker.ends(), gateway: gateway.ends(), Temporal: temporal?.ends() ?? 0 };
  return Object.entries(ends)
    .filter(([, times]) => times > 0)
    .map(([name, times]) => `${name} ended by itself ${times} times`);
}
