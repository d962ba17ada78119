/**
 * A gateway in its own process, started like `onboard gateway`. It answers every message of its parent with
 * its memory use. Run by node with --expose-gc.
 */
import { pino } from 'pino';
import {
  EnvironmentError,
  type EnvironmentFault,
} from '../../cli/environment/environment-error.ts';
import { gatewaySettings } from '../../cli/gateway/settings.ts';
import { startGatewayHere } from '../../cli/gateway/start.ts';
import { createLogger } from '../../worker/logging.ts';

export interface GatewayIsUp {
  readonly url: string;
}

/** `live`: collects the garbage first. */
export type GatewayQuestion = 'now' | 'live';

export interface GatewayMemory {
  readonly rssBytes: number;
  readonly heapUsedBytes: number;
}

// Ends with its parent.
process.on('disconnect', () => process.exit());

const [, , address = ''] = process.argv;
const faults: EnvironmentFault[] = [];
const settings = gatewaySettings(process.env, faults);
if (settings === undefined) throw new EnvironmentError(faults);
const gateway = await startGatewayHere({
  server: { connection: { address }, namespace: 'default' },
  settings,
  logger: createLogger('info', pino.destination(2)),
});
process.on('message', (question: GatewayQuestion) => {
  if (question === 'live') globalThis.gc?.();
  const { rss: rssBytes, heapUsed: heapUsedBytes } = process.memoryUsage();
  send({ rssBytes, heapUsedBytes });
});
send({ url: gateway.url });

function send(message: GatewayIsUp | GatewayMemory): void {
  process.send?.(message);
}
