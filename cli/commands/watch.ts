import { Command } from 'commander';
import { withOnboardings } from '../connect.ts';
import { EXIT } from '../exit-codes.ts';
import { HELP_GROUP } from '../help-groups.ts';
import { createOutput, type Output } from '../output.ts';
import { leaveWithTheReader } from '../reader.ts';
import { stopRequest } from '../stop-request.ts';
import type { Display } from '../watch/display.ts';
import { createJsonLines } from '../watch/json-lines.ts';
import { createLines } from '../watch/lines.ts';
import { createScreen } from '../watch/screen.ts';
import { expectReady, watchToTheEnd } from '../watch/watch.ts';

/** `onboard watch`: a live timeline of one sender's onboarding. */
export function watchCommand(): Command {
  return new Command('watch')
    .helpGroup(HELP_GROUP.see)
    .summary('follow a sender live')
    .description(
      'Tells what has happened so far, then follows what happens, until the onboarding ends or ' +
        'you press Ctrl-C, which leaves the onboarding alone. Goes on where Temporal or the ' +
        'worker are away for a while. Exits with 0 only when the sender is ready.',
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
  // 0 would say that the sender is ready.
  leaveWithTheReader(EXIT.interrupted);
  const output = createOutput(options);
  const last = await withOnboardings((onboardings) =>
    watchToTheEnd(onboardings, reference, displayFor(output), stopRequest()),
  );
  expectReady(reference, last);
}

function displayFor({ json, note }: Output): Display {
  const write = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  if (json) return createJsonLines(write);
  // A terminal that does not tell its height cannot be drawn on.
  return process.stdout.isTTY && process.stdout.rows > 0
    ? createScreen(process.stdout)
    : createLines(write, note);
}
