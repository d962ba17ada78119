/**
 * A gateway in a process of its own, made as `onboard gateway` makes it: answers every message of its
 * parent with the memory it holds. Run by node with --expose-gc.
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
export type MemoryQuestion = 'now' | 'live';

export interface GatewayMemory {
  readonly rssBytes: number;
  readonly heapUsedBytes: number;
}

// No orphans, however the parent ended.
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
process.on('message', (question: MemoryQuestion) => {
  if (question === 'live') globalThis.gc?.();
  const { rss: rssBytes, heapUsed: heapUsedBytes } = process.memoryUsage();
  tell({ rssBytes, heapUsedBytes });
});
tell({ url: gateway.url });

function tell(message: GatewayIsUp | GatewayMemory): void {
  process.send?.(message);
}
