/** An onboarding in a line or two: the answer of commands that change it. */
import type { Ending, OnboardingSummary } from '../../client/index.ts';
import type { FieldError } from '../../workflows/contract/index.ts';
import { outcomeWords } from './outcome.ts';
import { plain } from './style.ts';
import { ago, ahead, spanSince } from './time.ts';
import { problemWords, statusWords } from './words.ts';

/** The members that every view has, whole or partial. */
type AnyView = Pick<
  OnboardingSummary,
  'reference' | 'status' | 'waitingFor' | 'problem' | 'since' | 'deadline'
> & {
  readonly outcome: Ending | null;
  /** Known where a worker answers. */
  readonly fieldErrors?: readonly FieldError[];
};

/** @param now ms since the epoch, as everywhere here */
export function headline({ reference, status, since, outcome }: AnyView, now: number): string {
  if (outcome) return `${reference}: ${status}, ${ago(since, now)}`;
  return `${reference}: ${status} for ${spanSince(since, now)}`;
}

export function inShort(view: AnyView, now: number): string {
  const { reference, status, waitingFor, outcome, problem, deadline, fieldErrors = [] } = view;
  if (outcome) return `${reference}: ${outcomeWords(outcome)}`;
  const parts = [
    statusWords(status, waitingFor),
    ...fieldErrors.map(({ field, slug }) => `AR24 refused ${field} (${plain(slug)})`),
    ...(problem ? [`problem: ${problemWords(problem.kind)}`] : []),
    ...(deadline === null ? [] : [`deadline ${ahead(deadline, now)}`]),
  ];
  return `${reference}: ${parts.join('; ')}`;
}
