/** Every state of an onboarding, how it is reached, and which messages it then accepts. */
import { Person } from '../support/person.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import type { SenderUnderTest } from '../support/sender.ts';
import { openTestEnv, type TestEnvOptions, type TestEnv } from '../support/test-env.ts';
import type { OnboardingRequest, OnboardingView } from '../../workflows/contract/index.ts';

/** Messages whose answer depends on the state. */
export type Message =
  | 'remind'
  | 'register'
  | 'correctAddress'
  | `override ${'email' | 'terms' | 'profile' | 'payment' | 'identity' | 'operator'}`;

/** Refused with this reason; a message that is not named is accepted. */
export type Refusals = Readonly<Partial<Record<Message, RegExp>>>;

export interface State {
  readonly name: string;
  readonly refuses: Refusals;
  /** A slow call to AR24 is in flight. */
  readonly inCall?: true;
  readonly open: () => Promise<{ readonly testEnv: TestEnv; readonly sender: SenderUnderTest }>;
}

const EMAIL = onboardingRequest().email;
const complete = {
  email: EMAIL,
  confirmed: '1',
  cgu: '1',
  firstname: 'Zoé',
  lastname: 'B',
} as const;
const ours = { ...complete, attached: '1', custom_ref: onboardingRequest().reference } as const;
type Fields = Parameters<TestEnv['simulator']['createAccount']>[0];

/** How long AR24 takes for a call that the test acts in. */
const slow = (route: 'GET /user' | 'POST /user'): TestEnvOptions => ({
  simulator: { faults: { latencyMs: { min: 20_000, max: 20_000, count: 1, routes: [route] } } },
});

interface Way {
  readonly options?: TestEnvOptions;
  readonly account?: Fields;
  readonly request?: Partial<OnboardingRequest>;
  readonly there: (view: OnboardingView, testEnv: TestEnv) => boolean;
  readonly on?: (testEnv: TestEnv, sender: SenderUnderTest) => Promise<unknown>;
}

const by = (way: Way): State['open'] =>
  async function open() {
    const testEnv = await openTestEnv(way.options);
    if (way.account) testEnv.simulator.createAccount(way.account);
    const sender = await testEnv.start(way.request);
    await way.on?.(testEnv, sender);
    await sender.shows('this state', (view) => way.there(view, testEnv));
    return { testEnv, sender };
  };

const is =
  (status: OnboardingView['status'], requests = 0): Way['there'] =>
  (view) =>
    view.status === status && view.requests.length >= requests && view.problem === null;
const asksOperator =
  (question: OnboardingView['question']): Way['there'] =>
  (view) =>
    view.question === question;

const NOT_OUTSTANDING = /is not outstanding/;
const AR24_SHOWS = /AR24 shows that/;
const NO_MAIL = /AR24 can mail no reminder/;
const NO_FORM = /no form is needed/;
const HAS_ACCOUNT = /the account exists already/;
const CREATING = /the account is being created/;

const nothingToOverride = {
  'override email': NOT_OUTSTANDING,
  'override terms': NOT_OUTSTANDING,
  'override profile': NOT_OUTSTANDING,
  'override payment': NOT_OUTSTANDING,
  'override identity': NOT_OUTSTANDING,
  'override operator': NOT_OUTSTANDING,
} as const satisfies Refusals;

const { 'override operator': _asked, ...onlyTheOperator } = nothingToOverride;
const { 'override identity': _outstanding, ...onlyTheIdentity } = nothingToOverride;
const withAccount = { register: NO_FORM, correctAddress: HAS_ACCOUNT } as const;
const shown = (...requirements: ('email' | 'terms' | 'profile' | 'payment')[]): Refusals =>
  Object.fromEntries(requirements.map((requirement) => [`override ${requirement}`, AR24_SHOWS]));

export const STATES: readonly State[] = [
  {
    name: 'requesting-access, in a slow call',
    refuses: { remind: NO_MAIL, ...nothingToOverride },
    inCall: true,
    open: by({
      options: slow('GET /user'),
      there: (_view, { simulator }) => simulator.ledger().calls['GET /user'] === 1,
    }),
  },
  {
    name: 'requesting-access, with a problem',
    refuses: { remind: NO_MAIL, ...nothingToOverride },
    open: by({
      options: { simulator: { faults: { unknownSlug: {} } } },
      there: ({ problem }) => problem !== null,
    }),
  },
  {
    name: 'awaiting-registration',
    refuses: { remind: NO_MAIL, ...nothingToOverride },
    open: by({ there: is('awaiting-registration') }),
  },
  {
    name: 'creating-account, in a slow call',
    refuses: {
      remind: NO_MAIL,
      register: CREATING,
      correctAddress: CREATING,
      ...nothingToOverride,
    },
    inCall: true,
    open: by({
      options: slow('POST /user'),
      request: { registration: registrationForm() },
      there: (_view, { simulator }) => simulator.ledger().calls['POST /user'] === 1,
    }),
  },
  {
    name: 'awaiting-attachment',
    refuses: { register: NO_FORM, ...nothingToOverride },
    open: by({ account: complete, there: is('awaiting-attachment', 1) }),
  },
  {
    name: 'awaiting-email',
    refuses: { ...withAccount, ...nothingToOverride, ...shown('email', 'terms') },
    open: by({
      request: { registration: registrationForm() },
      there: is('awaiting-email', 1),
    }),
  },
  {
    name: 'awaiting-terms',
    refuses: { ...withAccount, ...nothingToOverride, ...shown('terms') },
    open: by({ account: { ...ours, cgu: '0' }, there: is('awaiting-terms', 1) }),
  },
  {
    name: 'awaiting-profile',
    refuses: { remind: NO_MAIL, ...withAccount, ...nothingToOverride, ...shown('profile') },
    open: by({
      account: { ...ours, firstname: '', lastname: '' },
      there: is('awaiting-profile'),
    }),
  },
  {
    name: 'awaiting-payment',
    refuses: { ...withAccount, ...nothingToOverride, ...shown('payment') },
    open: by({
      account: ours,
      request: { require: ['payment'] },
      there: is('awaiting-payment', 1),
    }),
  },
  {
    name: 'awaiting-identity',
    refuses: { remind: NO_MAIL, ...withAccount, ...onlyTheIdentity },
    open: by({
      account: ours,
      request: { require: ['identity'] },
      there: is('awaiting-identity', 1),
    }),
  },
  {
    name: 'awaiting-operator: whose account?',
    refuses: { remind: NO_MAIL, ...withAccount, ...onlyTheOperator },
    open: by({ account: { ...ours, custom_ref: 'another' }, there: asksOperator('whose-account') }),
  },
  {
    name: 'awaiting-operator: another SIRET',
    refuses: { remind: NO_MAIL, ...withAccount, ...onlyTheOperator },
    open: by({
      account: { ...ours, company_siret: '35600000000048' },
      request: { registration: registrationForm() },
      there: asksOperator('other-siret'),
    }),
  },
  {
    name: 'awaiting-operator: creation refused',
    refuses: { remind: NO_MAIL, ...onlyTheOperator },
    open: by({
      request: { registration: registrationForm({ zipcode: 'nowhere' }) },
      on: async (_testEnv, sender) => {
        await sender.reaches('awaiting-registration');
        await sender.handle.executeUpdate('register', {
          args: [registrationForm({ zipcode: 'nowhere' })],
        });
      },
      there: asksOperator('creation-refused'),
    }),
  },
  {
    name: 'awaiting-operator: identity order lost',
    refuses: { remind: NO_MAIL, ...withAccount, ...onlyTheOperator },
    open: by({
      options: { simulator: { faults: { loseAnswer: { routes: ['POST /user/identity'] } } } },
      account: ours,
      request: { require: ['identity'] },
      there: asksOperator('identity-order-lost'),
    }),
  },
  {
    name: 'awaiting-operator: account gone',
    refuses: { remind: NO_MAIL, register: NO_FORM, ...onlyTheOperator },
    open: by({
      account: { ...ours, cgu: '0' },
      on: async ({ simulator }, sender) => {
        await sender.reaches('awaiting-terms');
        await simulator.reset();
        await sender.check();
      },
      there: asksOperator('account-gone'),
    }),
  },
  {
    name: 'awaiting-attachment, with a problem',
    refuses: { register: NO_FORM, ...nothingToOverride },
    open: by({
      account: complete,
      on: async ({ simulator }, sender) => {
        await sender.reaches('awaiting-attachment');
        simulator.setFaults({ unknownSlug: {} });
        await sender.check();
      },
      there: ({ problem }) => problem !== null,
    }),
  },
  {
    name: 'awaiting-operator: terms that AR24 does not show',
    refuses: (({ 'override terms': _hidden, ...others }) => ({ ...withAccount, ...others }))(
      onlyTheOperator,
    ),
    open: by({
      options: { simulator: { switches: { hideFields: ['cgu'] } } },
      request: { registration: registrationForm() },
      on: async ({ simulator }, sender) => {
        await sender.reaches('awaiting-email');
        await new Person(simulator, EMAIL).confirmsEmail();
        await sender.check();
      },
      there: ({ question, status, requests }) =>
        question === 'not-visible' && status === 'awaiting-operator' && requests.length > 0,
    }),
  },
];
