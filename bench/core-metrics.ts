/**
 * The calls of workers to Temporal, by the SDK's counters. A history shows neither heartbeats nor the attempts
 * of an activity that was cancelled.
 */
import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { freePort } from '../devserver/index.ts';

export interface WorkerCalls {
  /** Activity attempts that a worker completed, failed or cancelled. */
  readonly activityTries: number;
  /** Heartbeats that reached the server. */
  readonly heartbeats: number;
}

/**
 * Makes the SDK count, until its last connection is closed.
 *
 * @returns a function that reads the counters; call it while a connection is open
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
