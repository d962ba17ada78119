/** Temporal's databases are restored to a moment before a part of the work: docs/runbooks/postgresql-restored.md, as a program. */
import { Client, Connection } from '@temporalio/client';
import { z } from 'zod';
import { workflowIdOf } from '../../workflows/contract/index.ts';
import type { Drill, DrillSettings, Length } from '../drill.ts';
import { enact, type Harm } from '../enact.ts';
import { temporaryFolder } from '../folder.ts';
import { pause, until } from '../pause.ts';
import { answering } from '../people/answering.ts';
import { customersOf, type Customer } from '../people/customers.ts';
import { startPartner, type Partner } from '../people/partner.ts';
import { signUp, type SigningUp } from '../people/sign-up.ts';
import {
  archiving,
  baseBackup,
  isPromoted,
  makeArchive,
  restoreFiles,
} from '../processes/backup.ts';
import {
  getProductionTemporal,
  startProductionTemporal,
  type ProductionTemporal,
} from '../processes/production-temporal.ts';
import { API_KEY, NOTIFY_SECRET } from '../stage/keys.ts';
import { jsonLines, runOnboard } from '../stage/run-onboard.ts';
import { inStage, type Stage } from '../stage/stage.ts';
import { statusesIn } from '../verdict/reported.ts';
import {
  ERASED_BEFORE,
  ERASED_SINCE,
  FAILED,
  isErased,
  withFindings,
} from '../verdict/restored.ts';
import type { DrillVerdict } from '../verdict/verdict.ts';
import { SIZES } from './sizes.ts';

interface Course {
  readonly onboardings: number;
  readonly signUpMs: number;
  /** When the base backup is made, and the moment of the restore: ms from the beginning. */
  readonly backupMs: number;
  readonly momentMs: number;
  /** From the moment to the loss. */
  readonly backMs: number;
  readonly letterMs: { readonly min: number; readonly max: number };
}

const COURSES: Readonly<Record<Length, Course>> = {
  short: {
    onboardings: 30,
    signUpMs: 45_000,
    backupMs: 10_000,
    momentMs: 20_000,
    backMs: 20_000,
    letterMs: { min: 15_000, max: 60_000 },
  },
  long: {
    onboardings: 300,
    signUpMs: 180_000,
    backupMs: 45_000,
    momentMs: 90_000,
    backMs: 60_000,
    letterMs: { min: 60_000, max: 240_000 },
  },
};
/** Of the time that is lost: so the loss meets many orders whose letters are still on their way. */
const LETTER_SHARE = 1 / 3;
const OTHERS = [ERASED_BEFORE, ERASED_SINCE, FAILED];
const TEMPORAL_ANSWERS_WITHIN_MS = 120_000;
const ERASED_WITHIN_MS = 10 * 60_000;
/** Of a restart of everything at once, without the letters. */
const BACKLOG_MS = 15 * 60_000;

export const restore: Drill = {
  name: 'restore',
  summary: 'PostgreSQL is lost and restored to a moment before: nothing is created or paid twice',
  isLong: true,
  async prepare({ progress }) {
    await getProductionTemporal(progress);
  },
  async run(settings) {
    const archive = await temporaryFolder('drill-backup');
    const partner = await startPartner(NOTIFY_SECRET);
    try {
      await makeArchive(archive.path);
      const production = await startProductionTemporal(settings, {
        ofPostgresql: archiving(archive.path),
      });
      try {
        return await onProduction(settings, production, partner, archive.path);
      } finally {
        await production.stop();
      }
    } finally {
      await partner.stop();
      await archive.remove();
    }
  },
};

function onProduction(
  settings: DrillSettings,
  production: ProductionTemporal,
  partner: Partner,
  archive: string,
): Promise<DrillVerdict> {
  const { poll, people } = SIZES[settings.length];
  const course = courseOf(settings);
  const place = { temporal: production, notifyUrl: partner.url };
  return inStage({ ...settings, ...place, webhooks: 'on', poll }, async (stage) => {
    let isOver = false;
    await signUp(stage.gatewayUrl, OTHERS.map(other), 0).done;
    await erase(stage, ERASED_BEFORE);
    await terminate(production, FAILED);
    const customers = customersOf(course.onboardings, settings.seed).map(withIdentity);
    const operator = answering(stage, () => isOver);
    try {
      const verdict = await enact(stage, {
        customers,
        signUpMs: course.signUpMs,
        people: { ...people, letterMs: course.letterMs },
        backlogMs: BACKLOG_MS + course.letterMs.max,
        harm: (_, signingUp) =>
          loseAndRestore({ stage, production, archive, course, customers, signingUp }),
      });
      return await withFindings(verdict, stage, customers, partner, operator.answers);
    } finally {
      isOver = true;
      await operator.done;
    }
  });
}

/** A course that goes back further has slower letters. */
function courseOf({ length, backMinutes, onboardings }: DrillSettings): Course {
  const usual = COURSES[length];
  const course = { ...usual, onboardings: onboardings ?? usual.onboardings };
  if (backMinutes === undefined) return course;
  const backMs = backMinutes * 60_000;
  const signUpMs = course.signUpMs - course.backMs + backMs;
  return {
    ...course,
    backMs,
    signUpMs,
    letterMs: { ...course.letterMs, max: Math.max(course.letterMs.max, backMs * LETTER_SHARE) },
  };
}

/** Every second one has to prove their identity. */
function withIdentity(customer: Customer, n: number): Customer {
  return customer.path === 'refused' || n % 2 === 0 ? customer : { ...customer, identity: true };
}

interface Loss {
  readonly stage: Stage;
  readonly production: ProductionTemporal;
  readonly archive: string;
  readonly course: Course;
  readonly customers: readonly Customer[];
  readonly signingUp: SigningUp;
}

async function loseAndRestore(loss: Loss): Promise<Harm> {
  const { stage, production, archive, course, customers, signingUp } = loss;
  const begin = Date.now();
  const at = (ms: number) => pause(Math.max(0, begin + ms - Date.now()));
  await at(course.backupMs);
  await baseBackup(production.database, archive);
  await at(course.momentMs);
  const moment = new Date();
  await pause(1_000);
  await Promise.all([erase(stage, ERASED_SINCE), at(course.momentMs + course.backMs)]);
  // Kept outside of the backup, as docs/backup.md says.
  const erasures = await runOnboard(stage, 'erasures', '--json');
  const accepted = customers.filter(({ reference }) => signingUp.accepted.has(reference));
  const processes = [production.postgresql, production.server, stage.worker, stage.gateway];
  const [postgresql, server, worker, gateway] = await Promise.all(
    processes.map((one) => one.hold()),
  );
  const crashed = Date.now();
  stage.options.progress(`lost; back to ${moment.toISOString()}, ${accepted.length} were accepted`);

  await restoreFiles(production.database, archive, moment);
  postgresql?.();
  await isPromoted(production.database);
  server?.();
  await production.listening();
  await until('Temporal takes a pause', TEMPORAL_ANSWERS_WITHIN_MS, () =>
    runOnboard(stage, 'pause', '--reason', 'PostgreSQL restored').then(
      () => true,
      () => false,
    ),
  );
  const downS = Math.round((Date.now() - crashed) / 1000);
  await runOnboard(stage, 'restored');
  const known = await statusesIn(stage);
  const lost = accepted.filter(({ reference }) => !known.has(reference));
  const wasBack = known.has(ERASED_SINCE) && !(await isErased(stage, ERASED_SINCE));
  worker?.();
  await stage.workerReady();
  for (const reference of referencesIn(erasures)) await erase(stage, reference);
  gateway?.();
  await stage.gatewayReady();
  // The partner sends again what it sent since the moment.
  await signUp(stage.gatewayUrl, accepted, 0).done;
  await repeatRefusals(stage, accepted);
  await runOnboard(stage, 'resume');
  return {
    description: `PostgreSQL restored to ${Math.round((crashed - moment.getTime()) / 1000)} s before its loss`,
    seen: [
      `${accepted.length} had been accepted, of which Temporal had forgotten ${lost.length}`,
      `Temporal answered again ${downS} s after the loss`,
      `the sender who was erased since was ${wasBack ? 'there again' : 'not there'}, and was erased again`,
    ],
    forgotten: { from: moment.getTime(), to: crashed },
  };
}

function other(reference: string): Customer {
  return { reference, email: `${reference}@example.org`, path: 'attached' };
}

async function erase(stage: Stage, reference: string): Promise<void> {
  await until(`${reference} is erased`, ERASED_WITHIN_MS, () =>
    runOnboard(stage, 'erase', reference, '--yes').then(
      () => true,
      () => false,
    ),
  );
}

function referencesIn(erasures: string): readonly string[] {
  const entry = z.object({ reference: z.string() });
  return jsonLines(erasures).map((line) => entry.parse(line).reference);
}

async function terminate(
  { address, namespace }: ProductionTemporal,
  reference: string,
): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    const { workflow } = new Client({ connection, namespace });
    await workflow.getHandle(workflowIdOf(reference)).terminate('by hand');
  } finally {
    await connection.close();
  }
}

/** AR24 does not report refusals: the partner does, and what it reported since the moment is forgotten. */
async function repeatRefusals(
  { simulator, gatewayUrl }: Stage,
  customers: readonly Customer[],
): Promise<void> {
  const [{ effects }, addresses] = await Promise.all([simulator.ledger(), simulator.addresses()]);
  const refused = new Set(
    effects
      .filter(({ effect }) => effect === 'access-refused')
      .map(({ accountId }) => addresses.get(accountId ?? '')),
  );
  for (const { reference } of customers.filter(({ email }) => refused.has(email))) {
    const answer = await fetch(`${gatewayUrl}/onboardings/${reference}/refusals`, {
      method: 'POST',
      headers: { authorization: `Bearer ${API_KEY}` },
    });
    await answer.arrayBuffer();
  }
}
