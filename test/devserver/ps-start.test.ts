import { beforeEach, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { psStart } from '../../devserver/ps-start.ts';
import { useEnvironment } from './environment.ts';
import { fakeExecutable } from './fake-executable.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** As BSD's and macOS' do: a time in the words and the zone of whoever asks. */
const PS = `
case "\${LC_ALL:-$LC_TIME}" in fr*) day=lun. ;; *) day=Mon ;; esac
case "$TZ" in Asia/*) hour=18 ;; *) hour=09 ;; esac
echo "$day Jun 15 $hour:00:00 2026"`;

let path: string;

beforeEach(async () => {
  path = await temporaryFolder();
});

test('a start is told the same in a terminal of another language and zone', async () => {
  await fakeExecutable(join(path, 'ps'), PS);
  useEnvironment({ PATH: path, LC_ALL: undefined, LC_TIME: 'C', TZ: 'UTC' });
  const written = await psStart(process.pid);
  useEnvironment({ LC_ALL: 'fr_FR.UTF-8', TZ: 'Asia/Tokyo' });
  await expect(psStart(process.pid)).resolves.toBe(written);
  expect(written).toContain('2026');
});

test('where there is no `ps`, a start is unknown', async () => {
  useEnvironment({ PATH: path });
  await expect(psStart(process.pid)).resolves.toBeUndefined();
});
