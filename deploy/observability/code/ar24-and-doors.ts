/** The dashboard of everything that comes in and goes out: AR24, the partner's server, the gateway, decryption. */
import type { Definition, Row } from './dashboard.ts';
import { AR24 } from './ar24.ts';
import { ENCRYPTION, GATEWAY, NOTIFICATIONS, PROBES, REFUSED } from './doors.ts';
import { alertStat, firing } from './panels.ts';

const ALERTS = [
  ...[
    'Ar24CredentialsRefused',
    'Ar24Errors',
    'Ar24Away',
    'WritesPaused',
    'PollsBehind',
    'NoGateway',
    'GatewayErrors',
  ],
  ...[
    'DecryptionFails',
    'ReadsNotDecrypted',
    'KeyMissing',
    'NotificationsGivenUp',
    'NotificationsFail',
  ],
  ...['WebhooksRefused', 'WebhooksSilent', 'SignaturesRefused', 'EventSourceSilent'],
] as const;
const FAILED = 'onboarding_notification_attempts_total{result!~"accepted|gone|stopped"}';
const ACCEPTED = 'onboarding_notification_attempts_total{result=~"accepted|gone"}';
const ACCEPTED_EVENTS = 'onboarding_gateway_events_total{result="accepted"}';

const WRONG_NOW: Row = {
  title: 'What is wrong now (a click on a number opens its runbook)',
  panels: [
    firing(ALERTS),
    alertStat({
      alert: 'Ar24CredentialsRefused',
      title: 'AR24 accepts our credentials',
      description:
        'Says no while a worker has stopped all calls, because AR24 refused the token or the signature.',
      unit: 'none',
      expr: 'max(onboarding_ar24_circuit_open{kind="credentials"}) or vector(0)',
      bad: '== 1',
      words: ['yes', 'no'],
    }),
    alertStat({
      alert: 'Ar24Errors',
      title: 'Calls to AR24 that fail',
      description:
        'The share of calls within ten minutes that got no answer, or an answer that this project does not understand.',
      unit: 'percentunit',
      expr: 'sum(rate(onboarding_ar24_requests_total{result=~"unreachable|contract|clock|unknown-slug"}[10m])) / clamp_min(sum(rate(onboarding_ar24_requests_total[10m])), 0.001) or vector(0)',
      bad: '> 0.2',
    }),
    alertStat({
      alert: 'Ar24Away',
      title: 'AR24 is there',
      description:
        'Says no while a worker has stopped all calls, because AR24 is in maintenance or throttles us.',
      unit: 'none',
      expr: 'max(onboarding_ar24_circuit_open{kind=~"maintenance|throttled"}) or vector(0)',
      bad: '== 1',
      words: ['yes', 'no'],
    }),
    alertStat({
      alert: 'WritesPaused',
      title: 'Writes to AR24',
      description:
        'Whether an operator has stopped all writes by `onboard pause`. `onboard doctor` says who, and why.',
      unit: 'none',
      expr: 'max(onboarding_ar24_writes_paused)',
      bad: '== 1',
      words: ['on', 'paused'],
    }),
    alertStat({
      alert: 'PollsBehind',
      title: 'Polls behind',
      description:
        "How late the latest poll of AR24 is: more people wait than AR24's rate limit allows to read.",
      unit: 's',
      expr: 'max(onboarding_polls_behind_seconds)',
      bad: '> 6 * 3600',
    }),
    alertStat({
      alert: 'NoGateway',
      title: 'Gateways that answer',
      description:
        'Gateways whose metrics Prometheus could read. Without any, the API, the page, webhooks and sign-up events get no answer.',
      unit: 'none',
      expr: 'count(up{job="onboarding-gateway"} == 1) or vector(0)',
      bad: 'below 1',
    }),
    alertStat({
      alert: 'GatewayErrors',
      title: 'Requests that we fail',
      description:
        'The share of requests to the gateway within five minutes with the answer 5xx. The alert also wants more than five within ten minutes.',
      unit: 'percentunit',
      expr: `sum(rate(onboarding_gateway_request_seconds_count{status=~"5..",${PROBES}}[5m])) / clamp_min(sum(rate(onboarding_gateway_request_seconds_count{${PROBES}}[5m])), 0.01) or vector(0)`,
      bad: '> 0.02',
    }),
    alertStat({
      alert: 'DecryptionFails',
      title: 'Workers cannot decrypt',
      description:
        'Payloads that workers could not decrypt within ten minutes: they lack a key, or a payload was altered.',
      unit: 'none',
      expr: 'sum(increase(onboarding_codec_failures_total{job="onboarding-worker"}[10m]))',
      bad: '> 0',
    }),
    alertStat({
      alert: 'ReadsNotDecrypted',
      title: 'Others cannot decrypt',
      description:
        'Payloads that gateway or codec server could not decrypt within ten minutes. Usual for onboardings that ended before a change of keys.',
      unit: 'none',
      expr: 'sum(increase(onboarding_codec_failures_total{job!="onboarding-worker"}[10m]))',
      bad: '> 0',
    }),
    alertStat({
      alert: 'KeyMissing',
      title: 'Under a missing key',
      description: 'Open workflows that began under an encryption key that no running worker has.',
      unit: 'none',
      expr: 'max(onboarding_open_missing_key)',
      bad: '> 0',
    }),
    alertStat({
      alert: 'NotificationsGivenUp',
      title: 'Notifications given up',
      description:
        "Within an hour: the partner's server did not accept them for three days, and will not hear of these changes.",
      unit: 'none',
      expr: 'sum(increase(onboarding_notifications_total{result="given-up"}[1h]))',
      bad: '> 0',
    }),
    alertStat({
      alert: 'NotificationsFail',
      title: "Partner's server accepts",
      description: 'Says no if more attempts to notify failed than succeeded, within half an hour.',
      unit: 'none',
      expr: `sum(rate(${FAILED}[30m])) > bool sum(rate(${ACCEPTED}[30m]))`,
      bad: 'at 1',
      words: ['yes', 'no'],
    }),
    alertStat({
      alert: 'WebhooksRefused',
      title: 'Webhooks refused',
      description:
        "AR24's webhooks within a quarter of an hour from an address that is not allowed.",
      unit: 'none',
      expr: 'sum(increase(onboarding_gateway_webhooks_refused_total[15m]))',
      bad: '> 10',
    }),
    alertStat({
      alert: 'WebhooksSilent',
      title: 'Webhooks come as last week',
      description:
        "Says no if AR24's webhooks concerned somebody in the week before and nobody since yesterday. The alert also wants people who became ready.",
      unit: 'none',
      expr: '(sum(increase(onboarding_gateway_webhooks_total{result="hinted"}[6d] offset 1d)) > bool 10) * ((sum(increase(onboarding_gateway_webhooks_total{result="hinted"}[1d])) or vector(0)) == bool 0) or vector(0)',
      bad: '== 1',
      words: ['yes', 'no'],
    }),
    alertStat({
      alert: 'SignaturesRefused',
      title: 'Signatures refused',
      description:
        'Sign-up events within a quarter of an hour that are not authentic, of the source with the most.',
      unit: 'none',
      expr: `max(sum by (source) (increase(${REFUSED}{source!="none"}[15m]))) or vector(0)`,
      bad: '> 10',
    }),
    alertStat({
      alert: 'EventSourceSilent',
      title: 'Silent sources',
      description:
        'Sources of sign-up events that sent more than twenty on the same day a week ago, and none for a day.',
      unit: 'none',
      expr: `count((sum by (source) (increase(${ACCEPTED_EVENTS}[1d] offset 7d)) > 20) unless on (source) (sum by (source) (increase(${ACCEPTED_EVENTS}[1d])) > 0)) or vector(0)`,
      bad: '> 0',
    }),
  ],
};

export const AR24_AND_DOORS: Definition = {
  name: 'ar24-and-doors',
  title: 'AR24 and doors',
  description:
    "Everything that comes in and goes out: AR24, the partner's server, API, page, webhooks, sign-up events.",
  rows: [WRONG_NOW, AR24, NOTIFICATIONS, GATEWAY, ENCRYPTION],
};
