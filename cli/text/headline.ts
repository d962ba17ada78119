/** An onboarding in a line or two: what a command answers when it has done its work. */
import type { Ending, OnboardingSummary } from '../../client/index.ts';
import type { FieldError } from '../../workflows/contract/index.ts';
import { outcomeWords } from './outcome.ts';
import { plain } from './plain.ts';
import { ago, ahead, spanSince } from './time.ts';
import { problemWords, statusWords } from './words.ts';

/** What every view has, whole or partial. */
export type Told = Pick<
  OnboardingSummary,
  'reference' | 'status' | 'waitingFor' | 'problem' | 'since' | 'deadline'
> & {
  readonly outcome: Ending | null;
  /** Known where a worker answers. */
  readonly fieldErrors?: readonly FieldError[];
};

/** @param now ms since the epoch, as everywhere here */
export function headline({ reference, status, since, outcome }: Told, now: number): string {
  if (outcome) return `${reference}: ${status}, ${ago(since, now)}`;
  return `${reference}: ${status} for ${spanSince(since, now)}`;
}

export function inShort(view: Told, now: number): string {
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
