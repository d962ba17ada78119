import { expect, test } from '@jest/globals';
import { Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { execFile } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { findTemporalCli, startDevServer } from '../../devserver/index.ts';
import { ATTRIBUTES } from '../../workflows/contract/names.ts';
import { temporaryFolder } from '../devserver/temporary-folder.ts';
import { PROJECT } from './compose-file.ts';

const { IndexedValueType } = temporal.api.enums.v1;

test('the set-up job makes the namespace and all search attributes, and changes the retention', async () => {
  const folder = await temporaryFolder();
  const cliPath = await findTemporalCli(() => undefined);
  await symlink(cliPath, join(folder, 'temporal'));
  const server = await startDevServer({
    cliPath,
    port: 0,
    uiPort: 'no-ui',
    searchAttributes: [],
    logFile: join(folder, 'server.log'),
  });
  const connection = await Connection.connect({ address: server.address });
  try {
    const environment = {
      PATH: [folder, process.env['PATH']].join(delimiter),
      HOME: folder,
      TEMPORAL_ADDRESS: server.address,
      TEMPORAL_NAMESPACE: 'ours',
    };
    const script = join(PROJECT, 'deploy/temporal/set-up-namespace.sh');
    const setUp = async (more: object): Promise<number> => {
      await promisify(execFile)('/bin/sh', [script], { env: { ...environment, ...more } });
      const { config } = await connection.workflowService.describeNamespace({ namespace: 'ours' });
      return Number(config?.workflowExecutionRetentionTtl?.seconds) / 86_400;
    };
    expect(await setUp({})).toBe(30);
    expect(await setUp({ ONBOARDING_RETENTION_DAYS: '14' })).toBe(14);

    const { customAttributes } = await connection.operatorService.listSearchAttributes({
      namespace: 'ours',
    });
    for (const { name, type } of Object.values(ATTRIBUTES)) {
      const registered = customAttributes[name];
      expect([name, registered === undefined ? '' : IndexedValueType[registered]]).toEqual([
        name,
        `INDEXED_VALUE_TYPE_${type}`,
      ]);
    }
  } finally {
    await connection.close();
    await server.stop();
  }
});
