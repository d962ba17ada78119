/** Rows of the dashboard "AR24 and doors": the gateway, notifications, encryption. */
import type { Row } from './dashboard.ts';
import { bars, lines, HOURLY } from './panels.ts';
import {
  counted,
  named,
  numbersOf,
  ofExporter,
  perHour,
  perSecond,
  quantile,
  withZero,
} from './queries.ts';

/** Probes of an orchestrator are no requests of people. */
export const PROBES = 'route!~"/ready|/live"';
export const REFUSED = 'onboarding_gateway_signatures_refused_total';

export const GATEWAY: Row = {
  title: 'Doors: API, page, webhooks, sign-up events',
  panels: [
    lines({
      title: 'Requests, by status',
      description: 'Requests to the gateway a second, without probes.',
      unit: 'reqps',
      stacked: true,
      queries: [perSecond(`onboarding_gateway_request_seconds_count{${PROBES}}`, 'status')],
    }),
    lines({
      title: 'How long requests take',
      description: 'What nineteen of twenty requests do not exceed, by route.',
      unit: 's',
      queries: [
        quantile(0.95, `onboarding_gateway_request_seconds{${PROBES}}`, ['method', 'route']),
      ],
    }),
    lines({
      title: 'Temporal out of reach',
      description: 'Uses of Temporal an hour that it did not answer in time, or refused.',
      unit: HOURLY,
      queries: [named('uses', perHour('onboarding_gateway_temporal_unavailable_total'))],
    }),
    lines({
      title: "AR24's webhooks",
      description:
        'An hour. hinted: an open onboarding reads AR24 at once; unknown: nobody open has this address. None at all for long: the source is silent.',
      unit: HOURLY,
      stacked: true,
      queries: [
        perHour('onboarding_gateway_webhooks_total', 'result'),
        named('refused', perHour('onboarding_gateway_webhooks_refused_total')),
      ],
    }),
    lines({
      title: 'Sign-up events',
      description:
        'Authentic events an hour, by source. ignored: of another type; unusable: a field is missing or invalid.',
      unit: HOURLY,
      stacked: true,
      queries: withZero(perHour('onboarding_gateway_events_total', 'source', 'result')),
    }),
    lines({
      title: 'Signatures refused, by source',
      description:
        'Events an hour that are not authentic. From a known source: its secret may have changed. From none: strangers.',
      unit: HOURLY,
      stacked: true,
      queries: withZero(perHour(REFUSED, 'source', 'why')),
    }),
    bars({
      title: "Views of the sender's page",
      description: 'In the chosen time, by what the page showed.',
      unit: 'short',
      query: counted('onboarding_gateway_page_visits_total', 'shows'),
    }),
    lines({
      title: 'Mails refused by the budget',
      description: 'An hour, by door: the address had all the mails that it may get in a day.',
      unit: HOURLY,
      stacked: true,
      queries: [perHour('onboarding_gateway_mail_budget_refused_total', 'door')],
    }),
    lines({
      title: 'Open streams of events',
      description: 'Pages and applications that follow an onboarding.',
      unit: 'short',
      queries: [named('{{instance}}', { expr: 'onboarding_gateway_streams_open' })],
    }),
  ],
};

export const NOTIFICATIONS: Row = {
  title: "Notifications to the partner's server",
  panels: [
    lines({
      title: 'Attempts',
      description:
        "Requests to the partner's server an hour. refused: another status than 2xx and 410; refused-target: its address is private.",
      unit: HOURLY,
      stacked: true,
      queries: [perHour('onboarding_notification_attempts_total', 'result')],
    }),
    lines({
      title: 'Notifications, by their end',
      description: 'An hour. overtaken: a newer one has replaced it; given-up: after three days.',
      unit: HOURLY,
      stacked: true,
      queries: [perHour('onboarding_notifications_total', 'result')],
    }),
    lines({
      title: 'How late the partner hears',
      description:
        "What nineteen of twenty do not exceed: from the change to the delivery, and the answer of the partner's server alone.",
      unit: 's',
      noValue: 'no notifications: none was due, or ONBOARDING_NOTIFY_URL is not set',
      queries: [
        named(
          'change to delivery',
          numbersOf(quantile(0.95, 'onboarding_notification_age_seconds')),
        ),
        named('answer', numbersOf(quantile(0.95, 'onboarding_notification_attempt_seconds'))),
      ],
    }),
  ],
};

export const ENCRYPTION: Row = {
  title: 'Encryption',
  panels: [
    lines({
      title: 'Payloads that cannot be decrypted',
      description: 'An hour. unknown-key: the process lacks the key; altered: changed or copied.',
      unit: HOURLY,
      queries: [perHour('onboarding_codec_failures_total', 'job', 'why')],
    }),
    lines({
      title: 'Keys in use',
      description:
        'Open workflows that need a key. A key with 0 may be removed 30 days after it last encrypted, and better after the retention (docs/encryption.md).',
      unit: 'short',
      stacked: true,
      queries: [ofExporter('onboarding_open_needing_key', 'key')],
    }),
    lines({
      title: 'Payloads encrypted',
      description: 'A second, by the key. After a change of keys only the new one should be here.',
      unit: 'cps',
      queries: [perSecond('onboarding_codec_encrypted_total', 'key')],
    }),
  ],
};
