/** `npm start`: everything on one machine, until somebody ends it. */
import { EXIT } from '../exit-codes.ts';
import { createOutput } from '../output.ts';
import { inStateFolder } from '../state-folder/path.ts';
import { stopRequest } from '../stop-request.ts';
import { claimStateFolder } from './claim.ts';
import { Closing } from './closing.ts';
import { nextDemoSender } from './demo.ts';
import { nextSteps } from './next-steps.ts';
import { planUp, type UpCommandOptions } from './options.ts';
import { startEverything } from './start.ts';

/** Ctrl-C promises to end within 10 s. */
const STOPPED_WITHIN_MS = 9_500;

/** @throws errors with the way out, or what a part failed by; the other parts are stopped then */
export async function runUp(given: UpCommandOptions): Promise<void> {
  const output = createOutput(given);
  const plan = planUp(given, process.env);
  const stop = stopRequest();
  const closing = new Closing();
  try {
    closing.add(await claimStateFolder());
    const started = await Promise.race([stop, startEverything(plan, closing, output.note)]);
    if (started !== 'stop') {
      const { temporal, ar24, gateway, codec, failed } = started;
      const demo = ar24.simulator && nextDemoSender(ar24.simulator);
      output.note(
        '\nReady. Ctrl-C ends it, `npm start` goes on where it was. In another terminal:\n',
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
  } finally {
    endAnyway(output.note);
    await closing.closeAll();
  }
  // What was still being started is nobody's any more.
  process.exit(EXIT.done);
}

function endAnyway(note: (line: string) => void): void {
  setTimeout(() => {
    note('It does not stop in time: ended by force. The next start goes on where it was.');
    process.exit(EXIT.unexpected);
  }, STOPPED_WITHIN_MS).unref();
}
