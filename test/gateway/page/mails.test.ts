/** In a real browser, on a running system: all that waits, a refusal, payment and identity. */
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { reaches } from '../../client/onboardings.ts';
import { eventually } from '../../support/eventually.ts';
import { DESK, expectAccessible, PHONE, picture, useChromium } from '../../support/chromium.ts';
import { registrationForm } from '../../support/people.ts';
import { inMailbox } from './in-mailbox.ts';
import { usePage } from './page-system.ts';

const on = usePage({
  partner: {
    ...{ name: 'Cabinet Durand & Fils', colour: '#0f766e', support: 'aide@example.com' },
    privacyUrl: 'https://example.com/privacy',
    legalUrl: 'https://example.com/legal',
  },
});
const visit = useChromium();

const NO_JAVASCRIPT = { javaScriptEnabled: false } as const;
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const mail = (page: Page, name: string) =>
  page.locator('.mail li').filter({ has: page.getByText(name, { exact: true }) });

describe('a person whose account was created', () => {
  const registration = registrationForm();

  it('finds both mails on the page, on a phone in French, and sees which is done', async () => {
    const { link, email } = await on.begin('awaiting-email', { registration });
    await visit(PHONE, async (page) => {
      await page.goto(link);
      await heading(page, 'Confirmez votre adresse e-mail').waitFor();
      const [confirmation, terms] = [
        mail(page, 'Confirmation de votre adresse e-mail'),
        mail(page, 'Conditions d’utilisation d’AR24'),
      ];
      for (const one of [confirmation, terms]) {
        await one.getByText('À traiter').waitFor();
        await one.getByText(/Envoyé à .…@example\.org le .* à \d{1,2}\sh\s\d\d/).waitFor();
      }
      await page.getByText('AR24 ne permet pas de renvoyer').waitFor();
      await page.getByText('Message à renvoyer : Conditions d’utilisation d’AR24').waitFor();
      await picture(page, 'page-two-mails');
      await inMailbox(page, on.testEnv.simulator, email, ['Accept the terms']);
      await page.getByRole('button', { name: 'C’est fait' }).tap();
      await terms.getByText('Traité').waitFor();
      await confirmation.getByText('À traiter').waitFor();
      await expectAccessible(page, 'one mail done');
      await inMailbox(page, on.testEnv.simulator, email, ['Confirm my address']);
      await page.getByRole('button', { name: 'C’est fait' }).tap();
      await heading(page, 'Tout est prêt').waitFor();
      await page.getByRole('link', { name: 'Mentions légales' }).waitFor();
    });
  });

  it('adds a payment method and enters the key, on a desktop in English without JavaScript', async () => {
    const { link, email, reference } = await on.begin('awaiting-email', {
      ...{ registration, language: 'en', require: ['payment', 'identity'] },
    });
    await visit({ ...DESK, ...NO_JAVASCRIPT }, async (page) => {
      const isDone = () => page.getByRole('button', { name: 'I’ve done it' }).click();
      await inMailbox(page, on.testEnv.simulator, email, [
        'Confirm my address',
        'Accept the terms',
      ]);
      await page.goto(link);
      await isDone();
      await page.goto(link);
      await heading(page, 'Add a payment method').waitFor();
      await mail(page, 'Adding a payment method').getByText('To do').waitFor();
      // The letter is ordered once it can be paid.
      expect(await mail(page, 'Registered letter with your key').count()).toBe(0);
      await inMailbox(page, on.testEnv.simulator, email, ['Add a payment method']);
      await isDone();
      await eventually(
        'the letter is ordered',
        () => on.view(reference),
        ({ requests }) => requests.some(({ kind }) => kind === 'identity'),
      );
      await page.goto(link);
      await heading(page, 'Get your identity verified').waitFor();
      await mail(page, 'Registered letter with your key').getByText('Ordered on').waitFor();
      await page.getByText('You will never be asked for the key itself').waitFor();
      expect(await page.locator('#genuine').count()).toBe(0);
      await picture(page, 'page-identity');
      await inMailbox(page, on.testEnv.simulator, email, ['Enter the key']);
      await isDone();
      await reaches(on.gateway.onboardings, reference, 'ready');
      await page.goto(link);
      await heading(page, 'All set: you can send registered e-mail').waitFor();
    });
  });
});

describe('the holder of an account refuses', () => {
  async function asked(email: string, language: 'fr' | 'en' = 'fr') {
    on.testEnv.simulator.createAccount({ email, confirmed: '1', cgu: '1', lastname: 'Brûlé' });
    return on.begin('awaiting-attachment', { email, language });
  }

  it('refuses on a desktop by keyboard alone, in French, and finds whom to contact', async () => {
    const { link, reference } = await asked('refuses-by-keyboard@example.org');
    await visit(DESK, async (page) => {
      await page.goto(link);
      await page.locator('#refuse').focus();
      await page.keyboard.press('Enter');
      await heading(page, 'Refuser l’accès à votre compte AR24 ?').waitFor();
      await expectAccessible(page, 'the question before a refusal');
      await picture(page, 'page-refusal');
      await page.locator('#confirm-refusal').focus();
      await page.keyboard.press('Enter');
      await heading(page, 'Accès refusé').waitFor();
      await page.getByText('Votre refus a bien été pris en compte.').waitFor();
      await expectAccessible(page, 'refused');
      const contact = await page.locator('#contact').getAttribute('href');
      expect(decodeURIComponent(contact ?? '')).toBe(
        `mailto:aide@example.com?subject=Inscription au recommandé électronique (référence ${reference})`,
      );
    });
    expect((await on.view(reference)).outcome).toMatchObject({ kind: 'refused', by: 'page' });
  });

  it('thinks again, then refuses, on a phone in English without JavaScript', async () => {
    const { link, reference } = await asked('refuses-on-a-phone@example.org', 'en');
    await visit({ ...PHONE, ...NO_JAVASCRIPT }, async (page) => {
      await page.goto(`${link}?lang=en`);
      await page.getByRole('link', { name: 'I refuse' }).tap();
      await page.getByRole('link', { name: 'Back to my sign-up' }).tap();
      await heading(page, 'Let Cabinet Durand & Fils use your AR24 account').waitFor();
      expect((await on.view(reference)).claims).toEqual([]);
      await page.getByRole('link', { name: 'I refuse' }).tap();
      await page.getByRole('link', { name: 'Français' }).tap();
      await heading(page, 'Refuser l’accès à votre compte AR24 ?').waitFor();
      await page.getByRole('button', { name: 'Oui, je refuse' }).tap();
      await page.waitForURL(/result=refused/);
      await reaches(on.gateway.onboardings, reference, 'refused');
      await page.goto(`${link}?lang=en`);
      await heading(page, 'Access refused').waitFor();
    });
  });

  it('but had accepted before: AR24 shows access as granted, and that counts', async () => {
    const email = 'had-accepted@example.org';
    const { link, reference } = await asked(email, 'en');
    await visit(DESK, async (page) => {
      await page.goto(link);
      await page.getByRole('link', { name: 'I refuse' }).click();
      await inMailbox(page, on.testEnv.simulator, email, ['Accept']);
      await page.getByRole('button', { name: 'Yes, I refuse' }).click();
      await heading(page, 'Let Cabinet')
        .or(heading(page, 'All set'))
        .or(heading(page, 'Complete'))
        .waitFor();
    });
    const { status } = await on.view(reference);
    expect(status).not.toBe('refused');
  });
});
