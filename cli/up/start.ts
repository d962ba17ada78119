/** Starts all parts in order: the codec server, Temporal, AR24's simulator, the worker, the gateway. */
import { pino } from 'pino';
import { createLogger, workflowBundle } from '../../worker/index.ts';
import { inStateFolder } from '../state-folder/path.ts';
import type { StateFolder } from '../state-folder/running.ts';
import { startRuntime, startWorker } from '../worker/start.ts';
import { checkPortOfAr24, startAr24, type Ar24 } from './ar24.ts';
import type { Closing } from './closing.ts';
import { checkPortOfCodec, startLocalCodec, type LocalCodec } from './codec.ts';
import { checkPortOfGateway, startLocalGateway, type LocalGateway } from './gateway.ts';
import type { UpPlan } from './options.ts';
import { ensureSecrets, type Secrets } from './secrets.ts';
import { assertDatabase, deleteState } from './state-files.ts';
import { checkPortsOfTemporal, startTemporal, type Temporal } from './temporal.ts';

/** All parts, once they run. */
interface Everything {
  readonly temporal: Temporal;
  readonly ar24: Ar24;
  readonly codec: LocalCodec;
  /** Undefined where it has no hash key. */
  readonly gateway: LocalGateway | undefined;
  /** Rejects when a part has failed permanently. */
  readonly failed: Promise<unknown>;
}

interface Surroundings {
  readonly state: StateFolder;
  /** Gets each part as it is started, also when a later one fails. */
  readonly closing: Closing;
  readonly note: (line: string) => void;
}

/**
 * @throws errors that say what to do: taken ports, a missing binary, ...
 */
export async function startEverything(
  plan: UpPlan,
  { state, closing, note }: Surroundings,
): Promise<Everything> {
  // Before anything is downloaded, built or started.
  await checkPortsOfTemporal(plan.temporal);
  await checkPortOfAr24(plan.ar24);
  await checkPortOfGateway(plan.gateway);
  await checkPortOfCodec(plan.codec);
  if (plan.before === 'delete') await deleteState();
  const secrets = await ensureSecrets(plan);
  await assertDatabase(plan.temporal);
  // Takes some seconds, while the others start.
  const bundle = workflowBundle();
  bundle.catch(() => undefined);

  const codec = await startLocalCodec(plan, { ownKeys: secrets.ownKeys, closing, note });
  const temporal = await startTemporal(plan.temporal, codec, closing, note);
  // The worker waits for Temporal without a limit: this ends the wait if Temporal is lost.
  return Promise.race([
    temporal.lost,
    startTheRest(plan, { temporal, codec, bundle, secrets, state, closing, note }),
  ]);
}

interface Begun extends Surroundings {
  readonly temporal: Temporal;
  readonly codec: LocalCodec;
  readonly bundle: ReturnType<typeof workflowBundle>;
  readonly secrets: Secrets;
}

async function startTheRest(
  plan: UpPlan,
  { temporal, codec, bundle, secrets, state, closing, note }: Begun,
): Promise<Everything> {
  const ar24 = await startAr24(plan.ar24, closing, note);
  const { server } = temporal;
  const settings = plan.workerWith(ar24.apiUrl, secrets.ownKeys);
  const logFile = inStateFolder('logs', 'worker.log');
  const level = settings.values.ONBOARDING_LOG_LEVEL;
  const logger = createLogger(level, pino.destination({ dest: logFile, mkdir: true }));
  startRuntime(logger, settings.values.ONBOARDING_METRICS_ADDRESS);
  const worker = await startWorker({
    server,
    settings,
    logger,
    shutdownGraceMs: 0,
    simulated: ar24.simulator !== undefined,
    workflowBundle: await bundle,
    report: {
      waiting: (why) => {
        note(`Temporal at ${server.connection.address} cannot be used yet: ${why}`);
      },
      changed: note,
    },
  });
  closing.add(() => worker.stop());
  note(`Worker     runs, its log in ${logFile}`);

  const gateway = await startLocalGateway(plan, {
    temporal,
    ar24,
    secrets,
    closing,
    logger: createLogger(level, pino.destination({ dest: inStateFolder('logs', 'gateway.log') })),
    note,
  });

  state.publish({
    temporalAddress: server.connection.address,
    namespace: server.namespace,
    uiUrl: temporal.uiUrl ?? null,
    simulatorUrl: ar24.simulator?.url ?? null,
    gatewayUrl: gateway?.url ?? null,
    codecUrl: codec.endpoint,
    encryptionKeyId: settings.encryption === 'plaintext' ? null : settings.encryption[0].id,
  });
  return { temporal, ar24, codec, gateway, failed: Promise.race([temporal.lost, worker.ended]) };
}
