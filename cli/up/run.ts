/** `npm start`: runs everything on one machine, until a request to stop. */
import { EXIT } from '../exit-codes.ts';
import { createOutput } from '../output.ts';
import { inStateFolder, stateFolderError } from '../state-folder/path.ts';
import { secureStateFolder } from '../state-folder/rights.ts';
import { claimStateFolder } from '../state-folder/running.ts';
import { stopRequest } from '../stop-request.ts';
import type { Ar24 } from './ar24.ts';
import { Closing } from './closing.ts';
import { nextDemoSender, type DemoSender } from './demo.ts';
import { planUp, type UpCommandOptions } from './options.ts';
import { startEverything } from './start.ts';
import type { Temporal } from './temporal.ts';

/** After Ctrl-C the process ends within 10 s. */
const STOPPED_WITHIN_MS = 9_500;

/** @throws errors that say what to do, or the failure of a part; all other parts are stopped then */
export async function runUp(given: UpCommandOptions): Promise<void> {
  const output = createOutput(given);
  const plan = planUp(given, process.env);
  const stop = stopRequest();
  const closing = new Closing();
  try {
    // Files of this process and its children are for their owner only.
    process.umask(0o077);
    await secureStateFolder();
    const state = await claimStateFolder();
    closing.add(async () => {
      await Promise.resolve();
      state.release();
    });
    const starting = startEverything(plan, { state, closing, note: output.note });
    const started = await Promise.race([stop, starting]);
    if (started !== 'stop') {
      const { temporal, ar24, gateway, codec, failed } = started;
      const demo = ar24.simulator && nextDemoSender(ar24.simulator);
      output.note(
        '\nReady. Ctrl-C ends it, and the next `npm start` goes on from there. In another terminal:\n',
      );
      output.result(
        {
          temporalAddress: temporal.server.connection.address,
          namespace: temporal.server.namespace,
          uiUrl: temporal.uiUrl ?? null,
          simulatorUrl: ar24.simulator?.url ?? null,
          ar24BaseUrl: ar24.apiUrl,
          gatewayUrl: gateway?.url ?? null,
          codecUrl: codec.endpoint,
          stateFolder: inStateFolder(),
        },
        () => nextSteps(temporal, ar24, demo, process.env),
      );
      await Promise.race([stop, failed]);
    }
    output.note('\nStopping: gateway, worker, AR24, Temporal');
  } catch (error) {
    throw stateFolderError(error);
  } finally {
    endAnyway(output.note);
    await closing.closeAll();
  }
  // A part that was still starting must not keep the process alive.
  process.exit(EXIT.done);
}

function endAnyway(note: (line: string) => void): void {
  setTimeout(() => {
    note('It does not stop in time, and is ended by force. The next start goes on from there.');
    process.exit(EXIT.unexpected);
  }, STOPPED_WITHIN_MS).unref();
}

/** Another Temporal is shared: all who use it need the same key for look-ups by address. */
const ELSEWHERE =
  'Type in a terminal where TEMPORAL_* is set as here, and ONBOARDING_HASH_KEY as on every machine:';

/** Three lines for a first try: what to type and where to click. */
function nextSteps(
  { uiUrl }: Temporal,
  { simulator }: Ar24,
  demo: DemoSender | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const onboard = `${stateFolderOf(environment)}npx onboard`;
  const before = uiUrl === undefined ? [ELSEWHERE] : [];
  const alsoSeen = uiUrl === undefined ? '' : `   (also in Temporal's UI: ${uiUrl})`;
  if (simulator === undefined || demo === undefined) {
    return [
      ...before,
      `1. Check:   ${onboard} doctor`,
      `2. Start:   ${onboard} start REFERENCE --email ADDRESS`,
      `3. Watch:   ${onboard} watch REFERENCE${alsoSeen}`,
    ].join('\n');
  }
  const { reference, email } = demo;
  return [
    ...before,
    `1. Start a sender:   ${onboard} start ${reference} --email ${email}`,
    `2. Watch it:         ${onboard} watch ${reference}${alsoSeen}`,
    `3. Click "accept":   ${simulator.url}/?to=${email}`,
  ].join('\n');
}

/** The commands of the other terminal need the same folder. */
function stateFolderOf({
  ONBOARDING_STATE_DIR: folder = '',
}: Readonly<Record<string, string | undefined>>): string {
  return folder.trim() === '' ? '' : `ONBOARDING_STATE_DIR='${folder}' `;
}
