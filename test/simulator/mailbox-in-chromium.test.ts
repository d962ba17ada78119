/** A person uses the mailbox in a real browser. */
import { describe, expect, it } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { useChromium } from '../support/chromium.ts';
import { NEW_USER, useStage } from './stage.ts';

const on = useStage();
const visitAnything = useChromium();

const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } as const;

/** Opens the mailbox as a new visitor. */
const visit = (options: BrowserContextOptions, use: (page: Page) => Promise<void>) =>
  visitAnything(options, async (page) => {
    await page.goto(on.simulator.url);
    await use(page);
  });

async function askForAccess(email: string): Promise<void> {
  on.simulator.createAccount({ email });
  await on.client.post('user/request_access', { email });
}

describe('a person', () => {
  it('accepts in English, on a large screen', async () => {
    await askForAccess('holder@example.org');
    await visit({ locale: 'en-GB' }, async (page) => {
      const mail = page.getByRole('article', { name: 'Request for access to your AR24 account' });
      await mail.getByRole('button', { name: 'Accept' }).click();
      await page.getByText('The partner now has access to your account.').waitFor();
      await page.getByRole('link', { name: 'Mailbox' }).last().click();
      await page.getByText('Access granted').waitFor();
      expect(await page.getByRole('button', { name: 'Accept' }).count()).toBe(0);
    });
    expect(on.simulator.accounts()[0]?.access).toBe('granted');
  });

  it('refuses in French, on a phone, without having to scroll sideways', async () => {
    await askForAccess('une.adresse.vraiment.tres.longue.de.titulaire@exemple-de-domaine.example');
    await visit({ ...PHONE, locale: 'fr-FR' }, async (page) => {
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      await page.getByRole('button', { name: 'Refuser' }).tap();
      await page.getByText('Vous avez refusé l’accès.').waitFor();
    });
    expect(on.simulator.accounts()[0]?.access).toBe('refused');
  });

  it('confirms, accepts the terms, pays and enters the key', async () => {
    await on.client.post('user', NEW_USER);
    await on.client.post('user/payment_request', { id_user: '1001' });
    await on.client.post('user/identity', { id_user: '1001' });
    await visit({ locale: 'en-GB' }, async (page) => {
      const buttons = [
        'Confirm my address',
        'Accept the terms',
        'Add a payment method',
        'Enter the key',
      ];
      for (const name of buttons) {
        await page.getByRole('button', { name }).click();
        await page.getByRole('heading', { name: 'Done', exact: true }).waitFor();
        await page.goto(on.simulator.url);
      }
    });
    expect(on.simulator.accounts()[0]).toMatchObject({
      confirmed: true,
      cgu: true,
      payment_active: true,
      is_identity_verified: true,
    });
  });

  it('opens a link of a mail and confirms its question', async () => {
    await askForAccess('holder@example.org');
    const link = on.simulator.mailbox()[0]?.links.accept ?? '';
    await visit({ locale: 'en-GB', javaScriptEnabled: false }, async (page) => {
      await page.goto(link);
      expect(on.simulator.accounts()[0]?.access).toBe('asked');
      await page.getByRole('button', { name: 'Accept' }).click();
      await page.getByText('The partner now has access to your account.').waitFor();
    });
  });

  it('changes the language and keeps it', async () => {
    await askForAccess('holder@example.org');
    await visit({ locale: 'en-GB' }, async (page) => {
      await page.getByRole('link', { name: 'FR' }).click();
      await page.getByRole('heading', { name: 'Boîte de réception' }).waitFor();
      await page.getByRole('button', { name: 'Accepter' }).click();
      await page.getByText('Le partenaire a désormais accès à votre compte.').waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    });
  });

  it('chooses whose mail to read', async () => {
    await askForAccess('a@example.org');
    await askForAccess('b@example.org');
    await visit({ locale: 'en-GB' }, async (page) => {
      await page.getByLabel('Mail for').selectOption('a@example.org');
      await page.getByText('1 message', { exact: true }).waitFor();
      expect(await page.getByRole('article').count()).toBe(1);
    });
  });

  it('reads the mail of one chosen address', async () => {
    await visit({ locale: 'en-GB' }, async (page) => {
      await page.getByRole('heading', { name: 'No mail yet' }).waitFor();
      await askForAccess('holder@example.org');
      await page.getByRole('button', { name: 'Accept' }).waitFor();
      expect(await page.getByRole('status').textContent()).toBe('1 message');
    });
  });

  it('accepts with the keyboard alone, and new mail does not move the focus', async () => {
    await askForAccess('holder@example.org');
    await visit({ locale: 'en-GB' }, async (page) => {
      const focused = () => page.evaluate('document.activeElement.textContent.trim()');
      await page.keyboard.press('Tab');
      expect(await focused()).toBe('Skip to content');
      await page.keyboard.press('Enter');
      for (let n = 0; n < 5 && (await focused()) !== 'Accept'; n += 1) {
        await page.keyboard.press('Tab');
      }
      await askForAccess('other@example.org');
      await page.getByText('2 messages').waitFor();
      expect(await focused()).toBe('Accept');
      await page.keyboard.press('Enter');
      await page.getByText('The partner now has access to your account.').waitFor();
    });
    const holder = on.simulator.accounts().find(({ email }) => email === 'holder@example.org');
    expect(holder?.access).toBe('granted');
  });

  it('opens the page with older mails, on a phone', async () => {
    for (let n = 0; n < 51; n += 1) await askForAccess(`n${n}@example.org`);
    await visit({ ...PHONE, locale: 'fr-FR' }, async (page) => {
      await page.getByRole('link', { name: 'Plus anciens' }).tap();
      await page.getByRole('article').getByText('n0@example.org').waitFor();
      expect(await page.getByRole('article').count()).toBe(1);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      await page.getByRole('link', { name: 'Plus récents' }).tap();
      await page.getByRole('article').getByText('n50@example.org').waitFor();
    });
  });

  it('withdraws access on the page of accounts', async () => {
    await on.client.post('user', NEW_USER);
    await visit({ locale: 'en-GB' }, async (page) => {
      await page.getByRole('link', { name: 'Accounts' }).click();
      await page.getByRole('button', { name: 'Withdraw access' }).click();
      await page.getByText('The partner no longer has access to your account.').waitFor();
    });
    expect(on.simulator.accounts()[0]?.access).toBe('withdrawn');
  });
});
