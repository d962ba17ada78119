import { Command } from 'commander';
import { withOnboardings } from '../connect.ts';
import { createOutput } from '../output.ts';
import { pauseWords } from '../text/words.ts';
import { HELP_GROUP, BY_DEFAULTS_TO } from './shared.ts';

/** `onboard pause`: stops all writes to AR24. */
export function pauseCommand(): Command {
  return new Command('pause')
    .helpGroup(HELP_GROUP.operate)
    .summary('stop all writes to AR24, for all onboardings')
    .description(
      'Stops all writes to AR24: until `onboard resume`, no account is created, no mail requested and nothing ' +
        'ordered, by any worker of the namespace, also after restarts. Reads go on, and so do sign-ups: an onboarding ' +
        'that has to write waits with the problem `paused`. A call that a worker is making at this moment is completed.',
    )
    .requiredOption('--reason <text>', 'why; shown by `onboard doctor`, so no personal data please')
    .option('--by <name>', `who pauses; ${BY_DEFAULTS_TO}`)
    .option('--json', 'print JSON: since when, by whom and why')
    .addHelpText(
      'after',
      `
Example:
  $ onboard pause --reason "mails go to the wrong people"

\`onboard list --problem paused\` lists who waits for the end of the pause, and \`onboard resume\` ends it.`,
    )
    .action(pause);
}

interface Options {
  readonly reason: string;
  readonly by?: string;
  readonly json?: boolean;
}

async function pause({ reason, by, json }: Options): Promise<void> {
  const output = createOutput({ json });
  await withOnboardings(async ({ writes }) => {
    const before = await writes.pause({ reason, by });
    const paused = await writes.paused();
    if (before === 'already') output.note('They were paused before; that pause is kept.');
    output.result({ paused: paused ?? null }, () => pauseWords(paused));
  });
}
