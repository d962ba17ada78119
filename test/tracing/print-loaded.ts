/** Run as a program: prints the modules that worker and gateway load, and whether traces are off without a collector. */
import { registerHooks } from 'node:module';
import { pino } from 'pino';

const loaded: string[] = [];
registerHooks({
  load(url, context, next) {
    loaded.push(url);
    return next(url, context);
  },
});
const { tracingOf } = await import('../../cli/tracing.ts');
await import('../../cli/worker/start.ts');
await import('../../cli/gateway/start.ts');
const none = { OTEL_EXPORTER_OTLP_ENDPOINT: undefined, OTEL_EXPORTER_OTLP_HEADERS: undefined };
const isOff = (await tracingOf('a-service', none, pino())) === undefined;
process.stdout.write(JSON.stringify({ loaded, isOff }), () => process.exit());
