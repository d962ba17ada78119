/** What is done, what is to do now, and what comes later. */
import type { OnboardingView } from '../../../client/index.ts';
import type { StepName, StepState } from '../words/page-words.ts';

export interface Step {
  readonly name: StepName;
  readonly state: StepState;
}

type Seen = Pick<OnboardingView, 'status' | 'waitingFor' | 'accountId' | 'asked'>;

/** Asked for at AR24, or outstanding: else the partner does not want it. */
const OPTIONAL = ['profile', 'payment', 'identity'] as const;

/** Empty once it has ended without success: there is nothing to do any more. */
export function stepsOf(view: Seen): readonly Step[] {
  const { status } = view;
  if (['refused', 'expired', 'cancelled', 'failed'].includes(status)) return [];
  return [
    { name: 'sign-up', state: 'done' },
    ...accountSteps(view),
    ...requirementSteps(view),
    { name: 'ready', state: status === 'ready' ? 'done' : 'later' },
  ];
}

function accountSteps({ status, waitingFor, accountId }: Seen): readonly Step[] {
  // A question on whose account it is comes before all that the account itself still needs.
  if (status === 'awaiting-operator') return [{ name: 'operator', state: 'now' }];
  if (waitingFor.includes('attachment')) return [{ name: 'attachment', state: 'now' }];
  if (waitingFor.includes('registration')) {
    return [
      { name: 'registration', state: 'now' },
      { name: 'creation', state: 'later' },
    ];
  }
  if (status === 'creating-account') {
    return [
      { name: 'registration', state: 'done' },
      { name: 'creation', state: 'now' },
    ];
  }
  return accountId === null
    ? [{ name: 'search', state: 'now' }]
    : [{ name: 'account', state: 'done' }];
}

function requirementSteps(view: Seen): readonly Step[] {
  const { status, waitingFor, accountId, asked } = view;
  const wanted = OPTIONAL.filter(
    (name) => waitingFor.includes(name) || asked.some(({ what }) => what === name),
  );
  const known = accountId !== null && (status !== 'awaiting-operator' || waitingFor.length > 1);
  const stateOf = (name: Step['name'] & (typeof waitingFor)[number]): StepState => {
    if (!known || waitingFor.indexOf(name) > 0) return 'later';
    return waitingFor.includes(name) ? 'now' : 'done';
  };
  return (['email', 'terms', ...wanted] as const).map((name) => ({ name, state: stateOf(name) }));
}
