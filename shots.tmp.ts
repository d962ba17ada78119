import Fastify from 'fastify';
import { chromium } from 'playwright-core';
import { chromiumArguments, findChromium } from './devserver/chromium.ts';
import { assets } from './gateway/page/assets/plugin.ts';
import { wholePage } from './gateway/page/pages.ts';
import { readerOf } from './gateway/page/reader.ts';
import { readForm } from './gateway/page/form/read-form.ts';
import { VIEWS } from './test/gateway/page/views.ts';
import { registrationForm } from './test/support/people.ts';
const partner = { name: 'Maison Lumière', colour: '#0f766e', support: 'https://example.com/help' };
const settings = { partner, publicUrl: 'http://127.0.0.1', lookUp: async () => ({ kind: 'failed' as const }) };
const app = Fastify();
await app.register(assets, { partner });
const view = VIEWS['awaiting-registration'];
const bad: any = readForm({ statut: 'professionnel', country: 'FR', company_siret: '732829320', zipcode: '1000', firstname: 'Zoé' });
const states: Record<string, any> = {
  kind: undefined,
  kindbad: readForm({ at: 'kind', country: 'FR' }),
  individual: { kind: 'fresh', fieldErrors: [], typed: { statut: 'particulier', country: 'AE' } },
  company: { kind: 'looked-up', result: 'found', typed: registrationForm() },
  notfound: { kind: 'looked-up', result: 'not-found', typed: registrationForm() },
  bad,
  doubt: readForm({ ...registrationForm(), company_tva: 'FR41732829320' }),
  refused: { kind: 'fresh', fieldErrors: [{ field: 'form', slug: 'user_not_created' }], typed: registrationForm() },
};
for (const [name, state] of Object.entries(states)) {
  app.get(`/${name}`, (request, reply) => {
    const reader = readerOf(request);
    return reply.type('text/html').send(wholePage(settings, { token: 'T', view: { ...view, language: reader.language }, reader }, state));
  });
}
app.get('/s/T/state', (_r, reply) => reply.code(503).send());
const url = await app.listen({ host: '127.0.0.1', port: 0 });
const browser = await chromium.launch({ executablePath: await findChromium(), args: [...chromiumArguments()] });
for (const [look, options, lang] of [['phone', { viewport: { width: 390, height: 780 } }, 'fr'], ['desk', { viewport: { width: 1200, height: 800 } }, 'en']] as const) {
  const page = await (await browser.newContext(options)).newPage();
  for (const name of Object.keys(states)) {
    await page.goto(`${url}/${name}?lang=${process.argv[2] ?? lang}`);
    await page.screenshot({ path: `/tmp/shots/${name}-${look}.png`, fullPage: true });
    console.log(name, look, await page.evaluate('document.documentElement.scrollWidth > innerWidth'));
  }
}
await browser.close();
await app.close();
