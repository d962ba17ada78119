import { Command, InvalidArgumentError } from 'commander';
import type { NotificationDelivery, NotificationTest } from '../../client/index.ts';
import { withOnboardings } from '../connect.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import { createOutput, exitWithTheReader } from '../output.ts';
import { paint, plain, type Tone } from '../text/style.ts';
import { ahead, toTheSecond } from '../text/time.ts';
import { HELP_GROUP } from './shared.ts';

interface Options {
  readonly json?: boolean;
}

/** `onboard notify`: tests the receiver of notifications, and shows and repeats deliveries. */
export function notifyCommand(): Command {
  return new Command('notify')
    .helpGroup(HELP_GROUP.operate)
    .summary('test notifications, show their deliveries, and deliver one again')
    .description(
      "Notifications are signed requests to the partner's server (docs/notifications.md). A worker sends them, to " +
        'its ONBOARDING_NOTIFY_URL.',
    )
    .addCommand(testCommand())
    .addCommand(logCommand())
    .addCommand(givenUpCommand())
    .addCommand(redeliverCommand());
}

function testCommand(): Command {
  return new Command('test')
    .summary('send a signed test event to the receiver')
    .description(
      'Has a worker send an event of the type onboarding.test to its ONBOARDING_NOTIFY_URL, once, and shows the answer, ' +
        'or what failed. It concerns no onboarding. Credentials, path and query of the address are not shown. Exits with 0 ' +
        'if the receiver accepted it (2xx).',
    )
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ onboard notify test')
    .action(test);
}

async function test(options: Options): Promise<void> {
  const output = createOutput(options);
  const tested = await withOnboardings((onboardings) => onboardings.notifications.test());
  output.result(tested, () => testWords(tested));
  const isAccepted = tested.kind === 'answered' && tested.status >= 200 && tested.status < 300;
  if (!isAccepted) {
    throw new CommandError('the receiver did not accept the test event', EXIT.unhealthy);
  }
}

function testWords(tested: NotificationTest): string {
  switch (tested.kind) {
    case 'answered':
      return `${tested.url} answered HTTP ${tested.status} after ${tested.milliseconds} ms`;
    case 'no-answer':
      return `${tested.url} ${plain(tested.reason)} (after ${tested.milliseconds} ms)`;
    case 'not-set-up':
      return 'the worker has no address for notifications: set ONBOARDING_NOTIFY_URL, and restart it';
  }
}

function logCommand(): Command {
  return new Command('log')
    .summary('show the deliveries of one reference')
    .description(
      'Shows the last 50 deliveries, newest first: when, what, how often it was attempted, and the last answer. They are ' +
        "read from Temporal's histories, which it keeps for its retention.",
    )
    .argument('<reference>', 'which onboarding')
    .option('--json', 'print JSON, a delivery a line')
    .addHelpText('after', '\nExample:\n  $ onboard notify log customer-42')
    .action(log);
}

async function log(reference: string, options: Options): Promise<void> {
  const output = createOutput(options);
  const deliveries = await withOnboardings((onboardings) =>
    onboardings.notifications.log(reference),
  );
  if (deliveries.length === 0) output.note(`${reference}: no notification was delivered`);
  for (const delivery of deliveries) {
    output.result(delivery, () => deliveryLine(delivery, Date.now()));
  }
}

function givenUpCommand(): Command {
  return new Command('given-up')
    .summary('list the references whose newest notification was given up')
    .description(
      'Lists the references of which the receiver lacks the newest state, because it did not accept it within three days. ' +
        "They are found by Temporal's search a minute after that, and for as long as Temporal keeps its histories.",
    )
    .option('--json', 'print JSON, a delivery a line')
    .addHelpText(
      'after',
      `
Examples:
  $ onboard notify given-up
  $ onboard notify given-up --json | jq -r .reference | xargs -r -n 1 onboard notify redeliver`,
    )
    .action(givenUp);
}

async function givenUp(options: Options): Promise<void> {
  exitWithTheReader(EXIT.done);
  const output = createOutput(options);
  await withOnboardings(async ({ notifications }) => {
    let count = 0;
    for await (const one of notifications.givenUp()) {
      count += 1;
      output.result(one, () => `${one.reference}: ${deliveryLine(one, Date.now())}`);
    }
    if (count === 0) output.note('no notification was given up');
  });
}

const TONES: Readonly<Record<NotificationDelivery['state'], Tone>> = {
  delivering: 'todo',
  delivered: 'good',
  gone: 'bad',
  'given-up': 'bad',
  replaced: 'quiet',
};

function deliveryLine(delivery: NotificationDelivery, now: number): string {
  const { beganAt, type, sequence, status, state, attempts, answer, nextAttempt } = delivery;
  const often = attempts === null ? '' : `, ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`;
  const last = answer === null ? '' : `: ${plain(answer)}`;
  const next = nextAttempt === null ? '' : `; next attempt ${ahead(nextAttempt, now)}`;
  const what = `${type} ${sequence} (${plain(status)})`;
  return `${paint('quiet', toTheSecond(beganAt))}  ${what}  ${paint(TONES[state], state)}${often}${last}${next}`;
}

interface RedeliverOptions extends Options {
  readonly sequence?: number;
}

function redeliverCommand(): Command {
  return new Command('redeliver')
    .summary('deliver a notification of the log again')
    .description(
      'Delivers the newest notification of this reference again, or the one with --sequence, with the id and body that it ' +
        'had. One that waits for its next attempt is attempted within 20 seconds. A newer notification replaces it.',
    )
    .argument('<reference>', 'which onboarding')
    .option('--sequence <n>', 'of the notification, as `onboard notify log` shows it', sequenceIn)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ onboard notify redeliver customer-42
  $ onboard notify redeliver customer-42 --sequence 1772442000000`,
    )
    .action(redeliver);
}

function sequenceIn(written: string): number {
  if (/^[1-9]\d{0,15}$/.test(written) && Number.isSafeInteger(Number(written)))
    return Number(written);
  throw new InvalidArgumentError('A whole number from 1 on is expected.');
}

async function redeliver(reference: string, options: RedeliverOptions): Promise<void> {
  const output = createOutput(options);
  const { sequence } = options;
  const redelivered = await withOnboardings((onboardings) =>
    onboardings.notifications.redeliver(reference, { sequence }),
  );
  output.result(
    { reference, ...redelivered },
    () =>
      `${reference}: ${redelivered.type} ${redelivered.sequence} is delivered again; the answer: onboard notify log ${reference}`,
  );
}
