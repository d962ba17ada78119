/** Every page in both languages, light and dark, on a phone and a desktop, is accessible. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import { LANGUAGES, STATUSES, type Language, type WholeView } from '../../../client/index.ts';
import { assets } from '../../../gateway/page/assets/plugin.ts';
import { pageHeaders } from '../../../gateway/page/headers.ts';
import { noticePage, refusalPage, wholePage } from '../../../gateway/page/pages.ts';
import { readerOf } from '../../../gateway/page/reader.ts';
import { DESK, expectAccessible, PHONE, useChromium } from '../../support/chromium.ts';
import { SCENES, VIEWS } from './views.ts';

const visit = useChromium();
const STATES = [...STATUSES.map((name) => [name, VIEWS[name]] as const), ...Object.entries(SCENES)];
const app = Fastify();
let url: string;

/** A colour that is unreadable on white. */
const partner = {
  ...{ name: 'Maison Lumière', colour: '#f5c518', support: 'https://example.com/help' },
  privacyUrl: 'https://example.com/privacy',
  legalUrl: 'https://example.com/legal',
};
const settings = { partner, publicUrl: 'http://127.0.0.1' };

beforeAll(async () => {
  await app.register(assets, { partner });
  const html = (path: string, page: (lang: Language) => string) =>
    app.get(path, (request, reply) => {
      const { language } = readerOf(request);
      return reply.headers(pageHeaders(partner)).type('text/html').send(page(language));
    });
  const seenBy = (lang: Language, view: WholeView) => ({
    ...{ token: 'TOKEN', view: { ...view, language: lang } },
    reader: readerOf({ query: { lang, result: 'not-yet' }, headers: {} }),
  });
  for (const [name, view] of STATES) {
    html(`/${name}`, (lang) => wholePage(settings, seenBy(lang, view)));
  }
  html('/refusal', (lang) => refusalPage(settings, seenBy(lang, VIEWS['awaiting-attachment'])));
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
    for (const name of [...STATES.map(([state]) => state), 'refusal', 'away']) {
      await page.goto(`${url}/${name}?lang=${lang}`);
      const details = page.locator('summary');
      for (const one of await details.all()) await one.click();
      await expectAccessible(page, `${name} ${lang}`);
    }
    expect(await page.locator('html').getAttribute('lang')).toBe(lang);
  });
});

it.each(['Maison Lumière', 'Coopérative interprofessionnelle des Hautes-Alpes'])(
  'on a screen of 320 px no word of the header is broken: %s',
  async (name) => {
    await visit({ viewport: { width: 320, height: 640 } }, async (page) => {
      await page.goto(`${url}/awaiting-terms?lang=fr`);
      // The widest word of the name is narrower than the place it gets, and nothing scrolls sideways.
      const fits = await page.evaluate(fitOfWords(name));
      expect(fits).toEqual(name.split(' ').map((word) => [word, true]));
      await expectAccessible(page, name);
    });
  },
);

/** Shows a name in the header, and measures each of its words, as one that is broken has two lines. */
function fitOfWords(name: string): string {
  return `(() => {
    const place = document.querySelector('.partner');
    place.textContent = ${JSON.stringify(name)};
    const text = place.firstChild;
    let at = 0;
    return text.data.split(' ').map((word) => {
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + word.length);
      at += word.length + 1;
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      return [word, lines.size === 1 || word.includes('-')];
    });
  })()`;
}
