/** The codec server of the one-machine mode, for Temporal's UI, and for its CLI with `--codec-endpoint`. */
import { rm, writeFile } from 'node:fs/promises';
import { pino } from 'pino';
import { assertPortFree } from '../../devserver/index.ts';
import { createLogger } from '../../worker/logging.ts';
import { localCodecSettings } from '../codec/settings.ts';
import { startCodecHere } from '../codec/start.ts';
import { withKeys } from '../environment/encryption.ts';
import { EnvironmentError, type EnvironmentFault } from '../environment/environment-error.ts';
import { inStateFolder } from '../state-folder/path.ts';
import type { Closing } from './closing.ts';
import type { UpPlan } from './options.ts';

const PORT_OPTION = '--codec-port';
const URL_FILE = 'codec-url';

export interface LocalCodec {
  /** With its secret. */
  readonly endpoint: string;
  /** Lets the pages of Temporal's UI call, once its port is known. */
  readonly allowUi: (uiUrl: string) => void;
}

/** @throws PortTakenError */
export async function checkPortOfCodec({ port }: UpPlan['codec']): Promise<void> {
  if (port !== 0) await assertPortFree(port, 'the codec server', PORT_OPTION);
}

interface Begun {
  /** The stored encryption keys; undefined where the environment names keys. */
  readonly ownKeys: string | undefined;
  readonly closing: Closing;
  readonly note: (line: string) => void;
}

/** Starts before Temporal, whose UI needs its address. @throws CommandError, EnvironmentError */
export async function startLocalCodec(
  { codec: wanted, temporal }: UpPlan,
  { ownKeys, closing, note }: Begun,
): Promise<LocalCodec> {
  const faults: EnvironmentFault[] = [];
  const settings = localCodecSettings(
    {
      ...withKeys(wanted.environment, ownKeys),
      // The pages of our own Temporal are allowed below.
      ...(temporal.kind === 'own' && { ONBOARDING_CODEC_UI_ORIGIN: undefined }),
      ONBOARDING_CODEC_PORT: String(wanted.port),
    },
    faults,
  );
  if (settings === undefined) throw new EnvironmentError(faults);
  const logFile = inStateFolder('logs', 'codec.log');
  const logger = createLogger(settings.logLevel, pino.destination({ dest: logFile, mkdir: true }));
  const origins = temporal.kind === 'own' ? [] : [...settings.origins];
  const server = await startCodecHere({ ...settings, origins }, logger, PORT_OPTION);
  closing.add(() => server.close());
  const { endpoint, url } = server;
  const file = inStateFolder(URL_FILE);
  closing.add(() => rm(file, { force: true }));
  await writeFile(file, endpoint, { mode: 0o600 });
  note(`Codec      decodes for Temporal's UI and CLI at ${url}, its full address in ${file}`);
  return {
    endpoint,
    allowUi(uiUrl) {
      const { port } = new URL(uiUrl);
      // Both names of this machine: a person may type either.
      origins.push(`http://127.0.0.1:${port}`, `http://localhost:${port}`);
    },
  };
}
