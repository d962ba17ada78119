/** A form that AR24 refuses, at once or late: the browser that sent it gets its text back. */
import { beforeAll, expect, test } from '@jest/globals';
import { reaches } from '../../client/onboardings.ts';
import { eventually } from '../../support/eventually.ts';
import { formFields, usePage, type Started } from './page-system.ts';

const on = usePage();
const FORM = formFields();
/** AR24 refuses it with a slug that names no field. */
const ABROAD = { zipcode: 'SW1A 1AA LONDON', country: 'GB' };

let unregistered: Started;

beforeAll(async () => {
  unregistered = await on.begin('awaiting-registration', { language: 'en' });
});

const tokenIn = (link: string) => link.slice(link.indexOf('/s/') + 3);
const get = (url: string, headers = {}) => fetch(url, { redirect: 'manual', headers });
const post = (url: string, body: Readonly<Record<string, string>> = {}, headers = {}) =>
  fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(body), headers });

test('a form that AR24 refuses late is given back to the browser that sent it, and to no other', async () => {
  const { simulator } = on.testEnv;
  const { link, reference } = await on.begin('awaiting-registration', { language: 'en' });
  const latencyMs = { min: 3_000, max: 3_000, routes: ['POST /user' as const], count: 1 };
  simulator.setFaults({ latencyMs });
  const sent = await post(`${link}/registration`, { ...FORM, ...ABROAD });
  expect(sent.status).toBe(303);
  const [cookie = '', ...attributes] = (sent.headers.get('set-cookie') ?? '').split('; ');
  const path = `Path=/s/${tokenIn(link)}`;
  expect(attributes).toEqual(['Max-Age=3600', path, 'HttpOnly', 'SameSite=Lax']);
  expect(Buffer.from(cookie, 'base64url').toString('latin1')).not.toMatch(/SW1A|Martin/);
  await eventually(
    'refused',
    () => on.view(reference),
    ({ status, fieldErrors }) => status === 'awaiting-registration' && fieldErrors.length > 0,
  );
  const kept = await (await get(link, { cookie: `other=1; ${cookie}` })).text();
  expect(kept).toContain('AR24 did not say why');
  expect(kept).toContain(`value="${ABROAD.zipcode}"`);
  expect(kept).toContain('value="Brûlé-Martin"');
  expect(kept).not.toContain('no longer in this browser');
  const state = await get(`${link}/state`, { cookie });
  expect(await state.text()).toContain('Brûlé-Martin');
  const elsewhere = await (await get(link)).text();
  expect(elsewhere).not.toContain('Brûlé');
  expect(elsewhere).toContain('no longer in this browser');
  const other = await get(unregistered.link, { cookie });
  expect(await other.text()).not.toContain('Brûlé');
  const altered = `${cookie.slice(0, -4)}AAAA`;
  expect(await (await get(link, { cookie: altered })).text()).not.toContain('Brûlé');

  await post(`${link}/registration`, FORM, { cookie });
  await reaches(on.gateway.onboardings, reference, 'awaiting-email');
  const done = await get(link, { cookie });
  expect(done.headers.get('set-cookie')).toMatch(/^typed=; Max-Age=0; Path=/);
  expect(await done.text()).not.toContain('Brûlé');
});

test('a form is given back if AR24 names no field, while the page waits for the answer', async () => {
  const { link } = await on.begin('awaiting-registration', { language: 'en' });
  const answer = await post(`${link}/registration`, { ...FORM, ...ABROAD });
  expect(answer.status).toBe(422);
  const text = await answer.text();
  expect(text).toContain('AR24 did not say why');
  expect(text).toContain(`value="${ABROAD.zipcode}"`);
});

test('a form that AR24 refuses at once is given back with the refusal, and to no other browser', async () => {
  const { link, reference } = await on.begin('awaiting-registration', { language: 'en' });
  const wrong = { ...FORM, company_siret: '40483304800022' };
  on.testEnv.simulator.setSwitches({ unknownSirets: [wrong.company_siret] });
  const answer = await eventually(
    'the refusal',
    () => post(`${link}/registration`, wrong),
    ({ status }) => status === 422,
  );
  const text = await answer.text();
  expect(text).toContain('value="Bourg-en-Bresse"');
  expect(text).toContain('value="Brûlé-Martin"');
  expect(text).toMatch(/id="f-company_siret-fault"/);
  expect(text).not.toContain('no longer in this browser');
  expect((await on.view(reference)).fieldErrors).toMatchObject([{ field: 'company_siret' }]);
  expect(await (await get(link)).text()).not.toContain('Brûlé');
});

test('a draft is kept in the browser that typed it, and only behind a valid link', async () => {
  const { link } = unregistered;
  const draft = { statut: 'particulier', city: 'Unmistakable-sur-Mer', password: 'secret' };
  const kept = await post(`${link}/draft`, draft);
  expect(kept.status).toBe(204);
  const [cookie = ''] = (kept.headers.get('set-cookie') ?? '').split('; ');
  const page = await (await get(link, { cookie })).text();
  expect(page).toContain('value="Unmistakable-sur-Mer"');
  expect(page).not.toContain('secret');
  expect(await (await get(link)).text()).not.toContain('Unmistakable');
  const forged = await post(`${on.gateway.url}/s/nonsense/draft`, draft);
  expect([forged.status, forged.headers.get('set-cookie')]).toEqual([204, null]);
  const elsewhere = await post(`${link}/draft`, draft, { 'sec-fetch-site': 'cross-site' });
  expect([elsewhere.status, elsewhere.headers.get('set-cookie')]).toEqual([403, null]);
  expect(on.gateway.logged()).not.toContain('Unmistakable');
});
