/** Builds of the workflow are rolled out by Worker Versioning while senders wait. */
import type { Drill, DrillSettings } from '../drill.ts';
import { enact, type Harm } from '../enact.ts';
import { customersOf, type Customer } from '../people/customers.ts';
import { deployerAt, moved, type Deployer, versionVariables } from '../people/deployer.ts';
import { until } from '../pause.ts';
import { buildNext } from '../processes/next-build.ts';
import {
  getProductionTemporal,
  startProductionTemporal,
} from '../processes/production-temporal.ts';
import { NEWEST_VERSION, SERVER_VERSION } from '../processes/temporal-server.ts';
import { inStage, type Stage } from '../stage/stage.ts';
import { doctorSays } from '../verdict/doctor.ts';
import { nondeterminismIn } from '../verdict/nondeterminism.ts';
import type { DrillVerdict } from '../verdict/verdict.ts';
import { SIZES } from './sizes.ts';

const ONBOARDINGS = { short: 24, long: 100 } as const;
const SIGN_UP_MS = 5_000;
const PARK_WITHIN_MS = 10 * 60_000;
const PARKED = "OnboardingStatus IN ('awaiting-attachment', 'awaiting-email')";

const PRESENT = 'present';
const PINNED = { TEMPORAL_VERSIONING_BEHAVIOR: 'pinned' };

export const rollout: Drill = {
  name: 'rollout',
  summary:
    'a new build by Worker Versioning, with a patch in two steps: ramp, current, back, forward',
  isLong: true,
  async prepare({ progress }) {
    await getProductionTemporal(progress, SERVER_VERSION);
  },
  run: (settings) =>
    rollOut(settings, {
      server: SERVER_VERSION,
      change: 'patched',
      variables: {},
      async deploy(stage, customers, next) {
        const all = customers.length;
        const deployer = deployerOf(stage);
        const seen: string[] = [];
        const broken: string[] = [];
        const expectOn = async (buildId: string, act: () => Promise<void>): Promise<void> => {
          await act();
          const count = await moved(stage, customers, buildId, (onIt) => onIt === all);
          if (count !== all) broken.push(`${count} of ${all} went on with the build ${buildId}`);
        };
        const refused = await doctorSays(stage, 'worker-version');
        if (refused !== 'failed') broken.push(`without a current version doctor says ${refused}`);
        await parkedOn(stage, customers);
        await stage.startWorker({
          name: 'next',
          onboard: next,
          variables: versionVariables('next'),
        });
        await deployer.ramp('next', 50);
        const some = await moved(stage, customers, 'next', (onIt) => onIt > all / 4);
        seen.push(`at 50 %, ${some} of ${all} went on with the new build`);
        if (some === 0 || some === all) broken.push(`at 50 %, ${some} of ${all} moved`);
        await expectOn('next', () => deployer.makeCurrent('next'));
        await expectOn(PRESENT, () => deployer.makeCurrent(PRESENT));
        await expectOn('next', () => deployer.makeCurrent('next'));
        const variables = versionVariables('activated', { ONBOARDING_ACTIVATE_PATCHES: 'all' });
        await stage.startWorker({ name: 'activated', onboard: next, variables });
        await expectOn('activated', () => deployer.makeCurrent('activated'));
        const accepted = await doctorSays(stage, 'worker-version');
        if (accepted !== 'ok') broken.push(`with a current version doctor says ${accepted}`);
        return { description: 'ramp 50 %, current, back, forward, patch activated', seen, broken };
      },
    }),
};

export const pinned: Drill = {
  name: 'pinned',
  summary: 'a breaking build by Worker Versioning, with pinned onboardings: current, back, forward',
  isLong: true,
  async prepare({ progress }) {
    await getProductionTemporal(progress, NEWEST_VERSION);
  },
  run: (settings) =>
    rollOut(settings, {
      // Older servers never report a newer build to a pinned onboarding.
      server: NEWEST_VERSION,
      change: 'breaking',
      variables: PINNED,
      async deploy(stage, customers, next) {
        const all = customers.length;
        const deployer = deployerOf(stage);
        await parkedOn(stage, customers);
        const variables = versionVariables('next', PINNED);
        await stage.startWorker({ name: 'next', onboard: next, variables });
        const broken: string[] = [];
        for (const buildId of ['next', PRESENT, 'next']) {
          await deployer.makeCurrent(buildId);
          const count = await moved(stage, customers, buildId, (onIt) => onIt === all);
          if (count !== all) broken.push(`${count} of ${all} continued as new on ${buildId}`);
        }
        // Whatever is still pinned to it would be stuck.
        await stage.worker.stop();
        return {
          description: 'breaking build current, back, forward; old workers stopped',
          broken,
        };
      },
    }),
};

interface RollOut {
  /** The version of Temporal's server. */
  readonly server: string;
  readonly change: 'patched' | 'breaking';
  /** Of the worker of the present build. */
  readonly variables: Readonly<Record<string, string>>;
  /** @param next the `onboard` command of the new build */
  readonly deploy: (stage: Stage, customers: readonly Customer[], next: string) => Promise<Harm>;
}

async function rollOut(
  settings: DrillSettings,
  { server, change, variables, deploy }: RollOut,
): Promise<DrillVerdict> {
  const { length, seed } = settings;
  const { people, poll, backlogMs } = SIZES[length];
  const customers = customersOf(ONBOARDINGS[length], seed);
  const production = await startProductionTemporal(settings, { version: server });
  const next = await buildNext(settings.onboard, change);
  try {
    const options = {
      ...settings,
      webhooks: 'on',
      poll,
      temporal: production,
      environment: { worker: versionVariables(PRESENT, variables) },
    } as const;
    return await inStage(options, async (stage) => {
      const opening = Promise.withResolvers<undefined>();
      const verdict = await enact(stage, {
        customers,
        signUpMs: SIGN_UP_MS,
        people: { ...people, openTheirMailsAfter: opening.promise },
        // Three workers and a whole Temporal share the machine.
        backlogMs: backlogMs * 3,
        async harm() {
          const harm = await deploy(stage, customers, next.onboard);
          opening.resolve(undefined);
          return harm;
        },
      });
      const misfits = await nondeterminismIn(stage);
      const broken = misfits > 0 ? [`the code did not fit a history ${misfits} times`] : [];
      return { ...verdict, broken: [...verdict.broken, ...broken] };
    });
  } finally {
    await next.remove();
    await production.stop();
  }
}

function deployerOf({ options: { temporal, progress }, folder }: Stage): Deployer {
  if (temporal === undefined) throw new Error('no Temporal of its own');
  const { address, namespace } = temporal;
  return deployerAt({ address, namespace, folder, progress });
}

/** The sign-ups are accepted before a version is current, and begin then. */
async function parkedOn(stage: Stage, customers: readonly Customer[]): Promise<void> {
  await deployerOf(stage).makeCurrent(PRESENT);
  await until('all wait for their people', PARK_WITHIN_MS, async () => {
    return (await stage.visibility.countOpen(PARKED)) === customers.length;
  });
}
