/** The dashboard of onboardings: who waits for what, who is stuck, who becomes ready. */
import type { Definition } from './dashboard.ts';
import { alertStat, bars, firing, lines, HOURLY } from './panels.ts';
import {
  counted,
  named,
  numbersOf,
  ofExporter,
  orZero,
  perHour,
  quantile,
  withZero,
} from './queries.ts';

const ALERTS = [
  'Stuck',
  'ManyStuck',
  'Broken',
  'AwaitsOperator',
  'NobodyBecomesReady',
  'ExporterStale',
] as const;
const PROBLEMS = 'sum(max by (kind) (onboarding_open_with_problem{age="over_1h",kind!="paused"}))';

export const ONBOARDINGS: Definition = {
  name: 'onboardings',
  title: 'onboardings',
  description: 'Who waits for what, who is stuck and why, and how onboardings end.',
  rows: [
    {
      title: 'What is wrong now (a click on a number opens its runbook)',
      panels: [
        firing(ALERTS),
        alertStat({
          alert: 'Stuck',
          title: 'Problem for over an hour',
          description:
            'Onboardings that have had a problem for over an hour, without those that wait for the end of a pause. `onboard list --stuck` names them.',
          unit: 'none',
          expr: PROBLEMS,
          bad: '> 0',
        }),
        alertStat({
          alert: 'ManyStuck',
          title: 'Share with a problem',
          description:
            'Open onboardings that have had a problem for over an hour, of all that are open. Above 5 % something is wrong for everybody, not for single senders. 0 where there are fewer than five; without those that wait for the end of a pause.',
          unit: 'percentunit',
          expr: `${PROBLEMS} / clamp_min(sum(max by (status) (onboarding_open)), 1) * (${PROBLEMS} >= bool 5)`,
          bad: '> 0.05',
        }),
        alertStat({
          alert: 'Broken',
          title: 'Broken within an hour',
          description:
            'Onboardings that ended without an outcome within an hour, and open ones whose workflow tasks fail. Nobody is notified of them.',
          unit: 'none',
          expr: 'max(onboarding_failed) - min(min_over_time(onboarding_failed[1h])) + (max(onboarding_failing_tasks) or vector(0))',
          bad: '> 0',
        }),
        alertStat({
          alert: 'AwaitsOperator',
          title: 'Wait for an operator',
          description:
            'Onboardings with a question to an operator, whatever else is outstanding: `onboard list --waiting-for operator`.',
          unit: 'none',
          expr: 'max(onboarding_open_with_question)',
          bad: '> 0',
        }),
        alertStat({
          alert: 'NobodyBecomesReady',
          title: 'Senders become ready',
          description:
            'Says no if nobody became ready within a day, although more than 50 people signed up in the first 18 hours of it.',
          unit: 'none',
          expr: '(sum(increase(onboarding_ended_total{outcome="ready"}[1d])) == bool 0 and sum(increase(onboarding_started_total[18h] offset 6h)) > 50) or vector(0)',
          bad: 'at 1',
          words: ['yes', 'no'],
        }),
        alertStat({
          alert: 'ExporterStale',
          title: 'Age of these counts',
          description:
            'Since when the counts of open onboardings have not been read, by the exporter that is behind most. After five minutes it shows none, and panels about open onboardings are empty.',
          unit: 's',
          expr: 'time() - min(onboarding_exporter_last_success_timestamp_seconds)',
          bad: '> 300',
          noValue: 'no exporter',
        }),
      ],
    },
    {
      title: 'Open onboardings',
      panels: [
        lines({
          title: 'Open, by status',
          description: 'All open onboardings, by what they wait for.',
          unit: 'short',
          stacked: true,
          queries: [ofExporter('onboarding_open', 'status')],
        }),
        bars({
          title: 'Open now, by status',
          description: 'The same as at the end of the chosen time.',
          unit: 'short',
          query: sorted(ofExporter('onboarding_open', 'status')),
        }),
        bars({
          title: 'Open without a change',
          description:
            'Open onboardings whose status, and what is outstanding, has not changed for so long. Each is also in the shorter ages.',
          unit: 'short',
          query: sorted(ofExporter('onboarding_open_unchanged', 'age')),
        }),
        lines({
          title: 'With a problem, by kind',
          description:
            'Open onboardings with a problem, however short. A short peak is a retry; a line that stays is what the runbooks are about.',
          unit: 'short',
          stacked: true,
          queries: [ofExporter('onboarding_open_with_problem{age="any"}', 'kind')],
        }),
        lines({
          title: 'With a problem, by age',
          description: 'Open onboardings whose problem has lasted for so long.',
          unit: 'short',
          queries: [
            named('{{age}}', {
              expr: 'sum by (age) (max by (kind, age) (onboarding_open_with_problem))',
            }),
          ],
        }),
        lines({
          title: 'Broken',
          description:
            'Ended by Temporal without an outcome, as long as Temporal keeps them; open ones whose workflow tasks fail (known only with Temporal 1.30 or newer). Both should be 0.',
          unit: 'short',
          queries: [
            named('ended without an outcome', ofExporter('onboarding_failed')),
            named('workflow tasks fail', orZero(ofExporter('onboarding_failing_tasks'))),
          ],
        }),
      ],
    },
    {
      title: 'From the sign-up to the outcome',
      panels: [
        lines({
          title: 'Begun, by door',
          description: 'Onboardings that begin, an hour, by the way in which they were requested.',
          unit: HOURLY,
          stacked: true,
          queries: [perHour('onboarding_started_total', 'door')],
        }),
        bars({
          title: 'Funnel',
          description: 'How many onboardings entered each status in the chosen time.',
          unit: 'short',
          query: counted('onboarding_status_entered_total', 'status'),
        }),
        lines({
          title: 'Outcomes',
          description: 'Onboardings that end, an hour, by outcome.',
          unit: HOURLY,
          stacked: true,
          queries: [perHour('onboarding_ended_total', 'outcome')],
        }),
        lines({
          title: 'Time to ready',
          description:
            'How long those who became ready within the last hour took from their sign-up: the faster half, and nine of ten.',
          unit: 's',
          noValue: 'nobody became ready within an hour',
          queries: [timeToReady(0.5), timeToReady(0.9)],
        }),
        bars({
          title: 'Time in each status',
          description:
            'How long half of the onboardings at most had a status, of those that left it in the chosen time.',
          unit: 's',
          query: named('{{status}}', {
            // Without statuses that nobody left.
            expr: `sort_desc(${quantile(0.5, 'onboarding_status_seconds', ['status'], '[$__range]').expr} >= 0)`,
          }),
        }),
        lines({
          title: 'Problems begin and end',
          description:
            'Problems an hour. If more begin than end, the number of onboardings with a problem grows.',
          unit: HOURLY,
          queries: [
            named('begin', perHour('onboarding_problems_total')),
            named('end', perHour('onboarding_problems_ended_total')),
          ],
        }),
      ],
    },
    {
      title: 'People',
      panels: [
        bars({
          title: 'Questions to an operator',
          description:
            'Questions that came up in the chosen time. docs/operating.md explains each.',
          unit: 'short',
          query: counted('onboarding_questions_total', 'question'),
        }),
        lines({
          title: 'Reminders',
          description:
            'Reminders an hour: by a mail of AR24, or by a notification that asks the partner to write to the person.',
          unit: HOURLY,
          queries: withZero(perHour('onboarding_reminders_total', 'what', 'by')),
        }),
        lines({
          title: 'Deadlines and erasures',
          description:
            'Open onboardings that expire within three days unless something changes, and erasures that are not complete.',
          unit: 'short',
          queries: [
            named('expire within three days', ofExporter('onboarding_open_deadline_within_3d')),
            named('erasures open', ofExporter('onboarding_erasures_open')),
          ],
        }),
      ],
    },
  ],
};

function timeToReady(share: number) {
  const histogram = 'onboarding_time_to_end_seconds{outcome="ready"}';
  return numbersOf(quantile(share, histogram, [], '[1h]'));
}

function sorted<Q extends { readonly expr: string }>(query: Q): Q {
  return { ...query, expr: `sort_desc(${query.expr})` };
}
