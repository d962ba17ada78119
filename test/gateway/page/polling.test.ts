/** What a page that stays open asks of Temporal. */
import { beforeAll, expect, test } from '@jest/globals';
import { Client } from '@temporalio/client';
import { prefillQuery, viewQuery } from '../../../workflows/contract/index.ts';
import { useDevelopmentServer } from '../../client/development-server.ts';
import { anAddress, aReference, reaches } from '../../client/onboardings.ts';
import { DESK, useChromium } from '../../support/chromium.ts';
import { dataConverter } from '../../support/encryption.ts';
import { startGatewayUnderTest, type GatewayUnderTest } from '../gateway.ts';

const here = useDevelopmentServer();
const visit = useChromium();
let gateway: GatewayUnderTest;
/** The names of the queries that the gateway has sent. */
let queries: string[] = [];

beforeAll(async () => {
  const { connection } = here.temporal;
  const temporal = new Client({
    ...{ connection, dataConverter },
    interceptors: {
      workflow: [
        {
          query: (input, next) => {
            queries.push(input.queryType);
            return next(input);
          },
        },
      ],
    },
  });
  gateway = await startGatewayUnderTest(temporal);
  await here.startWorker();
});

/** A page whose form begins with the partner's entries. */
async function aFormWithPrefill(): Promise<string> {
  const reference = aReference();
  const body = { email: anAddress(), prefill: { statut: 'particulier', lastname: 'Brûlé' } };
  await gateway.call('PUT', `/onboardings/${reference}`, { body });
  await reaches(gateway.onboardings, reference, 'awaiting-registration');
  const { json } = await gateway.call('POST', `/onboardings/${reference}/links`);
  queries = [];
  return String(json['url']);
}

test('a poll of a page that shows the form reads no prefill, and gets no form', async () => {
  const link = await aFormWithPrefill();
  const html = await (await fetch(link)).text();
  expect(html).toContain('value="Brûlé"');
  expect(queries).toEqual([viewQuery.name, prefillQuery.name]);
  const key = /data-key="([^"]+)"/.exec(html)?.[1] ?? '';
  const poll = (headers = {}) => fetch(`${link}/state?form=${key}`, { headers });
  const first = await poll();
  expect(await first.json()).toMatchObject({ formKey: key, form: '' });
  const again = await poll({ 'if-none-match': first.headers.get('etag') ?? '' });
  expect(again.status).toBe(304);
  expect(queries.filter((name) => name === prefillQuery.name)).toHaveLength(1);

  // A page whose form came later has another key, and gets the form with the entries.
  const later = await fetch(`${link}/state?form=none`);
  expect(await later.text()).toContain('Brûlé');
});

test('a browser reads the prefill with the page, and polls without it', async () => {
  const link = await aFormWithPrefill();
  await visit(DESK, async (page) => {
    await page.goto(link);
    for (let polls = 0; polls < 3; polls++) {
      const polled = page.waitForResponse((answer) => answer.url().includes('/state?'));
      await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))');
      expect((await polled).status()).toBe(polls === 0 ? 200 : 304);
    }
    expect(await page.locator('#f-lastname').inputValue()).toBe('Brûlé');
  });
  expect(queries.filter((name) => name === prefillQuery.name)).toHaveLength(1);
});
