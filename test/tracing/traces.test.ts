/** A sign-up is one trace, from the partner's call to AR24 and back; a webhook is another. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { workflowIdOf } from '../../workflows/contract/index.ts';
import { aReference, anAddress, reaches } from '../client/onboardings.ts';
import { useRunningSystem } from '../cli/running-system.ts';
import { startMeasured, WEBHOOK_SECRET, type Measured } from '../metrics/system.ts';
import { startAlteredAr24, type AlteredAr24, type Ar24Call } from '../support/altered-ar24.ts';
import { eventually } from '../support/eventually.ts';
import { Person } from '../support/person.ts';
import { startCollector, type Collector, type Span } from './collector.ts';

const here = useRunningSystem();
const CALLER = '4bf92f3577b34da6a3ce929d0e0e4736';
/** Of which one in a hundred is traced. */
const REPEATED = 30;
const reference = aReference();
const email = anAddress();

let collector: Collector;
let measured: Measured;
let ar24: AlteredAr24;
const calls: Ar24Call[] = [];

beforeAll(async () => {
  collector = await startCollector();
  ar24 = await startAlteredAr24(here.testEnv.simulator, undefined, (call) => calls.push(call));
  measured = await startMeasured(here, {
    AR24_BASE_URL: ar24.apiUrl,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'api-key=of the collector',
  });
  const { simulator } = here.testEnv;
  simulator.createAccount({ email });
  await eventually(
    'started',
    () =>
      fetch(new URL(`/onboardings/${reference}`, measured.gatewayUrl), {
        method: 'PUT',
        headers: {
          authorization: `Bearer ${measured.apiKey}`,
          'content-type': 'application/json',
          traceparent: `00-${CALLER}-00f067aa0ba902b7-01`,
          tracestate: 'crm=jeanne.martin@example.org',
          baggage: 'person=jeanne.martin@example.org',
        },
        body: JSON.stringify({ email }),
      }),
    ({ status }) => status === 202,
  );
  await reaches(here.client, reference, 'awaiting-attachment');
  await new Person(simulator, email).acceptsAccess();
  const webhook = new URL(`/webhooks/ar24/${WEBHOOK_SECRET}`, measured.gatewayUrl);
  await fetch(webhook, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email }),
  });
  await reaches(here.client, reference, 'ready');
  for (let times = 0; times < REPEATED; times++) {
    await fetch(new URL('/s/no-link/state', measured.gatewayUrl));
  }
  await eventually(
    'notified of the end',
    () => Promise.resolve(measured.partner.tries.at(-1)?.view.status),
    (status) => status === 'ready',
  );
  await measured.partner.close();
});

afterAll(async () => {
  await ar24.stop();
  await collector.stop();
});

const found = (what: string, matches: (span: Span) => boolean): Promise<Span> =>
  eventually(
    what,
    () => Promise.resolve(collector.spans().find(matches)),
    (span) => span !== undefined,
  ).then((span) => span as Span);

/** The names of a span and of those that led to it, of this service and of others. */
function pathTo(span: Span): readonly string[] {
  const above = collector.spans().find(({ spanId }) => spanId === span.parentSpanId);
  return [...(above ? pathTo(above) : []), `${span.service}: ${span.name}`];
}

test("a sign-up continues the caller's trace, over Temporal, to the call to AR24", async () => {
  const call = await found(
    'the call',
    ({ traceId, name }) => traceId === CALLER && name.startsWith('AR24 POST'),
  );
  await found('the request', ({ name }) => name === 'PUT /onboardings/:reference');
  expect(pathTo(call)).toEqual([
    'onboarding-gateway: PUT /onboardings/:reference',
    expect.stringMatching('^onboarding-gateway: handler'),
    expect.stringMatching('^onboarding-gateway: (Start|UpdateWithStart|SignalWithStart)'),
    'onboarding-worker: RunActivity:requestAccess',
    'onboarding-worker: AR24 POST /user/request_access',
  ]);
});

test('a poll, which is repeated for weeks, is not in the trace of the sign-up', () => {
  const polls = collector.spans().filter(({ name }) => name.includes('awaitChange'));
  expect(polls.filter(({ traceId }) => traceId === CALLER)).toEqual([]);
});

test('a webhook begins a trace of its own', async () => {
  const webhook = await found('the webhook', ({ name }) => name.startsWith('POST /webhooks/ar24/'));
  expect(webhook.parentSpanId ?? '').toBe('');
  expect(webhook.traceId).not.toBe(CALLER);
});

test('health checks are no traces', () => {
  expect(collector.spans().filter(({ name }) => /^GET \/(live|ready)/.test(name))).toEqual([]);
});

test('neither AR24 nor the partner gets the ids of a trace', () => {
  const received = [...calls.map(({ headers }) => headers), ...measured.partner.headers];
  expect(calls.length).toBeGreaterThan(1);
  expect(measured.partner.headers.length).toBeGreaterThan(1);
  for (const headers of received) {
    expect(Object.keys(headers)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(traceparent|tracestate|baggage|b3)$/)]),
    );
  }
});

test('what an open page repeats every few seconds is hardly ever traced', () => {
  const states = collector.spans().filter(({ name }) => name === 'GET /s/:token/state');
  expect(states.length).toBeLessThan(REPEATED / 3);
});

test('traces hold no person, no key and no secret of a path', () => {
  expect(collector.text()).not.toMatch(/example\.org|jeanne/i);
  expect(collector.text()).not.toContain(WEBHOOK_SECRET);
  expect(collector.text()).not.toContain(measured.apiKey);
});

test("each export carries the collector's headers", () => {
  expect(collector.headers().length).toBeGreaterThan(0);
  for (const sent of collector.headers()) expect(sent['api-key']).toBe('of the collector');
});

test("Temporal stores the trace's ids, and nothing else that the caller sent", async () => {
  const { temporal } = here.testEnv;
  const handle = temporal.workflow.getHandle(workflowIdOf(reference));
  const { events } = await handle.fetchHistory();
  const headers = (events ?? []).flatMap((event) => {
    const fields = [
      event.workflowExecutionStartedEventAttributes?.header?.fields,
      event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.header?.fields,
      event.activityTaskScheduledEventAttributes?.header?.fields,
    ];
    return fields.flatMap((one) => Object.values(one ?? {}));
  });
  expect(headers.length).toBeGreaterThan(0);
  for (const { data } of headers) {
    expect(JSON.parse(Buffer.from(data ?? []).toString('utf8'))).toEqual({
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/),
    });
  }
});
