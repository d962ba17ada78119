import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import { blankAccount } from '../../simulator/state/account.ts';
import { readStateFile } from '../../simulator/state/read-state-file.ts';
import { Records } from '../../simulator/state/records.ts';
import { EMPTY } from '../../simulator/state/snapshot.ts';
import { StateFile } from '../../simulator/state/state-file.ts';
import { temporaryFolder } from '../devserver/temporary-folder.ts';

test('a reset while the file is being rewritten is not lost', async () => {
  const path = join(await temporaryFolder(), 'state.json');
  const records = new Records(EMPTY);
  const file = new StateFile(path, records);
  records.storeIn(file);
  records.putAccount(blankAccount('1001', 'before@example.org', new Date()));
  // The first write rewrites the file; it has started here.
  const written = file.settled();
  records.reset();
  await written;
  await file.close();
  await expect(readStateFile(path)).resolves.toEqual(EMPTY);
});
