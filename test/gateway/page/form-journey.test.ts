/** The form in a real browser: nothing typed is lost, and a company is found by its SIRET. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { DESK, expectAccessible, PHONE, useChromium } from '../../support/chromium.ts';
import { freePort } from '../../../devserver/port.ts';
import { usePage } from './page-system.ts';

const SIRET = '73282932000074';
const OFFICE = {
  siret: SIRET,
  adresse: '12 RUE DES LILAS 01000 BOURG-EN-BRESSE',
  code_postal: '01000',
  libelle_commune: 'BOURG-EN-BRESSE',
};

/** A stand-in of the public service that finds companies. */
const port = await freePort();
let registers: Server;
const searched: string[] = [];

beforeAll(async () => {
  registers = createServer(({ url = '' }, response) => {
    searched.push(url);
    const results = url.includes(SIRET)
      ? [{ nom_raison_sociale: 'ATELIERS BRULE', siege: OFFICE }]
      : [];
    response.end(JSON.stringify({ results }));
  });
  await once(registers.listen(port, '127.0.0.1'), 'listening');
});

afterAll(async () => {
  registers.closeAllConnections();
  await once(registers.close(), 'close');
});

const on = usePage({
  companyLookUp: {
    ...{ url: `http://127.0.0.1:${port}/search`, privateTargets: 'allowed' },
    // A loaded machine is no slow service.
    timeoutMs: 20_000,
  },
});
const visit = useChromium();

const WAYS = [
  ['with JavaScript', {}],
  ['without JavaScript', { javaScriptEnabled: false }],
] as const;

const value = (page: Page, field: string) => page.locator(`#f-${field}`).inputValue();

describe.each(WAYS)('a company, %s', (_how, options) => {
  it('is found by its SIRET, on a phone in French, and signs up', async () => {
    const { link, email } = await on.begin('awaiting-registration');
    await visit({ ...PHONE, ...options }, async (page) => {
      const button = (name: string) => page.getByRole('button', { name });
      await page.goto(link);
      await button('Continuer').tap();
      await page.getByRole('link', { name: 'Indiquez si vous vous inscrivez' }).waitFor();
      await page.getByLabel('Entreprise ou indépendant').check();
      await button('Continuer').tap();
      await page.getByRole('heading', { name: 'Étape 2 sur 2' }).waitFor();

      await page.getByLabel('Prénom').fill('Zoé');
      await page.getByLabel('Numéro SIRET').fill('732829320');
      await button('Préremplir à partir du SIRET').tap();
      await page.getByRole('link', { name: 'sont votre numéro SIREN' }).waitFor();
      await page.getByLabel('Numéro SIRET').fill('73282932000082');
      await button('Préremplir à partir du SIRET').tap();
      await page.getByText('Aucune organisation n’a été trouvée').waitFor();
      await page.getByLabel('Numéro SIRET').fill(SIRET);
      await button('Préremplir à partir du SIRET').tap();
      await page.getByText('Le nom et l’adresse de l’organisation ont été préremplis').waitFor();
      if (!('javaScriptEnabled' in options)) await expectAccessible(page, 'looked up');
      expect(await value(page, 'company')).toBe('ATELIERS BRULE');
      expect(await value(page, 'address1')).toBe('12 RUE DES LILAS');
      expect(await value(page, 'firstname')).toBe('Zoé');

      await page.getByLabel('Madame').check();
      await page.getByLabel('Nom', { exact: true }).fill('Brûlé');
      await button('Envoyer mes coordonnées').tap();
      await page.getByRole('heading', { level: 1, name: 'Confirmez votre adresse' }).waitFor();
    });
    const account = on.testEnv.simulator.accounts().find((one) => one.email === email);
    expect(account).toMatchObject({ company: 'ATELIERS BRULE', company_siret: SIRET });
    expect(searched.length).toBeGreaterThan(0);
    expect(on.gateway.logged()).not.toMatch(/73282932|BRULE/);
  });
});

describe.each(WAYS)('a change of language in the middle, %s', (_how, options) => {
  it('keeps what is typed and not yet sent', async () => {
    const { link } = await on.begin('awaiting-registration');
    await visit({ ...DESK, ...options }, async (page) => {
      await page.goto(link);
      await page.getByLabel('Association').check();
      await page.getByRole('button', { name: 'Continuer' }).click();
      await page.locator('#f-company').fill('Les Lilas');
      await page.getByLabel('Recevoir les factures').check();
      await page.getByLabel('Ville').fill('Lyon');
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('heading', { name: 'Step 2 of 2: your details' }).waitFor();
      expect(await value(page, 'company')).toBe('Les Lilas');
      expect(await page.getByLabel('Town or city').inputValue()).toBe('Lyon');
      expect(await page.getByLabel('Get AR24’s invoices').isChecked()).toBe(true);

      // Back to the first step, and to another kind: the entries are kept for a change of mind.
      await page.getByRole('button', { name: 'Change' }).click();
      await page.getByLabel('An individual').check();
      await page.getByRole('button', { name: 'Continue' }).click();
      expect(await page.locator('#f-company').isVisible()).toBe(false);
      expect(await page.getByLabel('Town or city').inputValue()).toBe('Lyon');
      await page.getByRole('button', { name: 'Change' }).click();
      await page.getByLabel('A charity or an association').check();
      await page.getByRole('button', { name: 'Continue' }).click();
      expect(await value(page, 'company')).toBe('Les Lilas');
    });
  });
});

describe('a closed tab', () => {
  it('loses nothing that was typed', async () => {
    const { link } = await on.begin('awaiting-registration', { language: 'en' });
    await visit(DESK, async (page) => {
      await page.goto(link);
      await page.getByLabel('An individual').check();
      await page.getByRole('button', { name: 'Continue' }).click();
      const kept = page.waitForResponse((answer) => answer.url().endsWith('/draft'));
      await page.getByLabel('Last name').fill('Brûlé');
      await page.getByLabel('Town or city').fill('Lyon');
      expect((await kept).status()).toBe(204);
      const town = page.waitForResponse((answer) => answer.url().endsWith('/draft'));
      await page.getByLabel('Last name').focus();
      await town;
      const again = await page.context().newPage();
      await page.close();
      await again.goto(link);
      expect([await value(again, 'lastname'), await value(again, 'city')]).toEqual([
        'Brûlé',
        'Lyon',
      ]);
      expect(await value(again, 'firstname')).toBe('');
    });
  });

  it('loses nothing that was posted, without JavaScript either', async () => {
    const { link } = await on.begin('awaiting-registration', { language: 'en' });
    await visit({ ...PHONE, javaScriptEnabled: false }, async (page) => {
      await page.goto(link);
      await page.getByLabel('An individual').check();
      await page.getByRole('button', { name: 'Continue' }).tap();
      await page.getByLabel('Last name').fill('Brûlé');
      await page.getByRole('button', { name: 'Send my details' }).tap();
      await page.getByRole('heading', { name: 'There is a problem with the form' }).waitFor();
      await page.goto('about:blank');
      await page.goto(link);
      expect(await value(page, 'lastname')).toBe('Brûlé');
    });
  });
});

describe('the keyboard alone', () => {
  it('is enough for a person to sign up, and Enter sends the form', async () => {
    const { link, email } = await on.begin('awaiting-registration', { language: 'en' });
    await visit(DESK, async (page) => {
      const tabTo = async (id: string) => {
        for (let presses = 0; presses < 40; presses++) {
          if ((await page.evaluate('document.activeElement.id')) === id) return;
          await page.keyboard.press('Tab');
        }
        throw new Error(`${id} is not reached`);
      };
      await page.goto(link);
      await tabTo('f-statut-0');
      await page.keyboard.press('Space');
      await tabTo('send');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Step 2 of 2: your details' }).waitFor();
      await tabTo('f-gender-0');
      await page.keyboard.press('ArrowDown');
      const typed = { firstname: 'Zoé', lastname: 'Brûlé', address1: '1 rue du Port' };
      for (const [field, text] of Object.entries({ ...typed, zipcode: '69 001' })) {
        await tabTo(`f-${field}`);
        await page.keyboard.type(text);
      }
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'There is a problem with the form' }).waitFor();
      expect(await page.evaluate('document.activeElement.id')).toBe('summary');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('f-city');
      await page.keyboard.type('Lyon');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Confirm your e-mail address' }).waitFor();
    });
    const account = on.testEnv.simulator.accounts().find((one) => one.email === email);
    expect(account).toMatchObject({ gender: 'M', zipcode: '69001', city: 'Lyon' });
  });
});

describe('a form that the partner has begun', () => {
  it('is completed and corrected by the person', async () => {
    const prefill = {
      statut: 'professionnel',
      company: 'Ateliers Brule',
      firstname: 'Zoé',
    } as const;
    const { link } = await on.begin('awaiting-registration', { prefill });
    await visit(PHONE, async (page) => {
      await page.goto(link);
      await page.getByText('Entreprise ou indépendant, France').waitFor();
      await expectAccessible(page, 'prefilled');
      expect(await value(page, 'firstname')).toBe('Zoé');
      await page.locator('#f-company').fill('Ateliers Brûlé');
      await page.getByRole('button', { name: 'Envoyer mes coordonnées' }).tap();
      await page.getByRole('link', { name: 'Indiquez votre nom.' }).waitFor();
      await page.goto(link);
      expect(await value(page, 'company')).toBe('Ateliers Brûlé');
    });
  });
});
