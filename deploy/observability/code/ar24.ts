/** Row of the dashboard "AR24 and doors": our calls to AR24. */
import type { Row } from './dashboard.ts';
import { bars, lines, HOURLY } from './panels.ts';
import {
  counted,
  named,
  ofExporter,
  orZero,
  perHour,
  perSecond,
  quantile,
  withZero,
} from './queries.ts';

export const AR24: Row = {
  title: 'AR24',
  panels: [
    lines({
      title: 'Calls, by result',
      description:
        'Calls to AR24 a second. refused: AR24 understood the call and said no; stopped: ended by us before an answer.',
      unit: 'cps',
      stacked: true,
      queries: [perSecond('onboarding_ar24_requests_total', 'result')],
    }),
    lines({
      title: 'Calls, by route',
      description: 'Calls to AR24 a second, by what they do.',
      unit: 'cps',
      stacked: true,
      queries: [perSecond('onboarding_ar24_requests_total', 'method', 'route')],
    }),
    lines({
      title: 'How long AR24 takes',
      description: 'What nineteen of twenty calls do not exceed, without our own rate limit.',
      unit: 's',
      queries: [quantile(0.95, 'onboarding_ar24_request_seconds', ['method', 'route'])],
    }),
    bars({
      title: "AR24's reasons",
      description:
        'What AR24 answered to calls that it refused, in the chosen time. other: a reason that this project does not know.',
      unit: 'short',
      query: orZero(counted('onboarding_ar24_requests_total{slug!="none"}', 'slug')),
    }),
    lines({
      title: 'Calls stopped for all',
      description:
        '1 while a worker makes no calls, because AR24 refused one for a reason that holds for all; and while an operator has paused the writes.',
      unit: 'none',
      max: 1,
      queries: [
        orZero({ expr: 'max by (kind) (onboarding_ar24_circuit_open)', legend: '{{kind}}' }),
        named('writes paused', ofExporter('onboarding_ar24_writes_paused')),
      ],
    }),
    lines({
      title: 'Mails that AR24 sends for us',
      description:
        'Calls an hour by which AR24 mails a person. unknown: the answer was lost, so that the mail may be sent twice.',
      unit: HOURLY,
      stacked: true,
      queries: withZero(perHour('onboarding_ar24_mails_total', 'kind', 'sent')),
    }),
    lines({
      title: 'Calls that wait in a worker',
      width: 12,
      description:
        'For the rate limiter, or while calls are stopped. A number that stays high: AR24_MAX_CALLS_PER_SECOND is too low, or AR24 is away.',
      unit: 'short',
      queries: [named('waiting', { expr: 'sum(onboarding_ar24_calls_waiting)' })],
    }),
    lines({
      title: 'How long calls wait in a worker',
      width: 12,
      description:
        'What nineteen of twenty calls do not exceed. poll: nobody waits for it at a screen, so it goes last.',
      unit: 's',
      queries: [quantile(0.95, 'onboarding_ar24_call_wait_seconds', ['work'])],
    }),
  ],
};
