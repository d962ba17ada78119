/** Our own Temporal, kept up: whatever ends it, it is started again where it was. */
import { startDevServer, type DevServer, type DevServerOptions } from '../../devserver/index.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';

/** More ends than this in so short a time are no accident. */
const MOST_ENDS = 3;
const WITHIN_MS = 60_000;

export interface KeptTemporal {
  readonly address: string;
  readonly namespace: string;
  readonly uiUrl: string;
  /** Rejects with a CommandError when it cannot be kept up. */
  readonly lost: Promise<never>;
  readonly stop: () => Promise<void>;
}

type Options = DevServerOptions & { readonly uiPort: number };

export async function keepTemporal(
  options: Options,
  note: (line: string) => void,
): Promise<KeptTemporal> {
  let server = await startDevServer(options);
  const { address, namespace, uiUrl = '' } = server;
  let stopping = false;
  const isStopping = (): boolean => stopping;

  async function keepUp(): Promise<void> {
    const ends: number[] = [];
    let how = await server.end;
    while (!isStopping()) {
      ends.push(Date.now());
      const often = ends.filter((at) => at > Date.now() - WITHIN_MS).length > MOST_ENDS;
      if (often) throw lostFor(how, options);
      const [briefly = ''] = how.split('\n');
      note(`Temporal has ended (${briefly}): starting it again where it was`);
      try {
        server = await startAgain(options, { address, uiUrl });
        if (isStopping()) return;
        note('Temporal is back');
        how = await server.end;
      } catch (error) {
        how = error instanceof Error ? error.message : 'unknown';
      }
    }
  }

  const keeping = keepUp();
  const lost = keeping.then(() => new Promise<never>(() => undefined));
  lost.catch(() => undefined);
  return {
    address,
    namespace,
    uiUrl,
    lost,
    async stop() {
      stopping = true;
      await server.stop();
      await keeping.catch(() => undefined);
      // One that was being started again meanwhile.
      await server.stop();
    },
  };
}

function startAgain(
  options: Options,
  { address, uiUrl }: Pick<KeptTemporal, 'address' | 'uiUrl'>,
): Promise<DevServer> {
  return startDevServer({
    ...options,
    port: Number(new URL(`http://${address}`).port),
    uiPort: Number(new URL(uiUrl).port),
  });
}

function lostFor(how: string, { logFile }: Options): CommandError {
  return new CommandError(
    `Temporal cannot be kept up, it ends again and again: ${how}\nIts log is ${logFile}`,
    EXIT.unexpected,
  );
}
