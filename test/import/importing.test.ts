/** `onboard import` against a real Temporal and the simulator. */
import { beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { z } from 'zod';
import { PRIORITY, workflowIdOf } from '../../workflows/contract/index.ts';
import { jsonLinesIn, useRunningSystem } from '../cli/running-system.ts';
import type { Running } from '../cli/onboard.ts';
import { aReference, anAddress, reaches } from '../client/onboardings.ts';
import { eventually } from '../support/eventually.ts';
import { FORM_CELLS, FORM_HEADER, lines } from './files.ts';
import { layWire } from '../../drill/harm/wire.ts';

const system = useRunningSystem();
const { testEnv, onboard } = system;

beforeAll(async () => {
  await testEnv.startWorker();
});

const rowLine = z.object({ row: z.object({ line: z.number(), result: z.string() }) });
const summaryLine = z.object({
  summary: z.object({ rows: z.number(), results: z.record(z.string(), z.number()) }),
});

/** A file of its own for each test, and where its report is written. */
async function fileWith(...rows: readonly string[]) {
  const name = randomUUID();
  const path = await system.file(`${name}.csv`, lines(...rows));
  const report = path.replace(/\.csv$/, '.report.csv');
  return { path, report: () => readFile(report, 'utf8') };
}

/** A row with the two columns that every file has. */
const aRow = (reference = aReference()): string => `${reference};${anAddress()}`;

const many = (rows: number): readonly string[] => Array.from({ length: rows }, () => aRow());

async function isStarted(reference: string): Promise<boolean> {
  const found = testEnv.temporal.workflow.getHandle(workflowIdOf(reference)).describe();
  return found.then(
    () => true,
    () => false,
  );
}

const rowsReported = (running: Running): number =>
  running
    .out()
    .split('\n')
    .filter((line) => line.includes('"started"') && line.startsWith('{"row"')).length;

function reportIn(out: string) {
  const values = jsonLinesIn(out);
  const { summary } = summaryLine.parse(values.at(-1));
  expect(values.slice(0, -1).map((value) => rowLine.parse(value))).toHaveLength(summary.rows);
  return summary;
}

test('while one row is invalid nothing is started, and all faults are reported', async () => {
  const reference = aReference();
  const file = await fileWith('reference;email;language', `${aRow(reference)};`, 'c-2;nobody;de');
  const refused = await onboard(['import', file.path]);
  expect(refused.code).toBe(2);
  expect(refused.out).toContain('2 rows:\n  1 invalid\n  1 not started\n');
  expect(refused.err).toContain('line 3, email: is not an e-mail address\n');
  expect(refused.err).toContain('line 3, language: one of fr, en is expected\n');
  expect(refused.err).toContain('1 row of 2 rows invalid, so nothing was started');
  expect(await isStarted(reference)).toBe(false);
  expect(await file.report()).toContain(`2;${reference};not-started;other rows are invalid\n`);
});

test('--skip-invalid starts the other rows in their order, after new sign-ups of today', async () => {
  const [first, second] = [`-${aReference()}`, aReference()];
  const email = anAddress();
  const form = FORM_CELLS.replace('particulier', 'professionnel');
  const file = await fileWith(
    `reference;email;language;require;${FORM_HEADER};company;company_siret`,
    `${aRow(first)};en;;${';'.repeat(9)}`,
    'c-2;nobody;;;;;;;;;;',
    `${second};${email};;payment;${form};Ateliers;00325175800011`,
  );
  const skipped = await onboard(['import', file.path, '--skip-invalid', '--per-second', '100']);
  expect(skipped.code).toBe(0);
  expect(skipped.out).toContain('3 rows:\n  2 started\n  1 invalid\n');
  expect(await file.report()).toBe(
    lines(
      'line;reference;result;detail',
      `2;'${first};started;`,
      '3;c-2;invalid;email: is not an e-mail address',
      `4;${second};started;`,
    ),
  );
  await reaches(system.client, second, 'awaiting-email');
  expect(testEnv.simulator.accounts().find((account) => account.email === email)).toMatchObject({
    ...{ firstname: 'Zoé', zipcode: '01000', company_siret: '00325175800011' },
  });
  const { raw } = await testEnv.temporal.workflow.getHandle(workflowIdOf(first)).describe();
  expect(raw.workflowExecutionInfo?.priority?.priorityKey).toBe(PRIORITY.bulk);
});

test('--as-prefill starts with a part of the form, and the person completes it', async () => {
  const [reference, whole] = [aReference(), aReference()];
  const file = await fileWith(
    `reference;email;${FORM_HEADER}`,
    `${aRow(reference)};;;;professionnel;;75002;Paris;FR`,
    `${aRow(whole)};${FORM_CELLS}`,
  );
  expect(await onboard(['import', file.path])).toMatchObject({ code: 2 });
  expect(await onboard(['import', file.path, '--as-prefill'])).toMatchObject({ code: 0 });
  for (const started of [reference, whole]) {
    await reaches(system.client, started, 'awaiting-registration');
  }
  expect(await system.client.prefill(reference)).toEqual({
    ...{ statut: 'professionnel', zipcode: '75002', city: 'Paris', country: 'FR' },
  });
  // The same file again changes nothing; without the option its whole form is another request.
  expect(await onboard(['import', file.path, '--as-prefill'])).toMatchObject({ code: 0 });
  const asForms = await onboard(['import', file.path, '--skip-invalid']);
  expect(asForms.code).toBe(4);
  expect(await file.report()).toContain(`3;${whole};open-differs;`);
});

test('a row that was started is reported as such, and never started again', async () => {
  const [open, other, ended] = [aRow(), aRow(), aRow()];
  const again = ['import', (await fileWith('reference;email', open, other, ended)).path, '--json'];
  expect(await onboard(again)).toMatchObject({ code: 0 });
  const [reference = ''] = ended.split(';');
  await system.client.cancel(reference, { reason: 'a mistake' });
  await system.client.result(reference);
  const same = await onboard(again);
  expect(same.code).toBe(0);
  expect(reportIn(same.out)).toMatchObject({ results: { started: 0, open: 2, ended: 1 } });
  const [otherReference = ''] = other.split(';');
  const changed = await fileWith('reference;email', open, aRow(otherReference), ended);
  const differs = await onboard(['import', changed.path]);
  expect(differs.code).toBe(4);
  expect(differs.err).toContain('1 row with another request');
  expect(await changed.report()).toContain(
    `3;${otherReference};open-differs;differs from the file: email\n4;${reference};ended;cancelled\n`,
  );
});

test('Ctrl-C in the middle reports what was done, and the next run continues there', async () => {
  const file = await fileWith('reference;email', ...many(300));
  // So many a second that some are in flight, and not only waiting for their turn.
  const first = system.begin(['import', file.path, '--json', '--per-second', '150']);
  await eventually(
    'some are started',
    () => Promise.resolve(rowsReported(first)),
    (started) => started >= 3,
  );
  first.child.kill('SIGINT');
  const stopped = await first.end;
  expect(stopped.code).toBe(130);
  expect(stopped.err).toContain('import the file again to go on');
  const done = reportIn(stopped.out).results['started'] ?? 0;
  expect(reportIn(stopped.out).results).toMatchObject({ 'not-started': 300 - done });
  expect((await file.report()).match(/;started;/g)).toHaveLength(done);
  const again = await onboard(['import', file.path, '--json', '--per-second', '1000']);
  expect(again.code).toBe(0);
  expect(reportIn(again.out).results).toMatchObject({ started: 300 - done, open: done });
});

test('when Temporal becomes unavailable in the middle, the import waits and then continues', async () => {
  const wire = await layWire(testEnv.server.address);
  try {
    const file = await fileWith('reference;email', ...many(30));
    const running = system.begin(['import', file.path, '--json', '--per-second', '20'], {
      env: { TEMPORAL_ADDRESS: wire.address },
    });
    const prints = (words: string) =>
      eventually(
        words,
        () => Promise.resolve(running.err()),
        (err) => err.includes(words),
      );
    await eventually(
      'some are started',
      () => Promise.resolve(rowsReported(running)),
      (started) => started >= 3,
    );
    wire.refuse();
    await prints('waiting for it');
    wire.mend();
    await prints('Temporal is back');
    const ran = await running.end;
    expect(ran.code).toBe(0);
    const { started = 0, open = 0 } = reportIn(ran.out).results;
    // A start whose answer was lost is found open.
    expect(started + open).toBe(30);
  } finally {
    wire.close();
  }
});

test("rows with one address are accepted up to the gateway's limit, or the number that is given", async () => {
  const email = anAddress();
  const stdin = lines('reference;email', ...many(3).map((row) => `${row.split(';')[0]};${email}`));
  const env = { ONBOARDING_MAILS_PER_ADDRESS_AND_DAY: '2' };
  const refused = await onboard(['import', '-', '--dry-run'], { stdin, env });
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('line 2, warning: email is also on lines 3, 4');
  expect(refused.err).toContain('line 4, email: is also on lines 2, 3, and at most 2 rows');
  expect(refused.err).not.toContain(email);
  const allowed = await onboard(['import', '-', '--dry-run', '--per-address', '3'], { stdin, env });
  expect(allowed).toMatchObject({ code: 0, out: '3 rows:\n  3 not started\n' });
});

test('--dry-run and standard input: everything is checked, nothing is started or written', async () => {
  const reference = aReference();
  const stdin = lines('reference,email', aRow(reference).replace(';', ','));
  const checked = await onboard(['import', '-', '--dry-run', '--json'], { stdin });
  expect(checked.code).toBe(0);
  expect(reportIn(checked.out)).toMatchObject({ rows: 1, results: { 'not-started': 1 } });
  expect(await isStarted(reference)).toBe(false);
  const started = await onboard(['import', '-'], { stdin });
  expect(started).toMatchObject({ code: 0, out: '1 row:\n  1 started\n' });
});

test('a dry run shows doubtful rows, and reads a file with the given encoding', async () => {
  const cells = FORM_CELLS.replace('Brûlé', 'Null').replace(';01000;', ';96100;');
  const rows = lines(`reference;email;${FORM_HEADER}`, `${aRow()};${cells}`);
  const stdin = iconv.encode(rows, 'cp850');
  const refused = await onboard(['import', '-', '--dry-run'], { stdin });
  expect(refused.code).toBe(2);
  expect(refused.err).toMatch(/line 2 holds a byte that is no letter in.*--encoding cp850/);
  const read = await onboard(['import', '-', '--dry-run', '--encoding', 'cp850'], { stdin });
  expect(read).toMatchObject({ code: 0, out: '1 row:\n  1 not started\n' });
  expect(read.err).toContain('1 row, read as CP850');
  expect(read.err).toContain('line 2, warning: lastname: looks like a placeholder');
  expect(read.err).toContain('line 2, warning: zipcode: is not a known postcode of its country');
});

test.each([
  [['/nowhere/customers.csv'], '', 'there is no such file'],
  [['-'], 'reference;email\n', 'a header line, and no rows'],
  [['-', '--per-second', '0'], '', 'A whole number from 1 to 1000'],
])('import %j is refused', async (args, stdin, message) => {
  const refused = await onboard(['import', ...args], { stdin });
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(refused.err).toContain(message);
});
