/** What several commands share: the groups of the help, texts of options, the warnings about a request, and the note of a pause. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { z } from 'zod';
import {
  TemporalUnavailableError,
  type OnboardingClient,
  type RequestWarning,
} from '../../client/index.ts';
import { PROBLEM_KINDS, REQUIREMENTS, type Status } from '../../workflows/contract/index.ts';
import type { Output } from '../output.ts';
import { plain } from '../text/style.ts';
import { pauseWords } from '../text/words.ts';

/** The headings under which `onboard --help` lists its commands. */
export const HELP_GROUP = {
  onboard: 'Onboard a sender:',
  see: 'See how it goes:',
  operate: 'Step in:',
  run: 'Run the system:',
} as const;

export const BY_DEFAULTS_TO = 'default: your user name on this machine';
export const BELIEVED_LATER = 'AR24 is read before this is believed';

/** After the meaning of an option. */
export const ADDRESS_ASKED =
  '- asks for it, or reads it from standard input: typed here, it stays in the history of the shell';

/** The options that choose onboardings. */
export function withFilters(command: Command, statuses: readonly Status[]): Command {
  return command
    .addOption(new Option('--status <status>', 'with this status').choices(statuses))
    .addOption(
      new Option('--waiting-for <what>', 'with this requirement outstanding').choices(REQUIREMENTS),
    )
    .addOption(new Option('--problem <kind>', 'with this problem').choices(PROBLEM_KINDS));
}

/** The parser of an option by the schema of a variable of the environment. */
export function readAs<T extends z.ZodType>(schema: T): (written: string) => z.output<T> {
  return (written) => {
    const parsed = schema.safeParse(written);
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(parsed.error.issues.map(({ message }) => message).join('; '));
  };
}

/** For a person, on standard error. */
export function noteWarnings(warnings: readonly RequestWarning[], { note }: Output): void {
  for (const { path, message } of warnings) note(`warning: ${path}: ${message}`);
}

/** For a program: as the API returns them, with a JSON pointer into the request. */
export function warningsAsJson(warnings: readonly RequestWarning[]) {
  return warnings.map(({ path, rule, message }) => ({
    pointer: path === 'reference' ? '' : `/${path.replaceAll('.', '/')}`,
    rule,
    detail: path === 'reference' ? `reference: ${message}` : message,
  }));
}

/** For a person, on standard error: as long as writes to AR24 are paused, so that nobody wonders why nothing happens. */
export async function notePause(
  { writes }: Pick<OnboardingClient, 'writes'>,
  { note }: Output,
): Promise<void> {
  const paused = await writes.paused().catch((error: unknown) => {
    // What the command itself does with Temporal says so, if it fails too.
    if (error instanceof TemporalUnavailableError) return undefined;
    throw error;
  });
  if (paused !== undefined) note(plain(`${pauseWords(paused)} (\`onboard resume\` ends it)`));
}
