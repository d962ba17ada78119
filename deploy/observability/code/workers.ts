/** The dashboard of processes: whether workers keep up, what their slots and caches do, memory, event loop. */
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Definition, Row } from './dashboard.ts';
import { alertStat, DATASOURCE, firing, lines } from './panels.ts';
import { HOST, PROCESSES } from './processes.ts';
import { named, ofExporter, orZero, perSecond, quantile, withZero } from './queries.ts';

const ALERTS = [
  'NoWorker',
  'WorkflowTasksFail',
  'TemporalRequestsFail',
  'WorkflowQueueSlow',
  'WorkersBehind',
  'CertificateEnds',
  'ExporterStale',
];

/** A second, without those that fail by design. */
const failures = (counter: string): string =>
  `(sum(rate(${counter}{status_code!~"NOT_FOUND|ALREADY_EXISTS|CANCELLED"}[5m])) or vector(0))`;

const host: Builder<VariableModel> = new QueryVariableBuilder('host')
  .label('Host')
  .datasource(DATASOURCE)
  .query('label_values(up{job=~"onboarding-.+"}, instance)')
  .regex('/^(.+):\\d+$/')
  .refresh(VariableRefresh.OnTimeRangeChanged)
  .sort(VariableSort.AlphabeticalAsc)
  .multi(true)
  .includeAll(true)
  .current({ selected: true, text: ['All'], value: ['$__all'] })
  .allValue('.+');

const WRONG_NOW: Row = {
  title: 'What is wrong now, on all hosts (a click on a number opens its runbook)',
  panels: [
    firing(ALERTS),
    alertStat({
      alert: 'NoWorker',
      title: 'Workers that answer',
      description:
        'Workers whose metrics Prometheus could read. Without any, onboardings stand still; sign-ups are kept by Temporal.',
      unit: 'none',
      expr: 'count(up{job="onboarding-worker"} == 1) or vector(0)',
      bad: 'below 1',
    }),
    alertStat({
      alert: 'NoWorker',
      title: 'Workers that get onboardings',
      description:
        'Workers to which Temporal gives new onboardings. 0 although workers answer: they poll nothing, or their version is not current.',
      unit: 'none',
      expr: 'max(onboarding_workers)',
      bad: 'below 1',
      noValue: 'no exporter',
    }),
    alertStat({
      alert: 'WorkflowTasksFail',
      title: 'Workflow tasks that failed',
      description:
        'Within ten minutes. A bug, a build that does not fit the histories, or a missing key. A few may be retries.',
      unit: 'none',
      expr: 'sum(increase(temporal_workflow_task_execution_failed[10m])) or vector(0)',
      bad: '> 3',
    }),
    alertStat({
      alert: 'TemporalRequestsFail',
      title: 'Requests that fail',
      description:
        "The share of the workers' requests to Temporal that failed within five minutes, long polls included.",
      unit: 'percentunit',
      expr: `(${failures('temporal_request_failure')} + ${failures('temporal_long_request_failure')}) / clamp_min(sum(rate(temporal_request[5m])) + sum(rate(temporal_long_request[5m])), 0.001)`,
      bad: '> 0.1',
    }),
    alertStat({
      alert: 'WorkflowQueueSlow',
      title: 'Workflow tasks wait',
      description:
        'How long nineteen of twenty workflow tasks at most waited for a worker within five minutes.',
      unit: 'ms',
      expr: 'histogram_quantile(0.95, sum by (le) (rate(temporal_workflow_task_schedule_to_start_latency_bucket[5m]))) >= 0 or vector(0)',
      bad: '> 5000',
    }),
    alertStat({
      alert: 'WorkersBehind',
      title: 'Age of the oldest task',
      description:
        'How long the oldest task of onboardings, of their calls to AR24, or of notifications has waited for a worker. Polls are counted apart.',
      unit: 's',
      expr: 'max(onboarding_oldest_task_seconds)',
      bad: '> 3600',
    }),
    alertStat({
      alert: 'CertificateEnds',
      title: 'Next certificate ends in',
      description: 'Of the connection to Temporal: ours, or the one of the server. Only with TLS.',
      unit: 's',
      expr: 'min(onboarding_tls_certificate_expiry_timestamp_seconds) - time()',
      bad: '< 14 * 86400',
      noValue: 'no TLS',
    }),
    alertStat({
      alert: 'ExporterStale',
      title: "Age of the exporter's counts",
      description:
        'Since when the counts of open onboardings have not been read, by the exporter that is behind most. After five minutes it shows none.',
      unit: 's',
      expr: 'time() - min(onboarding_exporter_last_success_timestamp_seconds)',
      bad: '> 300',
      noValue: 'no exporter',
    }),
  ],
};

const TASKS: Row = {
  title: 'Do workers keep up?',
  panels: [
    lines({
      title: 'Workflow tasks wait for',
      description:
        'How long nineteen of twenty workflow tasks at most waited for a worker. Above some seconds: more workers, or more CPU.',
      unit: 'ms',
      queries: [
        quantile(0.95, `temporal_workflow_task_schedule_to_start_latency${HOST}`, ['task_queue']),
      ],
    }),
    lines({
      title: 'Activities wait for',
      description:
        'How long nineteen of twenty activities at most waited for a worker, by queue. Polls of AR24 wait on purpose where AR24_MAX_CALLS_PER_SECOND is low.',
      unit: 'ms',
      queries: [
        quantile(0.95, `temporal_activity_schedule_to_start_latency${HOST}`, ['task_queue']),
      ],
    }),
    lines({
      title: 'Oldest task',
      description:
        'How far all workers together are behind. Polls of AR24 are apart: they go last, and wait for its rate limit.',
      unit: 's',
      queries: [
        named('oldest task', ofExporter('onboarding_oldest_task_seconds')),
        named('polls', ofExporter('onboarding_polls_behind_seconds')),
      ],
    }),
    lines({
      title: 'Workflow tasks that fail',
      description: 'A second, by reason. Should be 0.',
      unit: 'cps',
      queries: [
        orZero(perSecond(`temporal_workflow_task_execution_failed${HOST}`, 'failure_reason')),
      ],
    }),
    lines({
      title: 'Activities that fail',
      description:
        'Attempts a second, by activity. awaitChange fails whenever AR24 shows no change yet: it is retried later.',
      unit: 'cps',
      queries: [orZero(perSecond(`temporal_activity_execution_failed${HOST}`, 'activity_type'))],
    }),
    lines({
      title: 'Requests to Temporal that fail',
      description:
        'A second, by operation. NOT_FOUND is usual: something ended meanwhile. UNAVAILABLE, or RESOURCE_EXHAUSTED: Temporal is away or limits us.',
      unit: 'cps',
      queries: [
        ...withZero(perSecond(`temporal_request_failure${HOST}`, 'operation', 'status_code')),
        named('long polls', orZero(perSecond(`temporal_long_request_failure${HOST}`))),
      ],
    }),
  ],
};

const SLOTS: Row = {
  title: 'Slots, cache, pollers',
  panels: [
    lines({
      title: 'Free slots',
      description:
        'How many more tasks each worker would take. At 0 for long, tasks wait although the machine may be idle.',
      unit: 'short',
      queries: [
        {
          expr: `min by (task_queue, worker_type) (temporal_worker_task_slots_available${HOST})`,
          legend: '{{task_queue}} {{worker_type}}',
        },
      ],
    }),
    lines({
      title: 'Used slots',
      description: 'Tasks that are being worked on.',
      unit: 'short',
      stacked: true,
      queries: [
        {
          expr: `sum by (task_queue, worker_type) (temporal_worker_task_slots_used${HOST})`,
          legend: '{{task_queue}} {{worker_type}}',
        },
      ],
    }),
    lines({
      title: 'Pollers',
      description: 'Open long polls, by queue and kind. 0: this queue is not served.',
      unit: 'short',
      queries: [
        {
          expr: `sum by (task_queue, poller_type) (temporal_num_pollers${HOST})`,
          legend: '{{task_queue}} {{poller_type}}',
        },
      ],
    }),
    lines({
      title: 'Workflows in the cache',
      description:
        'Onboardings that a worker holds in memory (ONBOARDING_MAX_CACHED_WORKFLOWS), the largest part of its memory.',
      unit: 'short',
      queries: [{ expr: `temporal_sticky_cache_size${HOST}`, legend: '{{instance}}' }],
    }),
    lines({
      title: 'Hits, misses and evictions of the cache',
      description:
        'A second. After a miss the whole history is read and replayed. Many evictions: the cache is too small.',
      unit: 'cps',
      queries: [
        named('hits', orZero(perSecond(`temporal_sticky_cache_hit${HOST}`))),
        named('misses', orZero(perSecond(`temporal_sticky_cache_miss${HOST}`))),
        named('evictions', orZero(perSecond(`temporal_sticky_cache_total_forced_eviction${HOST}`))),
      ],
    }),
    lines({
      title: 'Time of workflow tasks',
      description:
        'What nineteen of twenty workflow tasks, and replays of histories, do not exceed. It grows when the CPU is short.',
      unit: 'ms',
      queries: [
        named('task', quantile(0.95, `temporal_workflow_task_execution_latency${HOST}`)),
        named('replay', quantile(0.95, `temporal_workflow_task_replay_latency${HOST}`)),
      ],
    }),
  ],
};

export const WORKERS: Definition = {
  name: 'workers',
  title: 'workers',
  description: 'Whether workers keep up with Temporal, and how all processes are.',
  variables: [host],
  rows: [WRONG_NOW, TASKS, SLOTS, PROCESSES],
};
