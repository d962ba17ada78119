/** Another mail may be requested soon: the page counts down, and shows the button by itself. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import { assets } from '../../../gateway/page/assets/plugin.ts';
import { partsOf, wholePage } from '../../../gateway/page/pages.ts';
import { readerOf } from '../../../gateway/page/reader.ts';
import { MAIL_AGAIN_MS } from '../../../workflows/contract/index.ts';
import { DESK, PHONE, useChromium } from '../../support/chromium.ts';
import { wholeView } from './views.ts';

const visit = useChromium();
const app = Fastify();
const partner = { name: 'Orange' };
const settings = { partner, publicUrl: 'http://127.0.0.1' };
let url: string;

/** A page whose button appears in five seconds. */
function pageFrom(mailedAt: number) {
  const at = new Date(mailedAt).toISOString();
  const view = wholeView({ requests: [{ kind: 'terms', at, times: 1, unconfirmed: 0 }] });
  return (lang: unknown) => ({
    ...{ token: 'TOKEN', view },
    reader: readerOf({ query: { lang }, headers: {} }),
  });
}
let seen = pageFrom(0);

beforeAll(async () => {
  await app.register(assets, { partner });
  app.get<{ Querystring: { lang?: string } }>('/s/TOKEN', (request, reply) =>
    reply.type('text/html').send(wholePage(settings, seen(request.query.lang))),
  );
  app.get<{ Querystring: { lang?: string } }>('/s/TOKEN/state', (request) =>
    partsOf(settings, seen(request.query.lang)),
  );
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});

afterAll(() => app.close());

it.each([
  ['fr', PHONE, /^Vous pourrez demander un nouvel envoi dans \d\u00a0s\.$/, 'Renvoyer le message'],
  ['en', DESK, /^You can have the message sent again in \d\u00a0s\.$/, 'Send the message again'],
])('in %s, with JavaScript, without a click', async (lang, look, countdown, button) => {
  seen = pageFrom(Date.now() - MAIL_AGAIN_MS + 5_000);
  await visit(look, async (page) => {
    await page.goto(`${url}/s/TOKEN?lang=${lang}`);
    await page.locator('summary').click();
    await page.getByText(countdown).waitFor();
    await page.getByRole('button', { name: button }).waitFor();
    expect(await page.locator('#again-later').count()).toBe(0);
    // What the person had opened is still open.
    expect(await page.locator('#genuine').getAttribute('open')).toBe('');
  });
});

it('without JavaScript the page names the time of day, and has the button after a reload', async () => {
  seen = pageFrom(Date.now() - MAIL_AGAIN_MS + 60_000);
  await visit({ ...PHONE, javaScriptEnabled: false }, async (page) => {
    await page.goto(`${url}/s/TOKEN?lang=fr`);
    await page
      .getByText(
        /^Vous pourrez demander un nouvel envoi à partir de \d{1,2}\sh\s\d\d \(heure de Paris\)\.$/,
      )
      .waitFor();
    expect(await page.getByRole('button', { name: 'Renvoyer le message' }).count()).toBe(0);
    seen = pageFrom(Date.now() - MAIL_AGAIN_MS);
    await page.getByRole('link', { name: 'Actualiser cette page' }).tap();
    await page.getByRole('button', { name: 'Renvoyer le message' }).waitFor();
  });
});
