/** The metrics that `onboard exporter` reads from Temporal: gauges over all onboardings of the namespace. */
import { ENDED } from '../../client/visibility-query.ts';
import type { MetricDefinitions } from '../../metrics/definition.ts';
import { PROBLEM_KINDS, STATUSES, type Status } from '../../workflows/contract/index.ts';

export const OPEN_STATUSES: readonly Status[] = STATUSES.filter(
  (status) => status !== 'failed' && !ENDED.includes(status),
);
export const AGES = ['1d', '3d', '7d', '14d', '30d'] as const;
export const PROBLEM_AGES = ['any', 'over_1h', 'over_24h'] as const;

export const EXPORTER_METRICS = {
  onboarding_open: {
    type: 'gauge',
    help: 'Open onboardings',
    unit: 'onboardings',
    labels: { status: OPEN_STATUSES },
  },
  onboarding_open_unchanged: {
    type: 'gauge',
    help: 'Open onboardings whose status, and what is outstanding, has not changed for so long',
    unit: 'onboardings',
    labels: { age: AGES },
  },
  onboarding_open_with_problem: {
    type: 'gauge',
    help: 'Open onboardings with a problem, by how long it has lasted',
    unit: 'onboardings',
    labels: { kind: PROBLEM_KINDS, age: PROBLEM_AGES },
  },
  onboarding_open_with_question: {
    type: 'gauge',
    help: 'Open onboardings with a question to an operator, whatever else is outstanding',
    unit: 'onboardings',
    labels: {},
  },
  onboarding_open_deadline_within_3d: {
    type: 'gauge',
    help: 'Open onboardings that expire within three days unless something changes',
    unit: 'onboardings',
    labels: {},
  },
  onboarding_open_needing_key: {
    type: 'gauge',
    help: 'Open workflows that need an encryption key. A key with 0 may be removed 30 days later (encryption.md)',
    unit: 'workflows',
    labels: { key: { from: 'the ids of the keys of the running workers' } },
  },
  onboarding_open_missing_key: {
    type: 'gauge',
    help: 'Open workflows that began under a key that no running worker has',
    unit: 'workflows',
    labels: {},
  },
  onboarding_failed: {
    type: 'gauge',
    help: 'Onboardings that Temporal ended without an outcome, as long as it keeps them: failed, terminated or timed out',
    unit: 'onboardings',
    labels: {},
  },
  onboarding_failing_tasks: {
    type: 'gauge',
    help: 'Open onboardings whose workflow tasks fail. Only with Temporal 1.30 or newer',
    unit: 'onboardings',
    labels: {},
  },
  onboarding_erasures_open: {
    type: 'gauge',
    help: 'Erasures that are not complete',
    unit: 'erasures',
    labels: {},
  },
  onboarding_ar24_writes_paused: {
    type: 'gauge',
    help: '1 while an operator has paused all writes to AR24 (`onboard pause`), else 0',
    unit: '0 or 1',
    labels: {},
  },
  onboarding_oldest_task_seconds: {
    type: 'gauge',
    help: 'Age of the oldest task of onboardings, of calls to AR24 except polls, or of notifications: how far workers are behind',
    unit: 'seconds',
    labels: {},
  },
  onboarding_polls_behind_seconds: {
    type: 'gauge',
    help: 'How late the oldest poll of AR24 is that waits for its turn. Polls go last, and late ones pause for longer',
    unit: 'seconds',
    labels: {},
  },
  onboarding_workers: {
    type: 'gauge',
    help: 'Workers that have polled within two minutes and get new onboardings: of the current or ramping version, or without a version if none is current',
    unit: 'workers',
    labels: {},
  },
  onboarding_exporter_last_success_timestamp_seconds: {
    type: 'gauge',
    help: 'When all of these were last read',
    unit: 'seconds since 1970',
    labels: {},
  },
} as const satisfies MetricDefinitions;
