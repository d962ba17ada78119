/**
 * The sample reports of docs/first-day.md are what the probe finds on simulators with these switches.
 * `UPDATE_SAMPLE=1 npm test -- test/probe/sample` rewrites them.
 */
import { describe, expect, test } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { withImitation } from '../../cli/probe/imitation.ts';
import { asMarkdown, ReportSchema, WebhookListener, type Report } from '../../probe/index.ts';
import { startSimulator, type Switches } from '../../simulator/index.ts';
import { probeSimulator } from './probing.ts';

const FOLDER = fileURLToPath(new URL('../../docs/first-day/', import.meta.url));

const SAMPLES: Readonly<Record<string, Partial<Switches>>> = {
  'ar24-report': {
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
  },
  'old-token-report': {
    encryptSuccesses: false,
    requireSignature: false,
    emailCase: 'sensitive',
    cguParameter: 'honoured',
    genderRequired: false,
    defaultLanguage: 'fr',
    emptyResult: 'absent',
  },
  'strict-report': {
    checkOrder: 'date-first',
    pastToleranceS: 0,
    rejectDateReuse: true,
    dateReuseSlug: 'date_already_used',
    accessNoAccountSlug: 'no_account',
    alreadyAttachedAnswer: 'error',
    alreadyAttachedSlug: 'already_attached',
    refusedAccessAgain: 'error',
    refusedAccessSlug: 'access_refused',
    termsAcceptedAnswer: 'error',
    termsAcceptedSlug: 'terms_already_accepted',
    termsMailOnCreation: false,
    confirmedParameter: 'ignored',
    vatRequiredInFrance: true,
    paymentLinkField: 'payment_page',
    numbersAs: 'numbers',
    hideFields: ['cgu'],
    webhookEncoding: 'json',
  },
};

describe.each(Object.entries(SAMPLES))('%s', (name, switches) => {
  const file = FOLDER + name;

  test('is found again, as JSON and as Markdown', async () => {
    const report = await reportWith(switches);
    const [json, markdown] = [`${JSON.stringify(report, null, 2)}\n`, asMarkdown(report)];
    if (process.env['UPDATE_SAMPLE'] === '1') {
      await writeFile(`${file}.json`, json);
      await writeFile(`${file}.md`, markdown);
    }
    expect(ReportSchema.parse(JSON.parse(await readFile(`${file}.json`, 'utf8')))).toEqual(report);
    expect(await readFile(`${file}.md`, 'utf8')).toBe(markdown);
  });
});

async function reportWith(switches: Partial<Switches>): Promise<Report> {
  const listener = await WebhookListener.listen('127.0.0.1', 0);
  const webhookUrl = `http://127.0.0.1:${listener.port}/`;
  const simulator = await startSimulator({ port: 0, switches: { ...switches, webhookUrl } });
  try {
    return alike(await withImitation(await probeSimulator(simulator, { listener })));
  } finally {
    await simulator.stop();
    await listener.close();
  }
}

/** With the times, the port and the hashes of the samples. */
function alike(found: Report): Report {
  const text = JSON.stringify(found)
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '2026-03-02T09:00:00.000Z')
    .replaceAll(/"(?:[0-9a-f]{32}|[0-9a-f]{64})"/g, (hex) => `"${'0'.repeat(hex.length - 2)}"`)
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:8424');
  return ReportSchema.parse(JSON.parse(text));
}
