/** The steps of an onboarding: done, current, later. */
import { OPTIONAL_REQUIREMENTS, type OnboardingView } from '../../../client/index.ts';
import type { StepName, StepState } from '../words/page-words.ts';

export interface JourneyStep {
  readonly name: StepName;
  readonly state: StepState;
}

type StepView = Pick<OnboardingView, 'status' | 'waitingFor' | 'accountId' | 'requests'>;

/** Shown only if they are outstanding or were requested: otherwise the partner does not require them. */
const OPTIONAL = ['profile', ...OPTIONAL_REQUIREMENTS] as const;

/** Empty after an end without success, as nothing is left to do. */
export function stepsOf(view: StepView): readonly JourneyStep[] {
  const { status } = view;
  if (['refused', 'expired', 'cancelled', 'failed'].includes(status)) return [];
  return [
    { name: 'sign-up', state: 'done' },
    ...accountSteps(view),
    ...requirementSteps(view),
    { name: 'ready', state: status === 'ready' ? 'done' : 'later' },
  ];
}

function accountSteps({ status, waitingFor, accountId }: StepView): readonly JourneyStep[] {
  // The operator has to decide whose account it is before the requirements of the account count.
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

function requirementSteps(view: StepView): readonly JourneyStep[] {
  const { status, waitingFor, accountId, requests } = view;
  const wanted = OPTIONAL.filter(
    (name) => waitingFor.includes(name) || requests.some(({ kind }) => kind === name),
  );
  const known = accountId !== null && (status !== 'awaiting-operator' || waitingFor.length > 1);
  const stateOf = (name: JourneyStep['name'] & (typeof waitingFor)[number]): StepState => {
    if (!known || waitingFor.indexOf(name) > 0) return 'later';
    return waitingFor.includes(name) ? 'now' : 'done';
  };
  return (['email', 'terms', ...wanted] as const).map((name) => ({ name, state: stateOf(name) }));
}
