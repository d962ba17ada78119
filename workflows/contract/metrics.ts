/** The metrics that workflows record. Each counts once, however often a workflow is replayed. */
import type { MetricDefinitions } from '../../metrics/definition.ts';
import { DOORS } from './request.ts';
import { MAIL_REQUESTS, REMINDED_BY_PARTNER, STATUSES } from './requirements.ts';
import { PROBLEM_KINDS, QUESTIONS } from './view.ts';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
/** From a person who is at a screen to one who is reminded for weeks. */
const LONG = [1, 10, MINUTE, 10 * MINUTE, HOUR, 6 * HOUR].concat(
  [1, 3, 7, 14, 30, 60].map((days) => days * DAY),
);

const OUTCOMES = ['ready', 'refused', 'expired', 'cancelled'] as const;

export const WORKFLOW_METRICS = {
  onboarding_started_total: {
    type: 'counter',
    help: 'Onboardings that began',
    unit: 'onboardings',
    labels: { door: DOORS },
  },
  onboarding_status_entered_total: {
    type: 'counter',
    help: 'Onboardings that entered a status: the funnel',
    unit: 'onboardings',
    labels: { status: STATUSES },
  },
  onboarding_status_seconds: {
    type: 'histogram',
    help: 'How long an onboarding had a status, once it left it',
    unit: 'seconds',
    labels: { status: STATUSES },
    buckets: LONG,
  },
  onboarding_ended_total: {
    type: 'counter',
    help: 'Onboardings that ended, by outcome',
    unit: 'onboardings',
    labels: { outcome: OUTCOMES },
  },
  onboarding_time_to_end_seconds: {
    type: 'histogram',
    help: 'From the start of an onboarding to its outcome',
    unit: 'seconds',
    labels: { outcome: OUTCOMES },
    buckets: LONG,
  },
  onboarding_problems_total: {
    type: 'counter',
    help: 'Problems that began',
    unit: 'problems',
    labels: { kind: PROBLEM_KINDS },
  },
  onboarding_problems_ended_total: {
    type: 'counter',
    help: 'Problems that ended, also by the end of the onboarding',
    unit: 'problems',
    labels: { kind: PROBLEM_KINDS },
  },
  onboarding_questions_total: {
    type: 'counter',
    help: 'Questions to an operator',
    unit: 'questions',
    labels: { question: QUESTIONS },
  },
  onboarding_reminders_total: {
    type: 'counter',
    help: 'Reminders: mails of AR24, or notifications that ask the partner to write to the person',
    unit: 'reminders',
    labels: { what: [...MAIL_REQUESTS, ...REMINDED_BY_PARTNER], by: ['ar24', 'partner'] },
  },
  onboarding_ar24_mails_total: {
    type: 'counter',
    help: 'Calls by which AR24 mails a person: requests, and creations of an account (which may mail the terms too); identity: orders of the paid letter. sent unknown: the answer was lost',
    unit: 'calls',
    labels: { kind: [...MAIL_REQUESTS, 'identity', 'account'], sent: ['yes', 'unknown'] },
  },
  onboarding_notifications_total: {
    type: 'counter',
    help: 'Notifications by their end: delivered; gone: the receiver wants no more of the reference; given-up after three days; overtaken by a newer one',
    unit: 'notifications',
    labels: { result: ['delivered', 'gone', 'given-up', 'overtaken'] },
  },
  onboarding_notification_age_seconds: {
    type: 'histogram',
    help: 'From a change to the delivery of its notification',
    unit: 'seconds',
    labels: {},
    buckets: LONG,
  },
} as const satisfies MetricDefinitions;
