import { Command } from 'commander';
import type { Policy } from '../../workflows/contract/policy.ts';
import { withOnboardings } from '../connect.ts';
import { createOutput } from '../output.ts';
import { HELP_GROUP } from './shared.ts';

interface Options {
  readonly json?: boolean;
}

/** `onboard policy`: shows the worker's policy, and applies it to open onboardings. */
export function policyCommand(): Command {
  return new Command('policy')
    .helpGroup(HELP_GROUP.run)
    .summary('show the policy of the worker, and apply it to open onboardings')
    .description(
      'Reminders, deadline, polls, the proof of the terms and notifications are settings of the worker: they count for ' +
        'each onboarding that begins, wherever it is started.',
    )
    .addCommand(showCommand())
    .addCommand(applyCommand());
}

function showCommand(): Command {
  return new Command('show')
    .summary('show the policy of the running worker')
    .description(
      'Reads the policy of a running worker, and counts the open onboardings that follow another one.',
    )
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ onboard policy show')
    .action(show);
}

function applyCommand(): Command {
  return new Command('apply')
    .summary('apply it to all open onboardings')
    .description(
      'After you changed ONBOARDING_NOTIFY_URL, ONBOARDING_DEADLINE_DAYS, ONBOARDING_TERMS_PROOF or another of these settings and ' +
        'restarted the workers: all open onboardings read the policy again. Notifications begin with the ' +
        'present state of each; a deadline moves by as many days as the policy gives more or fewer.',
    )
    .option('--json', 'print JSON, an onboarding a line')
    .addHelpText('after', '\nExample:\n  $ onboard policy apply')
    .action(apply);
}

async function show(options: Options): Promise<void> {
  const output = createOutput(options);
  await withOnboardings(async (onboardings) => {
    const { policy, fingerprint } = await onboardings.workerPolicy();
    const underAnother = await onboardings.countUnderOtherPolicy(fingerprint);
    output.result({ policy, fingerprint, underAnother }, () =>
      [
        ...policyWords(policy),
        underAnother === 0
          ? 'Every open onboarding follows it.'
          : `${underAnother} open onboardings follow another policy: onboard policy apply`,
      ].join('\n'),
    );
  });
}

async function apply(options: Options): Promise<void> {
  const output = createOutput(options);
  await withOnboardings(async (onboardings) => {
    const { fingerprint } = await onboardings.workerPolicy();
    let applied = 0;
    for await (const reference of onboardings.applyPolicy(fingerprint)) {
      applied += 1;
      output.result({ reference, applied: true }, () => `${reference}: reads the policy`);
    }
    output.note(
      applied === 0
        ? 'Every open onboarding follows it already.'
        : `${applied} onboardings read it.`,
    );
  });
}

function policyWords(policy: Policy): readonly string[] {
  const { from, to, timeZone } = policy.reminderHours;
  return [
    `notifications  ${policy.notify ? 'on' : 'off: ONBOARDING_NOTIFY_URL is not set for the worker'}`,
    `reminders      after ${policy.reminderDays.join(', ') || 'no'} days, ${from} to ${to} h ${timeZone}` +
      (policy.remindAttachment ? '' : ', none for the attachment'),
    `deadline       ${policy.deadlineDays} days`,
    `terms          proven by ${policy.termsProof === 'claim' ? 'a claim, or by AR24' : 'AR24 only'}`,
    `polls          every ${policy.poll.firstSeconds} s at first, ${policy.poll.maxSeconds} s at most`,
    `repair         every ${policy.repair.firstSeconds} s at first, ${policy.repair.maxSeconds} s at most`,
  ];
}
