import { expect, test } from '@jest/globals';
import { temporal } from '@temporalio/proto';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { fileURLToPath } from 'node:url';
import { dataConverter } from '../support/encryption.ts';
import { timeSkippingServer } from '../support/temporal.ts';

const { INDEXED_VALUE_TYPE_KEYWORD } = temporal.api.enums.v1.IndexedValueType;
const THIRTY_DAYS_MS = 30 * 24 * 60 * 60 * 1000;

Runtime.install({ logger: new DefaultLogger('ERROR') });

test('the test server skips a month and accepts our search attributes', async () => {
  const environment = await timeSkippingServer();
  try {
    await environment.connection.operatorService.addSearchAttributes({
      namespace: 'default',
      searchAttributes: { NapLength: INDEXED_VALUE_TYPE_KEYWORD },
    });
    const worker = await Worker.create({
      connection: environment.nativeConnection,
      dataConverter,
      taskQueue: 'naps',
      workflowsPath: fileURLToPath(new URL('./workflows/nap.ts', import.meta.url)),
    });
    const took: unknown = await worker.runUntil(
      environment.client.workflow.execute('nap', {
        taskQueue: 'naps',
        workflowId: 'nap',
        args: [THIRTY_DAYS_MS],
      }),
    );
    expect(took).toBeGreaterThanOrEqual(THIRTY_DAYS_MS);
  } finally {
    await environment.teardown();
  }
});
