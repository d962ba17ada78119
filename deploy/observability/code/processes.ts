/** The row of the dashboard of workers about all processes: memory, CPU, versions, certificates. */
import type { Row } from './dashboard.ts';
import { bars, lines } from './panels.ts';
import { named, ofExporter } from './queries.ts';

/** A worker has two addresses with the same host, so the reader chooses among hosts. */
export const HOST = '{instance=~"$host:.+"}';
const PROCESS = '{job=~"onboarding-.+", instance=~"$host:.+"}';
const OF_PROCESS = '{{job}} {{instance}}';

export const PROCESSES: Row = {
  title: 'Processes',
  panels: [
    lines({
      title: 'Memory',
      description: 'Resident memory of each process. docs/figures.md has what is usual.',
      unit: 'bytes',
      queries: [{ expr: `process_resident_memory_bytes${PROCESS}`, legend: OF_PROCESS }],
    }),
    lines({
      title: 'Heap of JavaScript',
      description:
        'If it grows for days, something leaks. If it does not, and the memory does, it is outside of V8.',
      unit: 'bytes',
      queries: [{ expr: `nodejs_heap_size_used_bytes${PROCESS}`, legend: OF_PROCESS }],
    }),
    lines({
      title: 'CPU',
      description: 'Cores that each process uses.',
      unit: 'short',
      queries: [
        { expr: `rate(process_cpu_seconds_total${PROCESS}[$__rate_interval])`, legend: OF_PROCESS },
      ],
    }),
    lines({
      title: 'Event loop',
      description:
        'How late timers are at worst, of 99 %. Above a second, requests and heartbeats are late.',
      unit: 's',
      queries: [{ expr: `nodejs_eventloop_lag_p99_seconds${PROCESS}`, legend: OF_PROCESS }],
    }),
    lines({
      title: 'Read by Prometheus',
      description: '1 for each address that Prometheus could read, 0 if not.',
      unit: 'none',
      max: 1,
      queries: [{ expr: `up${PROCESS}`, legend: OF_PROCESS }],
    }),
    bars({
      title: 'Versions',
      description:
        'How many processes of each version run. Two versions: a deployment is in progress, or stuck.',
      unit: 'none',
      query: {
        expr: `count by (job, version, node) (onboarding_build_info${HOST})`,
        legend: '{{job}} {{version}}, Node {{node}}',
      },
    }),
    lines({
      title: 'Workers',
      description:
        'Workers to which Temporal gives new onboardings. More than Prometheus reads: it misses some. Fewer, for over two minutes: their version is not current.',
      unit: 'short',
      queries: [
        named('get onboardings', ofExporter('onboarding_workers')),
        named('read by Prometheus', {
          expr: 'count(up{job="onboarding-worker"} == 1) or vector(0)',
        }),
      ],
    }),
    bars({
      title: 'Certificates',
      description:
        'How long certificates of the connection to Temporal are still valid. Only with TLS.',
      unit: 's',
      noValue: 'no TLS, so no certificates',
      query: {
        expr: 'min by (of) (onboarding_tls_certificate_expiry_timestamp_seconds) - time()',
        legend: '{{of}}',
      },
    }),
    bars({
      title: 'Patches',
      description:
        'Workers that have activated each patch of the workflow code (docs/changing-workflows.md), once an onboarding reached it. None for a version without patches.',
      unit: 'none',
      noValue: 'no patch was reached',
      query: { expr: `sum by (patch) (onboarding_patch_active${HOST})`, legend: '{{patch}}' },
    }),
  ],
};
