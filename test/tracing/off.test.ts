/** Traces are off without a collector, and a collector that is away harms nothing. */
import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { trace } from '@opentelemetry/api';
import { pino } from 'pino';
import { freePort } from '../../devserver/port.ts';
import { startTracing } from '../../tracing/index.ts';

const LOADED = fileURLToPath(new URL('print-loaded.ts', import.meta.url));

test('without a collector neither worker nor gateway loads the libraries of traces', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [LOADED], {
    maxBuffer: 64 * 1_024 * 1_024,
  });
  const { loaded, isOff } = JSON.parse(stdout) as { loaded: readonly string[]; isOff: boolean };
  expect(isOff).toBe(true);
  expect(loaded.some((url) => url.endsWith('/gateway/server.ts'))).toBe(true);
  // The interface alone does nothing, and Temporal's SDK loads it too.
  const libraries = /@opentelemetry\/(?!api\/)|interceptors-opentelemetry|\/tracing\/index\.ts$/;
  expect(loaded.filter((url) => libraries.test(url))).toEqual([]);
});

test('a collector that is away costs some traces, a warning and five seconds at the end', async () => {
  const lines: string[] = [];
  const logger = pino({}, { write: (line) => void lines.push(line) });
  const tracing = startTracing({
    service: 'a-service',
    endpoint: `http://127.0.0.1:${await freePort()}`,
    headers: {},
    logger,
  });
  const answer = trace.getTracer('a test').startActiveSpan('work', (span) => {
    span.end();
    return 'done';
  });
  expect(answer).toBe('done');
  const began = performance.now();
  await tracing.stop();
  expect(performance.now() - began).toBeLessThan(30_000);
  expect(lines.length).toBeLessThanOrEqual(2);
});
