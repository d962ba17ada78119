/** For one test file: a browser whose pages must log no errors. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect } from '@jest/globals';
import AxeBuilder from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { chromiumArguments, findChromium } from '../../devserver/chromium.ts';

export const PHONE = {
  viewport: { width: 390, height: 780 },
  isMobile: true,
  hasTouch: true,
} as const;
export const DESK = { viewport: { width: 1200, height: 800 } } as const;

type Visit = (options: BrowserContextOptions, use: (page: Page) => Promise<void>) => Promise<void>;

export function useChromium(): Visit {
  const open: { browser?: Browser } = {};
  beforeAll(async () => {
    open.browser = await chromium.launch({
      executablePath: await findChromium(),
      args: [...chromiumArguments()],
    });
  }, 900_000);
  afterAll(async () => {
    await open.browser?.close();
  });

  return async (options, use) => {
    // Not every Chromium asks for the machine's language.
    const context = await open.browser?.newContext({ locale: 'en-US', ...options });
    if (context === undefined) throw new Error('no browser');
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      // The browser logs a 422 or 410 of our pages in this way as well.
      const isStatus = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !isStatus) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => {
      complaints.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await use(page);
    expect(complaints).toEqual([]);
    await context.close();
  };
}

/** Expects that axe finds no fault, and that the page does not scroll sideways. */
export async function expectAccessible(page: Page, what = page.url()): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const found = violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
  const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
  expect({ what, found, wide }).toEqual({ what, found: [], wide: false });
}

type PictureName =
  | `page-${'phone' | 'desktop' | 'two-mails' | 'identity' | 'refusal'}`
  | 'decoded-in-temporal-ui'
  | 'temporal-ui'
  | 'temporal-ui-list'
  | 'watch';

/** For the documentation, with SCREENSHOTS=1. */
export async function picture(
  page: Page,
  name: PictureName,
  extent: 'page' | 'screen' = 'page',
): Promise<void> {
  if (process.env['SCREENSHOTS'] !== '1') return;
  const path = fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url));
  await page.screenshot({ path, fullPage: extent === 'page' });
}
