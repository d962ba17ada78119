/** Invented onboardings, and functions that wait until Temporal shows them. */
import { randomUUID } from 'node:crypto';
import type { OnboardingClient, OnboardingSummary, SenderView } from '../../client/index.ts';
import { eventually } from '../support/eventually.ts';

export const aReference = (): string => `ref-${randomUUID()}`;
export const anAddress = (): string => `${randomUUID()}@example.org`;

/** An account at AR24 that lacks nothing and is attached to us. */
export const ATTACHED = {
  confirmed: '1',
  cgu: '1',
  attached: '1',
  firstname: 'Zoé',
  lastname: 'B',
} as const;

export async function all<T>(found: AsyncIterable<T>): Promise<readonly T[]> {
  const collected: T[] = [];
  for await (const one of found) collected.push(one);
  return collected;
}

export function reaches(
  client: OnboardingClient,
  reference: string,
  status: string,
): Promise<SenderView> {
  return eventually(
    `${reference} ${status}`,
    () => client.view(reference),
    (view) => view.status === status,
  );
}

/** Visibility lags behind, so this waits. */
export function listed(
  find: () => AsyncIterable<OnboardingSummary>,
  reference: string,
): Promise<readonly OnboardingSummary[]> {
  return eventually(
    `${reference} listed`,
    () => all(find()),
    (found) => found.some((one) => one.reference === reference),
  );
}
