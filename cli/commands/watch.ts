import { Command } from 'commander';
import { withOnboardings } from '../connect.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import { createOutput, type Output, exitWithTheReader } from '../output.ts';
import { stopRequest } from '../stop-request.ts';
import { createJsonLines } from '../watch/json-lines.ts';
import { createLines } from '../watch/lines.ts';
import { createScreen } from '../watch/screen.ts';
import { type Display, expectReady, watchToTheEnd } from '../watch/watch.ts';
import { receiptText, type Erased } from './erase.ts';
import { HELP_GROUP, notePause } from './shared.ts';
import { erasureBehind, neverThere } from './status.ts';

/** `onboard watch`: shows a live timeline of one sender's onboarding. */
export function watchCommand(): Command {
  return new Command('watch')
    .helpGroup(HELP_GROUP.see)
    .summary('watch an onboarding live')
    .description(
      'Shows the timeline so far, then each new event, until the onboarding ends or ' +
        'you press Ctrl-C, which does not touch the onboarding. Goes on while Temporal or the ' +
        'worker are away. Exits with 0 only when the sender is ready.',
    )
    .argument('<reference>', 'which onboarding')
    .option('--json', 'print a JSON value a line: {"timeline": …}, {"view": …} or {"lost": …}')
    .addHelpText(
      'after',
      `
Examples:
  $ onboard watch customer-42
  $ onboard watch customer-42 --json | jq -r '.view.status // empty'`,
    )
    .action(watch);
}

async function watch(reference: string, options: { readonly json?: boolean }): Promise<void> {
  // The exit code 0 would mean that the sender is ready.
  exitWithTheReader(EXIT.interrupted);
  const output = createOutput(options);
  const last = await withOnboardings(async (onboardings) => {
    const erasure = await erasureBehind(onboardings, await onboardings.view(reference));
    if (erasure?.kind === 'erased') throw erasedError(erasure);
    await notePause(onboardings, output);
    return watchToTheEnd(onboardings, reference, displayFor(output), stopRequest());
  });
  expectReady(reference, last);
}

/** What an erasure leaves shows as cancelled, which no onboarding was. */
function erasedError(erasure: Erased): CommandError {
  return erasure.found
    ? new CommandError(receiptText(erasure), EXIT.notReady)
    : new CommandError(neverThere(erasure), EXIT.notFound);
}

function displayFor({ json, note }: Output): Display {
  const write = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  if (json) return createJsonLines(write);
  // Without its height a terminal cannot be redrawn.
  return process.stdout.isTTY && process.stdout.rows > 0
    ? createScreen(process.stdout)
    : createLines(write, note);
}
