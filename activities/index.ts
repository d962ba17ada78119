/**
 * The activities: one function for each step. Temporal never repeats a request that a try may have sent; a creation is
 * read back before it is repeated.
 */
import { createHash } from 'node:crypto';
import { noopMetricMeter, type MetricMeter } from '@temporalio/common';
import type { Ar24Client } from '../ar24/index.ts';
import type { Policy, WorkerPolicy } from '../workflows/contract/index.ts';
import { awaitChange } from './await-change.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { createAccount } from './create-account.ts';
import type { ActivitySettings, Deps, RestoredAt, WritesPausedNow } from './deps.ts';
import { createAr24Metrics } from './metrics.ts';
import type { ShareNow } from './rate-limiter.ts';
import { readAccount } from './read-account.ts';
import { orderIdentity, requestAccess, requestPayment, requestTerms } from './requests.ts';

const FINGERPRINT_CHARACTERS = 16;

export interface Ar24ActivityOptions {
  readonly ar24: Ar24Client;
  readonly settings: ActivitySettings;
  /** The maximum for all processes together. */
  readonly maxCallsPerSecond: number;
  /** The part of the maximum that this process may use now. Default: all of it. */
  readonly shareNow?: ShareNow | undefined;
  readonly writesPaused: WritesPausedNow;
  readonly restoredAt: RestoredAt;
  /** Default: no metrics. */
  readonly meter?: MetricMeter | undefined;
}

export function createAr24Activities(options: Ar24ActivityOptions) {
  const { ar24, settings, maxCallsPerSecond, shareNow, meter = noopMetricMeter } = options;
  const metrics = createAr24Metrics(meter);
  const circuitBreaker = createCircuitBreaker(maxCallsPerSecond, shareNow, metrics.circuit);
  const { writesPaused, restoredAt } = options;
  const deps: Deps = { ar24, circuitBreaker, metrics, settings, writesPaused, restoredAt };
  return {
    readAccount: readAccount.bind(null, deps),
    requestAccess: requestAccess.bind(null, deps),
    createAccount: createAccount.bind(null, deps),
    requestTerms: requestTerms.bind(null, deps),
    requestPayment: requestPayment.bind(null, deps),
    orderIdentity: orderIdentity.bind(null, deps),
    awaitChange: awaitChange.bind(null, deps),
  };
}

/** Onboardings read the policy from the worker, so that it does not depend on the program that starts them. */
export function createPolicyActivities(policy: Policy) {
  const workerPolicy: WorkerPolicy = { policy, fingerprint: policyFingerprint(policy) };
  return { readPolicy: () => Promise.resolve(workerPolicy) };
}

/** Equal for equal policies, in any order of their keys. */
export function policyFingerprint(policy: Policy): string {
  const json = JSON.stringify(policy, [...new Set(keysOf(policy))].sort());
  return createHash('sha256').update(json).digest('hex').slice(0, FINGERPRINT_CHARACTERS);
}

function keysOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}

export type Ar24Activities = ReturnType<typeof createAr24Activities>;
export type PolicyActivities = ReturnType<typeof createPolicyActivities>;
export { createRequesterActivities, type RequesterActivities } from './find-other-requesters.ts';
export type { ActivitySettings } from './deps.ts';
export { AR24_METRICS, DELIVERY_METRICS } from './metrics.ts';
