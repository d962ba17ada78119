/** Every page in both languages, light and dark, on a phone and a desktop, is accessible. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import { LANGUAGES, STATUSES, type Language } from '../../../client/index.ts';
import { assets } from '../../../gateway/page/assets/plugin.ts';
import { pageHeaders } from '../../../gateway/page/headers.ts';
import { noticePage, wholePage } from '../../../gateway/page/pages.ts';
import { readerOf } from '../../../gateway/page/reader.ts';
import { DESK, expectAccessible, PHONE, useChromium } from '../../support/chromium.ts';
import { VIEWS } from './views.ts';

const visit = useChromium();
const app = Fastify();
let url: string;

/** A colour that is unreadable on white. */
const partner = { name: 'Maison Lumière', colour: '#f5c518', support: 'https://example.com/help' };
const settings = { partner, publicUrl: 'http://127.0.0.1' };

beforeAll(async () => {
  await app.register(assets, { partner });
  const html = (path: string, page: (lang: Language) => string) =>
    app.get(path, (request, reply) => {
      const { language } = readerOf(request);
      return reply.headers(pageHeaders(partner)).type('text/html').send(page(language));
    });
  for (const status of STATUSES) {
    html(`/${status}`, (lang) => {
      const view = { ...VIEWS[status], language: lang };
      const seen = { token: 'TOKEN', view, reader: readerOf({ query: { lang }, headers: {} }) };
      return wholePage(settings, seen);
    });
  }
  app.get('/s/TOKEN/state', (_request, reply) => reply.code(503).send());
  html('/away', (lang) =>
    noticePage(settings, readerOf({ query: { lang }, headers: {} }), 'away', { retry: '?' }),
  );
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});

afterAll(() => app.close());

const LOOKS = {
  fr: { ...PHONE, colorScheme: 'light' },
  en: { ...DESK, colorScheme: 'dark' },
} as const;

it.each(LANGUAGES)('in %s', async (lang) => {
  await visit(LOOKS[lang], async (page) => {
    for (const name of [...STATUSES, 'away']) {
      await page.goto(`${url}/${name}?lang=${lang}`);
      await expectAccessible(page, `${name} ${lang}`);
    }
    expect(await page.locator('html').getAttribute('lang')).toBe(lang);
  });
});
