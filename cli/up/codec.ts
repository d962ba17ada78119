/** The codec server of the one-machine mode: Temporal's UI decodes by it, and its CLI, if it is told. */
import { rm, writeFile } from 'node:fs/promises';
import { pino } from 'pino';
import { assertPortFree } from '../../devserver/index.ts';
import { createLogger } from '../../worker/logging.ts';
import { localCodecSettings } from '../codec/settings.ts';
import { startCodecHere } from '../codec/start.ts';
import { EnvironmentError, type EnvironmentFault } from '../environment/environment-error.ts';
import { inStateFolder } from '../state-folder/path.ts';
import type { Closing } from './closing.ts';
import { withKeys, type UpPlan } from './options.ts';

const PORT_OPTION = '--codec-port';
const URL_FILE = 'codec-url';

export interface LocalCodec {
  /** With its secret. */
  readonly endpoint: string;
}

/** @throws PortTakenError */
export async function makeWayForCodec({ port }: UpPlan['codec']): Promise<void> {
  if (port !== 0) await assertPortFree(port, 'the codec server', PORT_OPTION);
}

interface Begun {
  /** That encrypt, where the environment names none. */
  readonly ownKeys: string;
  /** Of Temporal's UI; undefined where it is another one than ours. */
  readonly uiPort: number | undefined;
  readonly closing: Closing;
  readonly note: (line: string) => void;
}

/** Before Temporal, whose UI is told where it is. @throws CommandError, EnvironmentError */
export async function startLocalCodec(
  { codec: wanted }: UpPlan,
  { ownKeys, uiPort, closing, note }: Begun,
): Promise<LocalCodec> {
  const faults: EnvironmentFault[] = [];
  const settings = localCodecSettings(
    {
      ...withKeys(wanted.environment, ownKeys),
      ...(uiPort !== undefined && { ONBOARDING_CODEC_UI_ORIGIN: originsAt(uiPort) }),
      ONBOARDING_CODEC_PORT: String(wanted.port),
    },
    faults,
  );
  if (settings === undefined) throw new EnvironmentError(faults);
  const logFile = inStateFolder('logs', 'codec.log');
  const logger = createLogger(settings.logLevel, pino.destination({ dest: logFile, mkdir: true }));
  const server = await startCodecHere(settings, logger, PORT_OPTION);
  closing.add(() => server.close());
  const { endpoint, url } = server;
  const file = inStateFolder(URL_FILE);
  closing.add(() => rm(file, { force: true }));
  await writeFile(file, endpoint, { mode: 0o600 });
  note(`Codec      decodes for Temporal's UI and CLI at ${url}, its whole address in ${file}`);
  return { endpoint };
}

/** Both names of this machine: a person types either. */
function originsAt(uiPort: number): string {
  return `http://127.0.0.1:${uiPort},http://localhost:${uiPort}`;
}
