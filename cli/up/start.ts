/** Starts all parts, in their order: the codec server, Temporal, AR24's simulator, the worker, the gateway. */
import { pino } from 'pino';
import { createLogger, workflowBundle } from '../../worker/index.ts';
import { ensureEncryptionKeys } from '../state-folder/encryption-keys.ts';
import { ensureHashKey } from '../state-folder/hash-key.ts';
import { inStateFolder } from '../state-folder/path.ts';
import { removeRunning, writeRunning } from '../state-folder/running.ts';
import { startRuntime } from '../worker/runtime.ts';
import { startWorker } from '../worker/start.ts';
import { makeWayForAr24, startAr24, type Ar24 } from './ar24.ts';
import type { Closing } from './closing.ts';
import { makeWayForCodec, startLocalCodec, type LocalCodec } from './codec.ts';
import type { UpPlan } from './options.ts';
import { makeWayForGateway, startLocalGateway, type LocalGateway } from './gateway.ts';
import { forgetState } from './reset.ts';
import { makeWayForTemporal, startTemporal, type Temporal } from './temporal.ts';

/** All parts, once they run. */
export interface Everything {
  readonly temporal: Temporal;
  readonly ar24: Ar24;
  readonly codec: LocalCodec;
  /** Undefined where it could not be given a key. */
  readonly gateway: LocalGateway | undefined;
  /** Rejects when a part has failed for good. */
  readonly failed: Promise<unknown>;
}

/**
 * @param closing gets what is to be stopped, also when a later part cannot be started
 * @throws errors with the way out: taken ports, no binary to be had, ...
 */
export async function startEverything(
  plan: UpPlan,
  closing: Closing,
  note: (line: string) => void,
): Promise<Everything> {
  if (plan.temporal.kind === 'own') await ensureHashKey();
  const ownKeys = await ensureEncryptionKeys();
  // Before anything is fetched, built or started.
  const wanted = await makeWayForTemporal(plan.temporal, note);
  await makeWayForAr24(plan.ar24);
  await makeWayForGateway(plan.gateway);
  await makeWayForCodec(plan.codec);
  if (plan.before === 'forget') await forgetState();
  // Takes its seconds, while the others start.
  const bundle = workflowBundle();
  bundle.catch(() => undefined);

  const uiPort = wanted.kind === 'own' ? wanted.uiPort : undefined;
  const codec = await startLocalCodec(plan, { ownKeys, uiPort, closing, note });
  const temporal = await startTemporal(wanted, codec, closing, note);
  // The worker waits for Temporal for as long as it takes, which must not be for ever.
  return Promise.race([
    temporal.lost,
    startTheRest(plan, { temporal, codec, bundle, ownKeys, closing, note }),
  ]);
}

interface Begun {
  readonly temporal: Temporal;
  readonly codec: LocalCodec;
  readonly bundle: ReturnType<typeof workflowBundle>;
  /** That encrypt, where the environment names none. */
  readonly ownKeys: string;
  readonly closing: Closing;
  readonly note: (line: string) => void;
}

async function startTheRest(
  plan: UpPlan,
  { temporal, codec, bundle, ownKeys, closing, note }: Begun,
): Promise<Everything> {
  const ar24 = await startAr24(plan.ar24, closing, note);
  const { server } = temporal;
  const settings = plan.workerWith(ar24.apiUrl, ownKeys);
  const logFile = inStateFolder('logs', 'worker.log');
  const level = settings.values.ONBOARDING_LOG_LEVEL;
  const logger = createLogger(level, pino.destination({ dest: logFile, mkdir: true }));
  startRuntime(logger, settings.values.ONBOARDING_METRICS_ADDRESS);
  const worker = await startWorker({
    server,
    settings,
    logger,
    shutdownGraceMs: 0,
    workflowBundle: await bundle,
    told: {
      waiting: (why) => {
        note(`Temporal at ${server.connection.address} cannot be used yet: ${why}`);
      },
      did: note,
    },
  });
  closing.add(() => worker.stop());
  note(`Worker     at work, its log in ${logFile}`);

  const gateway = await startLocalGateway(plan, {
    temporal,
    ar24,
    ownKeys,
    closing,
    logger: createLogger(level, pino.destination({ dest: inStateFolder('logs', 'gateway.log') })),
    note,
  });

  await writeRunning({
    pid: process.pid,
    temporalAddress: server.connection.address,
    namespace: server.namespace,
    uiUrl: temporal.uiUrl ?? null,
    simulatorUrl: ar24.simulator?.url ?? null,
    gatewayUrl: gateway?.url ?? null,
    codecUrl: codec.endpoint,
    encryptionKeyId: settings.encryption === 'plaintext' ? null : settings.encryption[0].id,
  });
  closing.add(removeRunning);
  return { temporal, ar24, codec, gateway, failed: Promise.race([temporal.lost, worker.ended]) };
}
