/** The operator at the terminal: confirms steps, counts mails, clicks in them. */
import { createInterface } from 'node:readline/promises';
import { NOBODY, type MailKind, type Operator, type Step } from '../../probe/index.ts';
import type { Terminal } from '../input/confirmation.ts';
import { drawable, safe } from '../terminal.ts';

export interface AtTerminal {
  readonly operator: Operator;
  readonly confirm: (step: Step) => Promise<boolean>;
  readonly close: () => void;
}

const MAILS: Readonly<Record<MailKind, string>> = {
  confirmation: 'mails with a link to confirm the address',
  terms: "mails about AR24's terms",
  access: 'mails that ask for access',
  payment: 'mails about a means of payment',
  letter: 'paper letters (or notices of one)',
};

/**
 * @param email the address of a role, which is shown on the terminal only
 * @param yes confirms all steps
 * @param interrupt ends the run after Ctrl-C, or Ctrl-D, which ends the input
 */
export function atTerminal(
  email: (role: string) => string | undefined,
  yes: boolean,
  interrupt: () => void,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): AtTerminal {
  const confirmed = (): Promise<boolean> => Promise.resolve(true);
  if (input.isTTY !== true) {
    return { operator: NOBODY, confirm: confirmed, close: () => undefined };
  }
  const prompt = createInterface({ input, output: drawable(output) });
  // The prompt takes Ctrl-C from the terminal.
  prompt.on('SIGINT', interrupt);
  // Before the question is rejected, which would look like a failure of the step.
  prompt.on('close', () => {
    if (!isClosing) interrupt();
  });
  let isClosing = false;
  const question = async (text: string): Promise<string> =>
    (await prompt.question(safe(text))).trim().toLowerCase();
  const isYes = async (text: string): Promise<boolean> =>
    ['y', 'yes'].includes(await question(text));
  /** Asked once. */
  let reading: Promise<boolean> | undefined;
  return {
    operator: {
      async count(role, kind) {
        for (;;) {
          const answer = await question(
            `How many ${MAILS[kind]} came to ${email(role) ?? role} since the last question? ` +
              '(a number; Enter skips) ',
          );
          if (answer === '') return undefined;
          if (/^\d{1,3}$/.test(answer)) return Number(answer);
        }
      },
      async act(role, instruction) {
        const answer = await question(
          `${email(role) ?? role}: ${instruction}.\nPress Enter at the moment of the click, or type skip: `,
        );
        return answer === '' ? 'done' : 'skipped';
      },
    },
    confirm: async ({ kind }) => {
      if (yes) return true;
      if (kind === 'reads') return (reading ??= isYes('  Run the steps that only read? [y/N] '));
      return isYes('  Run this step? [y/N] ');
    },
    close: () => {
      isClosing = true;
      prompt.close();
    },
  };
}
