/** A part of the form over HTTP: with the start, and with a link. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { aReference, anAddress, reaches } from '../client/onboardings.ts';
import { useDevelopmentServer } from '../client/development-server.ts';
import { startGatewayUnderTest, type GatewayUnderTest } from './gateway.ts';

const here = useDevelopmentServer();
let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGatewayUnderTest(here.temporal);
  await here.startWorker();
});

const PREFILL = {
  statut: 'association',
  city: ' Unmistakable-sur-Mer ',
  zipcode: '01 000',
  country: 'fr',
};

async function begun(prefill: object) {
  const reference = aReference();
  const body = { email: anAddress(), prefill };
  const { status } = await gateway.call('PUT', `/onboardings/${reference}`, { body });
  expect(status).toBe(202);
  await reaches(gateway.onboardings, reference, 'awaiting-registration');
  return { reference, body };
}

describe('a start with a prefill', () => {
  it('keeps it cleaned, shows it nowhere, and may be repeated', async () => {
    const { reference, body } = await begun(PREFILL);
    expect(await gateway.onboardings.prefill(reference)).toEqual({
      ...{ statut: 'association', city: 'Unmistakable-sur-Mer' },
      ...{ zipcode: '01000', country: 'FR' },
    });
    const path = `/onboardings/${reference}`;
    expect((await gateway.call('PUT', path, { body })).status).toBe(202);
    const answers = await Promise.all(
      ['', '/timeline'].map((part) => gateway.call('GET', path + part)),
    );
    for (const { text } of answers) expect(text).not.toContain('Unmistakable');
    expect(gateway.logged()).not.toContain('Unmistakable');
  });

  it('differs from one with another prefill, and says in what', async () => {
    const { reference, body } = await begun(PREFILL);
    const other = { ...body, prefill: { ...PREFILL, city: 'Lyon' } };
    const answer = await gateway.call('PUT', `/onboardings/${reference}`, { body: other });
    expect([answer.status, answer.json['differs']]).toEqual([409, ['prefill.city']]);
    const without = await gateway.call('PUT', `/onboardings/${reference}`, {
      body: { email: body.email },
    });
    expect(without.status).toBe(409);
  });

  it.each([
    ['a field that is not in the form', { cgu: '1' }],
    [
      'a SIRET that cannot be one',
      { statut: 'professionnel', country: 'FR', company_siret: '1234' },
    ],
    ['a statut that AR24 does not know', { statut: 'other' }],
    ['a list', ['Lyon']],
  ])('is refused with %s', async (_what, prefill) => {
    const body = { email: anAddress(), prefill };
    const { status, text } = await gateway.call('PUT', `/onboardings/${aReference()}`, { body });
    expect([400, 422]).toContain(status);
    expect(text).toContain('prefill');
  });
});

describe('a link with a prefill', () => {
  it("replaces the earlier one, with which the page's form begins", async () => {
    const { reference } = await begun(PREFILL);
    const path = `/onboardings/${reference}/links`;
    const body = { prefill: { statut: 'particulier', lastname: 'Brûlé' } };
    const { status, json } = await gateway.call('POST', path, { body });
    expect(status).toBe(201);
    expect(await gateway.onboardings.prefill(reference)).toEqual(body.prefill);
    const page = await (await fetch(String(json['url']))).text();
    expect(page).toContain('value="Brûlé"');
    expect(page).not.toContain('Unmistakable');
    // Without one, the last one stays.
    expect((await gateway.call('POST', path)).status).toBe(201);
    expect((await gateway.call('POST', path, { body: {} })).status).toBe(201);
    expect(await gateway.onboardings.prefill(reference)).toEqual(body.prefill);
    const wrong = await gateway.call('POST', path, { body: { prefil: {} } });
    expect(wrong.status).toBe(400);
  });

  it('is refused once the onboarding has ended', async () => {
    const { reference } = await begun(PREFILL);
    await gateway.onboardings.cancel(reference, { reason: 'a test' });
    const path = `/onboardings/${reference}/links`;
    const { status } = await gateway.call('POST', path, { body: { prefill: { city: 'Lyon' } } });
    expect(status).toBe(409);
  });
});
