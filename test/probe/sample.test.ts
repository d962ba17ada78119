/**
 * The sample report of docs/first-day.md is what the probe finds on a simulator with these switches.
 * `UPDATE_SAMPLE=1 npm test -- test/probe/sample` rewrites it.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { asMarkdown, ReportSchema, WebhookListener, type Report } from '../../probe/index.ts';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
import { probeSimulator } from './probing.ts';

const FILE = fileURLToPath(new URL('../../docs/first-day/ar24-report', import.meta.url));
const SWITCHES = {
  pastToleranceS: 60,
  wrongSignatureSlug: 'signature_invalid',
  duplicateSlug: 'user_not_created',
  cguParameter: 'refused',
  refusedParameterSlug: 'cgu_not_allowed',
  pendingAccessAgain: 'silent',
  numbersAs: 'mixed',
  extraFields: true,
  hideFields: ['notify_bc'],
  webhookStates: ['access_granted', 'terms_accepted'],
} as const;

let simulator: Simulator;
let report: Report;

beforeAll(async () => {
  const { hideFields, webhookStates, ...others } = SWITCHES;
  const switches = { ...others, hideFields: [...hideFields], webhookStates: [...webhookStates] };
  simulator = await startSimulator({ port: 0, switches });
  const listener = await WebhookListener.listen('127.0.0.1', 0);
  simulator.setSwitches({ webhookUrl: `http://127.0.0.1:${listener.port}/` });
  report = alike(await probeSimulator(simulator, { listener }));
  await listener.close();
  if (process.env['UPDATE_SAMPLE'] !== '1') return;
  await writeFile(`${FILE}.json`, `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(`${FILE}.md`, asMarkdown(report));
});

afterAll(async () => {
  await simulator.stop();
});

/** With the times and the port of the sample. */
function alike(found: Report): Report {
  const text = JSON.stringify(found)
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '2026-03-02T09:00:00.000Z')
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:8424');
  return ReportSchema.parse(JSON.parse(text));
}

test('the sample as JSON', async () => {
  expect(ReportSchema.parse(JSON.parse(await readFile(`${FILE}.json`, 'utf8')))).toEqual(report);
});

test('the sample as Markdown', async () => {
  expect(await readFile(`${FILE}.md`, 'utf8')).toBe(asMarkdown(report));
});
