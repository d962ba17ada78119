/**
 * What workers really asked of Temporal, by the SDK's own counters: the tries of an activity that
 * was cancelled in the end, and heartbeats, leave no trace in a history.
 */
import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { freePort } from '../devserver/index.ts';

export interface WorkerCalls {
  /** Activity tries that a worker answered: completed, failed or cancelled. */
  readonly activityTries: number;
  /** Heartbeats that reached the server. */
  readonly heartbeats: number;
}

/**
 * Has the SDK count, from now until its last connection is closed.
 *
 * @returns reads the counters; call it while a connection is still open
 */
export async function countWorkerCalls(): Promise<() => Promise<WorkerCalls>> {
  const port = await freePort();
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: {
      logging: { filter: 'ERROR' },
      metrics: { prometheus: { bindAddress: `127.0.0.1:${port}` } },
    },
  });
  return async () => {
    const metrics = await read(`http://127.0.0.1:${port}/metrics`);
    const of = (...operations: readonly string[]) =>
      operations.reduce((sum, operation) => sum + requests(metrics, operation), 0);
    return {
      activityTries: of(
        'RespondActivityTaskCompleted',
        'RespondActivityTaskFailed',
        'RespondActivityTaskCanceled',
      ),
      heartbeats: of('RecordActivityTaskHeartbeat'),
    };
  };
}

function read(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (answer) => {
      text(answer).then(resolve, reject);
    }).on('error', reject);
  });
}

/** Sum of `temporal_request{operation="…"}` over its other labels. */
function requests(metrics: string, operation: string): number {
  const line = new RegExp(`^temporal_request\\{[^}]*operation="${operation}"[^}]*\\} (\\d+)`, 'gm');
  return [...metrics.matchAll(line)].reduce((sum, [, value]) => sum + Number(value), 0);
}
