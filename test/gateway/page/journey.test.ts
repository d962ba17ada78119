/** The sender's page in a real browser, on a running system. */
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { anAddress, reaches } from '../../client/onboardings.ts';
import { DESK, expectAccessible, PHONE, picture, useChromium } from '../../support/chromium.ts';
import { inMailbox } from './in-mailbox.ts';
import { usePage } from './page-system.ts';

const on = usePage({
  partner: { name: 'Cabinet Durand & Fils', colour: '#0f766e', support: 'aide@example.com' },
});
const visit = useChromium();

const EVIL = `"><img src=x onerror=alert(1)>'`;
const NO_JAVASCRIPT = { javaScriptEnabled: false } as const;

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const focused = (page: Page) => page.evaluate('document.activeElement.id');

/** A text for a field to type in, `check` for one to tick. */
async function fillIn(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`#f-${name}`);
    await (value === 'check' ? field.check() : field.fill(value));
  }
}

/** The first step of the form. */
async function goOn(page: Page, place: 0 | 1, button: 'Continuer' | 'Continue'): Promise<void> {
  await page.locator(`#f-statut-${place}`).check();
  await page.getByRole('button', { name: button }).click();
  await page.locator('#f-firstname').waitFor();
}

const PERSON = {
  'gender-0': 'check',
  firstname: 'Zoé',
  lastname: 'Brûlé',
  address1: '12 rue des Lilas',
  zipcode: '01000',
  city: 'Bourg-en-Bresse',
};

describe('a person without an account', () => {
  it('signs up in French on a phone, is corrected, confirms, accepts, and is ready', async () => {
    const { link, email } = await on.begin('awaiting-registration');
    on.testEnv.simulator.setSwitches({ unknownSirets: ['40483304800022'] });
    await visit(PHONE, async (page) => {
      const send = page.getByRole('button', { name: 'Envoyer mes coordonnées' });
      await page.goto(link);
      await heading(page, 'Renseignez vos coordonnées').waitFor();
      await goOn(page, 1, 'Continuer');
      await fillIn(page, { ...PERSON, lastname: EVIL, city: '' });
      await fillIn(page, { company: 'Ateliers Brûlé', company_siret: '732829320' });
      await send.tap();

      // The town was missing: all other text is still there, and one step leads to the field.
      await page.getByRole('heading', { name: 'Corrigez les points suivants' }).waitFor();
      expect(await focused(page)).toBe('summary');
      expect(await page.locator('#f-lastname').inputValue()).toBe(EVIL);
      await page.getByText('Entreprise ou indépendant, France').waitFor();
      await expectAccessible(page, 'faults');
      await page.getByRole('link', { name: 'Indiquez votre ville.' }).tap();
      expect(await focused(page)).toBe('f-city');
      await page.getByText('sont votre numéro SIREN').first().waitFor();
      const vat = { company_siret: '40483304800022', company_tva: 'FR41732829320' };
      await fillIn(page, { city: 'Bourg-en-Bresse', lastname: 'Brûlé', ...vat });
      await send.tap();

      // The numbers may be right all the same: AR24 gets the form, and refuses it.
      await page.getByRole('heading', { name: 'Vérifiez votre saisie' }).waitFor();
      await expectAccessible(page, 'doubts');
      await page.getByRole('button', { name: 'Envoyer quand même' }).tap();
      await page.getByRole('heading', { name: 'AR24 n’a pas accepté' }).waitFor();
      const siret = page.locator('#f-company_siret');
      expect(await siret.getAttribute('aria-invalid')).toBe('true');
      await page.getByRole('link', { name: 'AR24 ne trouve aucune organisation' }).tap();
      expect(await focused(page)).toBe('f-company_siret');
      await expectAccessible(page, 'refused by AR24');
      await fillIn(page, { company_siret: '732 829 320 00074', company_tva: '' });
      await send.tap();

      await heading(page, 'Confirmez votre adresse e-mail').waitFor();
      await picture(page, 'page-phone');
      await inMailbox(page, on.testEnv.simulator, email, [
        'Confirm my address',
        'Accept the terms',
      ]);
      await page.getByRole('button', { name: 'C’est fait' }).tap();
      await heading(page, 'Tout est prêt : vous pouvez envoyer').waitFor();
    });
    const account = on.testEnv.simulator.accounts().find((one) => one.email === email);
    expect(account).toMatchObject({ lastname: 'Brûlé', company_siret: '73282932000074' });
  });

  it('signs up in English on a desktop without JavaScript, as a private person', async () => {
    const { link, email } = await on.begin('awaiting-registration', { language: 'en' });
    await visit({ ...DESK, ...NO_JAVASCRIPT }, async (page) => {
      await page.goto(link);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('link', { name: 'Select whether you sign up' }).click();
      await goOn(page, 0, 'Continue');
      await fillIn(page, { ...PERSON, 'gender-1': 'check', city: '' });
      await page.getByRole('button', { name: 'Send my details' }).click();
      await page.getByRole('link', { name: 'Enter your town or city.' }).click();
      await fillIn(page, { city: 'Bourg-en-Bresse' });
      await page.getByRole('button', { name: 'Send my details' }).click();
      await page.getByText('Thank you. Your details have been passed on to AR24.').waitFor();
      await heading(page, 'Confirm your e-mail address').waitFor();
      expect(new URL(page.url()).search).toBe('?result=registered');
    });
    const account = on.testEnv.simulator.accounts().find((one) => one.email === email);
    expect(account).toMatchObject({ firstname: 'Zoé', gender: 'M', statut: 'particulier' });
  });
});

describe('the holder of an account', () => {
  const holder = (email: string) =>
    on.testEnv.simulator.createAccount({ ...{ email, confirmed: '1', cgu: '1' }, ...NAMED });
  const NAMED = { firstname: 'Zoé', lastname: 'Brûlé' };

  it('accepts on a phone without JavaScript, in the chosen language', async () => {
    const email = 'without-javascript@example.org';
    holder(email);
    const { link, reference } = await on.begin('awaiting-attachment', { email });
    await visit({ ...PHONE, ...NO_JAVASCRIPT }, async (page) => {
      await page.goto(link);
      await heading(page, 'Autorisez Cabinet Durand & Fils').waitFor();
      await page.getByRole('link', { name: 'English' }).tap();
      await heading(page, 'Let Cabinet Durand & Fils use your AR24 account').waitFor();
      await page.getByText('Sent to w…@example.org on').waitFor();
      await page.getByText('You can have the message sent again from').waitFor();
      await inMailbox(page, on.testEnv.simulator, email, ['Accept']);
      await page.getByRole('button', { name: 'I’ve done it' }).tap();
      await page.locator('.flash').waitFor();
      await reaches(on.gateway.onboardings, reference, 'ready');
      await page.goto(`${link}?lang=en`);
      await heading(page, 'All set: you can send').waitFor();
      expect(await page.locator('li.now, li.later').count()).toBe(0);
    });
  });

  it('sees the progress on a desktop without a click, and keeps their place on the page', async () => {
    const email = 'with-javascript@example.org';
    holder(email);
    const { link, reference } = await on.begin('awaiting-attachment', { email, language: 'en' });
    await visit(DESK, async (page) => {
      await page.goto(link);
      await picture(page, 'page-desktop');
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to content');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('done');
      await inMailbox(page, on.testEnv.simulator, email, ['Accept']);
      await on.gateway.onboardings.check(reference);
      await heading(page, 'All set: you can send').waitFor();
      // The button is gone; a screen reader announces the change, and the focus stays near.
      expect(await page.locator('#announce').textContent()).toContain('All set: you can send');
      expect(await focused(page)).toBe('status-title');
      expect(await page.title()).toContain('All set: you can send');
    });
  });
});

describe('while a person fills in the form', () => {
  it('the page around it is updated, and nothing typed is lost', async () => {
    const { link, reference } = await on.begin('awaiting-registration', { language: 'en' });
    await visit(DESK, async (page) => {
      await page.goto(link);
      await goOn(page, 0, 'Continue');
      await page.locator('#f-firstname').fill('Zoé');
      await page.locator('#f-lastname').pressSequentially('Brû');
      await on.gateway.onboardings.extend(reference, { until: '2027-08-31' });
      await page.getByText('You have until 1 September 2027 to finish.').waitFor();
      expect(await focused(page)).toBe('f-lastname');
      await page.keyboard.type('lé');
      expect(await page.locator('#f-lastname').inputValue()).toBe('Brûlé');
      expect(await page.locator('#f-firstname').inputValue()).toBe('Zoé');

      // The form is not needed any more, but is not removed while the person types.
      await on.gateway.onboardings.cancel(reference, { reason: 'a test' });
      await heading(page, 'Your sign-up was cancelled').waitFor();
      expect(await focused(page)).toBe('f-lastname');
    });
  });

  it('a link made before the address was corrected opens nothing', async () => {
    const { link, reference } = await on.begin('awaiting-registration', { language: 'en' });
    await on.gateway.onboardings.correctAddress(reference, { email: anAddress() });
    await visit(DESK, async (page) => {
      await page.goto(link);
      await heading(page, 'This link is no longer valid').waitFor();
    });
    const made = await on.gateway.call('POST', `/onboardings/${reference}/links`);
    expect((await fetch(String(made.json['url']))).status).toBe(200);
  });

  it('a link that is revoked while the page is open is reported', async () => {
    const { link, reference } = await on.begin('awaiting-registration', { language: 'en' });
    await visit(DESK, async (page) => {
      await page.goto(link);
      await on.gateway.onboardings.revokeLinks(reference);
      await heading(page, 'This link is no longer valid').waitFor();
      await page.getByRole('link', { name: 'Contact Cabinet Durand & Fils' }).first().waitFor();
      await expectAccessible(page, 'gone');
    });
  });
});
