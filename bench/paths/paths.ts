/** The paths that are counted. None queries the workflow, because a query would be billed. */
import {
  POLL_BESIDE_WEBHOOKS,
  registerUpdate,
  type Outcome,
} from '../../workflows/contract/index.ts';
import { onboardingRequest, registrationForm } from '../../test/support/people.ts';
import type { SenderOnPath } from './sender.ts';
import type { PathOptions, PathEnv } from './path-env.ts';

export interface BenchPath extends PathOptions {
  readonly name: string;
  /** Events and actions of a prototype of the same design; a path should have no more. */
  readonly target?: { readonly events: number; readonly actions: number };
  /** The most actions, with heartbeats: more are an error. */
  readonly mostActions?: number;
  /** Default: ready. */
  readonly ends?: Outcome['kind'];
  play(env: PathEnv): Promise<SenderOnPath>;
}

const HINTS = 100;
const opened = {
  email: onboardingRequest().email,
  confirmed: '1',
  cgu: '1',
  firstname: 'Zoé',
  lastname: 'Brûlé',
} as const;

export const PATHS: readonly BenchPath[] = [
  {
    name: 'found: attached before, address vouched for',
    async play({ simulator, start }) {
      simulator.createAccount({ ...opened, attached: '1' });
      return start({ emailVerified: true });
    },
  },
  {
    name: 'attached: holder accepts, with a signal',
    target: { events: 32, actions: 10 },
    async play({ simulator, person, start }) {
      simulator.createAccount(opened);
      const sender = await start();
      await sender.waitsIn('awaiting-attachment');
      await person.acceptsAccess();
      await sender.accepted('attachment');
      return sender;
    },
  },
  {
    name: 'attached: holder accepts after 3 days, no signal',
    async play({ simulator, person, start }) {
      simulator.createAccount(opened);
      const sender = await start();
      await sender.waitsIn('awaiting-attachment');
      await sender.days(3);
      await person.acceptsAccess();
      return sender;
    },
  },
  {
    name: 'created: two acceptances, with signals',
    target: { events: 59, actions: 15 },
    async play({ person, start }) {
      const sender = await start({ registration: registrationForm() });
      await sender.waitsIn('awaiting-email');
      await person.confirmsEmail();
      await sender.accepted('email');
      await sender.waitsIn('awaiting-terms');
      await person.acceptsTerms();
      await sender.minutes(1);
      await sender.accepted('terms');
      return sender;
    },
  },
  {
    name: 'created: both acceptances, signals together',
    async play({ person, start }) {
      const sender = await start({ registration: registrationForm() });
      await sender.waitsIn('awaiting-email');
      await person.confirmsEmail();
      await person.acceptsTerms();
      await Promise.all([sender.accepted('email'), sender.accepted('terms')]);
      return sender;
    },
  },
  {
    name: 'created: form handed in later',
    async play({ person, start }) {
      const sender = await start();
      await sender.waitsIn('awaiting-registration');
      await sender.handle.executeUpdate(registerUpdate, { args: [registrationForm()] });
      await sender.waitsIn('awaiting-email');
      await person.confirmsEmail();
      await person.acceptsTerms();
      await sender.accepted('terms');
      return sender;
    },
  },
  {
    name: 'expired: silent for 30 days, 3 reminders',
    target: { events: 63, actions: 81 },
    policy: { reminderDays: [2, 5, 10] },
    ends: 'expired',
    play: silent,
  },
  {
    name: 'expired: silent for 30 days, 4 reminders (default)',
    ends: 'expired',
    play: silent,
  },
  {
    name: "expired: silent for 30 days, 4 reminders, AR24's webhooks",
    policy: { poll: POLL_BESIDE_WEBHOOKS },
    mostActions: 50,
    ends: 'expired',
    play: silent,
  },
  {
    name: 'problem: AR24 in maintenance for 6 h at the start',
    async play({ simulator, person, start }) {
      simulator.createAccount(opened);
      simulator.setFaults({ maintenance: {} });
      const sender = await start();
      await sender.minutes(6 * 60);
      simulator.setFaults({ maintenance: null });
      await sender.minutes(6 * 60);
      await sender.waitsIn('awaiting-attachment');
      await person.acceptsAccess();
      await sender.accepted('attachment');
      return sender;
    },
  },
  {
    name: 'problem: AR24 down for 6 h while the holder is awaited',
    async play({ simulator, person, start }) {
      simulator.createAccount(opened);
      const sender = await start();
      await sender.waitsIn('awaiting-attachment');
      simulator.setFaults({ reset: {} });
      await sender.minutes(6 * 60);
      simulator.setFaults({ reset: null });
      await sender.minutes(6 * 60);
      await person.acceptsAccess();
      await sender.accepted('attachment');
      return sender;
    },
  },
  {
    name: 'flooded: 99 bare hints in a row, then accepted',
    target: { events: 432, actions: 109 },
    async play({ simulator, person, start }) {
      simulator.createAccount(opened);
      const sender = await start();
      await sender.waitsIn('awaiting-attachment');
      for (let hint = 1; hint < HINTS; hint++) await sender.check();
      await person.acceptsAccess();
      await sender.accepted('attachment');
      return sender;
    },
  },
];

function silent({ simulator, start }: PathEnv): Promise<SenderOnPath> {
  simulator.createAccount(opened);
  return start();
}
