import { Command } from 'commander';
import { mailsToRepeat, type SenderView } from '../../client/index.ts';
import { actOn } from '../act-on.ts';
import { HELP_GROUP } from './shared.ts';

/** `onboard remind`: has AR24 mail the person again now. */
export function remindCommand(): Command {
  return new Command('remind')
    .helpGroup(HELP_GROUP.operate)
    .summary('have AR24 mail the person again now')
    .description(
      'Has AR24 repeat the mail that the person has not answered: the access request, the terms or ' +
        'the request for a way to pay. Not within 10 minutes of the last mail. AR24 cannot repeat the ' +
        'mail that confirms the address.',
    )
    .argument('<reference>', 'which onboarding')
    .option('--json', 'print JSON: the status after it')
    .addHelpText(
      'after',
      `
Example:
  $ onboard remind customer-42`,
    )
    .action(remind);
}

async function remind(reference: string, options: { readonly json?: boolean }): Promise<void> {
  await actOn(reference, options, (all) => all.remind(reference), {
    remark: whatIsRepeated,
    json: (view) => ({ mailsRepeated: repeatedIn(view) }),
  });
}

const NAMES = { access: 'the access request', terms: 'its terms', payment: 'the payment request' };

function repeatedIn(view: SenderView): ReturnType<typeof mailsToRepeat> {
  return view.partial ? [] : mailsToRepeat(view);
}

function whatIsRepeated(view: SenderView): string {
  const names = repeatedIn(view).map((kind) => NAMES[kind]);
  const repeated = `AR24 is requested to mail again: ${names.join(', ') || 'what is outstanding'}`;
  return view.waitingFor.includes('email')
    ? `${repeated}\nnot repeated: AR24's confirmation of the address, for which it has no call; the person ` +
        'looks among their junk mail, or signs in at AR24 to get another'
    : repeated;
}
