/** The metrics of calls to AR24 and of deliveries to the partner's server. */
import { SpanKind, trace } from '@opentelemetry/api';
import type { MetricMeter } from '@temporalio/common';
import { ENDPOINTS, isAr24Error, KNOWN_SLUGS, type Endpoint } from '../ar24/index.ts';
import type { MetricDefinitions } from '../metrics/definition.ts';
import { processRecorder } from '../metrics/sdk.ts';
import { PRIORITY } from '../workflows/contract/index.ts';
import { AR24_PROBLEM_KINDS, problemKindOf } from './failure.ts';

const ROUTES = {
  method: [...new Set(Object.values(ENDPOINTS).map(({ method }) => method))],
  route: [...new Set(Object.values(ENDPOINTS).map(({ route }) => route))],
} as const;
const WORK = ['interactive', 'bulk', 'poll', 'other'] as const;
/** The kinds of failure that open the circuit. */
const OPENING = ['credentials', 'throttled', 'maintenance'] as const;
type Opening = (typeof OPENING)[number];
const NO_SLUG = 'none';
const OTHER_SLUG = 'other';

export const AR24_METRICS = {
  onboarding_ar24_requests_total: {
    type: 'counter',
    help: "Calls to AR24 by their result. refused: AR24 understood the call and said no; stopped: ended by us, before an answer; slug: AR24's reason",
    unit: 'calls',
    labels: {
      ...ROUTES,
      result: ['ok', 'refused', ...AR24_PROBLEM_KINDS, 'stopped'],
      slug: [NO_SLUG, ...KNOWN_SLUGS, OTHER_SLUG],
    },
  },
  onboarding_ar24_request_seconds: {
    type: 'histogram',
    help: 'How long calls to AR24 took, without the wait for the rate limiter',
    unit: 'seconds',
    labels: ROUTES,
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
  },
  onboarding_ar24_circuit_open: {
    type: 'gauge',
    help: '1 while this worker makes no calls, because AR24 refused one for a reason that holds for all',
    unit: '0 or 1',
    labels: { kind: OPENING },
  },
  onboarding_ar24_calls_waiting: {
    type: 'gauge',
    help: 'Calls that wait in this worker for the rate limiter or a probe',
    unit: 'calls',
    labels: {},
  },
  onboarding_ar24_call_wait_seconds: {
    type: 'histogram',
    help: 'How long calls waited in this worker. poll: nobody waits for it at a screen',
    unit: 'seconds',
    labels: { work: WORK },
    buckets: [0.01, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 600],
  },
} as const satisfies MetricDefinitions;

export const DELIVERY_METRICS = {
  onboarding_notification_attempts_total: {
    type: 'counter',
    help: "Requests to the partner's server. refused: another status than 2xx and 410; refused-target: the address is private; not-set-up: this worker has no address for notifications",
    unit: 'requests',
    labels: {
      result: [
        ...['accepted', 'gone', 'refused', 'refused-target', 'too-slow', 'unreachable'],
        ...['stopped', 'not-set-up'],
      ],
    },
  },
  onboarding_notification_attempt_seconds: {
    type: 'histogram',
    help: "How long the partner's server took to answer",
    unit: 'seconds',
    labels: {},
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
  },
} as const satisfies MetricDefinitions;

export interface Ar24Metrics {
  /** Measures one call. @param run gets the function that the client calls with the route */
  measure<T>(run: (onCall: (endpoint: Endpoint) => void) => Promise<T>): Promise<T>;
  /** A call waits. @param priority Temporal's priority key @returns ends the wait; called again it does nothing */
  wait(priority: number | undefined): () => void;
  /** @param kind why the circuit is open; null: it is closed */
  readonly circuit: (kind: Opening | null) => void;
}

export function createAr24Metrics(meter: MetricMeter): Ar24Metrics {
  const record = processRecorder(meter, AR24_METRICS);
  let waiting = 0;
  const showWaiting = (by: number) => {
    waiting += by;
    record('onboarding_ar24_calls_waiting', {}, waiting);
  };
  const circuit: Ar24Metrics['circuit'] = (open) => {
    for (const kind of OPENING) record('onboarding_ar24_circuit_open', { kind }, +(kind === open));
  };
  showWaiting(0);
  circuit(null);
  return {
    async measure(run) {
      let call: Call | undefined;
      const ended = (result: Result, slug: string = NO_SLUG) => {
        if (call === undefined) return;
        const { method, route } = call.endpoint;
        const seconds = (performance.now() - call.began) / 1000;
        record('onboarding_ar24_requests_total', { method, route, result, slug });
        record('onboarding_ar24_request_seconds', { method, route }, seconds);
        traceCall(call, result, slug);
      };
      try {
        // Not before: a write first looks for a pause, which is Temporal's time, and not AR24's.
        const answer = await run((endpoint) => (call = { endpoint, began: performance.now() }));
        ended('ok');
        return answer;
      } catch (error) {
        ended(resultOf(error), slugOf(error));
        throw error;
      }
    },
    wait(priority) {
      const began = performance.now();
      let isOver = false;
      showWaiting(1);
      return () => {
        if (isOver) return;
        isOver = true;
        showWaiting(-1);
        const seconds = (performance.now() - began) / 1000;
        record('onboarding_ar24_call_wait_seconds', { work: workOf(priority) }, seconds);
      };
    },
    circuit,
  };
}

interface Call {
  readonly endpoint: Endpoint;
  /** Milliseconds of `performance.now()`. */
  readonly began: number;
}

/** Does nothing without tracing. AR24 itself gets no trace: it is none of its business. */
function traceCall({ endpoint, began }: Call, result: Result, slug: string): void {
  const { method, route } = endpoint;
  trace
    .getTracer('sender-onboarding')
    .startSpan(`AR24 ${method} ${route}`, {
      kind: SpanKind.CLIENT,
      startTime: performance.timeOrigin + began,
      attributes: { 'ar24.result': result, 'ar24.slug': slug },
    })
    .end();
}

type Result = (typeof AR24_METRICS)['onboarding_ar24_requests_total']['labels']['result'][number];

function resultOf(error: unknown): Result {
  if (!isAr24Error(error)) return 'stopped';
  return error.kind === 'refused' ? 'refused' : problemKindOf(error);
}

/** A slug that is not known is AR24's text, and so no label. */
function slugOf(error: unknown): string {
  if (!isAr24Error(error) || !('slug' in error) || error.slug === undefined) return NO_SLUG;
  return KNOWN_SLUGS.includes(error.slug) ? error.slug : OTHER_SLUG;
}

function workOf(priority: number | undefined): (typeof WORK)[number] {
  const { interactive, bulk, poll } = PRIORITY;
  switch (priority) {
    case interactive:
      return 'interactive';
    case bulk:
      return 'bulk';
    case poll:
      return 'poll';
    default:
      return 'other';
  }
}
