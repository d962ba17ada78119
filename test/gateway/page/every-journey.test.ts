/** Each journey through the page, in both languages, on phone and desktop, without JavaScript, by keyboard alone. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../../devserver/port.ts';
import type { MailKind } from '../../../simulator/index.ts';
import { anAddress, ATTACHED } from '../../client/onboardings.ts';
import { useChromium } from '../../support/chromium.ts';
import { eventually } from '../../support/eventually.ts';
import { usePage } from './page-system.ts';
import { Visitor, WAYS, type Way } from './visitor.ts';

const PARTNER = 'Cabinet Durand & Fils';
const port = await freePort();
const on = usePage({
  partner: { name: PARTNER, support: 'aide@example.com' },
  returnHosts: [`127.0.0.1:${port}`],
  // The page limits the actions of one address, so that each person needs their own.
  trustedProxies: ['127.0.0.1'],
});
const visit = useChromium();
let people = 0;

/** The partner's own server, which makes another link. */
let app: Server;

beforeAll(async () => {
  app = createServer(({ url = '' }, response) => {
    void on.gateway.call('POST', `/onboardings${url}/links`).then(({ json }) => {
      response.writeHead(302, { location: String(json['url']) }).end();
    });
  });
  await once(app.listen(port, '127.0.0.1'), 'listening');
});

afterAll(async () => {
  app.closeAllConnections();
  await once(app.close(), 'close');
});

function visitAs(way: Way, use: (person: Visitor) => Promise<void>): Promise<void> {
  const extraHTTPHeaders = { 'x-forwarded-for': `192.0.2.${++people}` };
  return visit({ ...way.options, extraHTTPHeaders }, (page) =>
    use(new Visitor(page, way, PARTNER)),
  );
}

/** The person follows the first link of a mail. */
async function follows(email: string, kind: MailKind): Promise<void> {
  const mails = await eventually(
    `${kind} is mailed`,
    () => Promise.resolve(on.testEnv.simulator.mailbox()),
    (all) => all.some((mail) => mail.to === email && mail.kind === kind),
  );
  const mail = mails.find(({ to, kind: one }) => to === email && one === kind);
  await on.testEnv.simulator.follow(mail?.id ?? '');
}

function holder(): string {
  const email = anAddress();
  on.testEnv.simulator.createAccount({ ...ATTACHED, attached: '0', email });
  return email;
}

async function entersDetails(person: Visitor, zipcode = '01 000'): Promise<void> {
  await person.choose('gender', 0);
  const text = { firstname: 'Zoé', lastname: 'Brûlé', address1: '1 rue du Port', zipcode };
  for (const [field, value] of Object.entries({ ...text, city: 'Bourg-en-Bresse' })) {
    await person.type(`f-${field}`, value);
  }
}

const accountOf = (email: string) =>
  on.testEnv.simulator.accounts().find((one) => one.email === email);

describe.each(WAYS)('%s', (_name, way) => {
  const { language } = way;

  it('the holder of an account accepts, and is ready', async () => {
    const email = holder();
    const { link, reference } = await on.begin('awaiting-attachment', { email, language });
    await visitAs(way, async (person) => {
      await person.page.goto(link);
      await person.press(person.words.genuine.title);
      await person.reaches('awaiting-attachment');
      await follows(email, 'access-request');
      await person.press(person.words.done);
      await person.reaches('ready');
    });
    expect((await on.view(reference)).outcome).toMatchObject({ how: 'attached' });
  });

  it('an individual without an account signs up', async () => {
    const { link, email } = await on.begin('awaiting-registration', { language });
    await visitAs(way, async (person) => {
      const { form } = person.words;
      await person.page.goto(link);
      await person.reaches('awaiting-registration');
      await person.press(form.goOn);
      await person.reads(form.field.statut.missing ?? '');
      await person.choose('statut', 0);
      await person.press(form.goOn);
      await person.reads(form.stepTitle.details);
      await entersDetails(person, '1000');
      await person.press(form.send);
      await person.reads(form.faultsTitle);
      await person.type('f-zipcode', '01000');
      await person.press(form.send);
      await person.reaches('awaiting-email');
      await follows(email, 'email-confirmation');
      await follows(email, 'terms');
      await person.press(person.words.done);
      await person.reaches('ready');
    });
    expect(accountOf(email)).toMatchObject({ statut: 'particulier', zipcode: '01000' });
  });

  it('a company without an account signs up', async () => {
    const { link, email } = await on.begin('awaiting-registration', { language });
    await visitAs(way, async (person) => {
      const { form } = person.words;
      await person.page.goto(link);
      await person.choose('statut', 1);
      await person.press(form.goOn);
      await person.reads(form.stepTitle.details);
      await person.type('f-company_siret', '732 829 320 00074');
      await person.type('f-company', 'Ateliers Brûlé');
      await entersDetails(person);
      await person.press(form.send);
      await person.reaches('awaiting-email');
    });
    expect(accountOf(email)).toMatchObject({ company_siret: '73282932000074' });
  });

  it('a wrong address is corrected, and the person goes on with the right one', async () => {
    const right = holder();
    const { link } = await on.begin('awaiting-registration', { language });
    await visitAs(way, async (person) => {
      const { address, result } = person.words;
      await person.page.goto(link);
      await person.press(address.question);
      await person.type('new-email', 'zoe.example.org');
      await person.press(address.send);
      await person.reads(address.invalid);
      await person.type('new-email', right);
      await person.press(address.send);
      await person.reads(result['address-corrected']);
      expect(person.page.url()).not.toContain(link);
      await person.reaches('awaiting-attachment');
      await follows(right, 'access-request');
      await person.press(person.words.done);
      await person.reaches('ready');
    });
  });

  it('AR24 refuses the form late and without a reason, and gets it corrected', async () => {
    const { link, email } = await on.begin('awaiting-registration', { language });
    const latencyMs = { min: 2_600, max: 2_600, routes: ['POST /user' as const], count: 1 };
    on.testEnv.simulator.setFaults({ latencyMs });
    await visitAs(way, async (person) => {
      const { form, result } = person.words;
      await person.page.goto(link);
      await person.choose('statut', 0);
      await person.select('country', language === 'fr' ? 'Royaume-Uni' : 'United Kingdom');
      await person.press(form.goOn);
      await entersDetails(person, 'SW1A 1AA LONDON');
      await person.press(form.send);
      await person.reads(result.registered);
      await person.reaches('awaiting-registration');
      await person.reads(form.refusedTitle);
      expect(await person.page.locator('#f-lastname').inputValue()).toBe('Brûlé');
      await person.type('f-zipcode', 'SW1A 1AA');
      await person.press(form.send);
      await person.reaches('awaiting-email');
    });
    expect(accountOf(email)).toMatchObject({ country: 'GB', zipcode: 'SW1A 1AA' });
  });

  it('the holder of an account refuses', async () => {
    const { link, reference } = await on.begin('awaiting-attachment', {
      ...{ email: holder(), language },
    });
    await visitAs(way, async (person) => {
      const { refuse, helpFrom } = person.words;
      await person.page.goto(link);
      await person.press(refuse.button);
      await person.reads(refuse.text({ partner: PARTNER, email: '' })[1] ?? '');
      await person.press(refuse.confirm);
      await person.reaches('refused');
      await person.page
        .getByRole('link', { name: helpFrom(PARTNER) })
        .first()
        .waitFor();
    });
    expect((await on.view(reference)).outcome).toMatchObject({ kind: 'refused', by: 'page' });
  });

  it('an expired link leads to the partner, who makes another one', async () => {
    const { reference } = await on.begin('awaiting-registration', { language });
    const view = await on.view(reference);
    const longAgo = new Date(Date.now() - 90 * 86_400_000);
    const refreshUrl = `http://127.0.0.1:${port}/${reference}`;
    const { url } = await on.linksOf(longAgo).make(view, { refreshUrl });
    await visitAs(way, async (person) => {
      await person.page.goto(`${url}?lang=${language}`);
      await person.reads(person.words.notice.gone.title);
      await person.press(person.words.freshLink);
      await person.reaches('awaiting-registration');
      expect(person.page.url()).toContain(on.gateway.url);
    });
  });

  it('a person adds a payment method', async () => {
    const email = anAddress();
    on.testEnv.simulator.createAccount({ ...ATTACHED, email });
    const { link, reference } = await on.begin('awaiting-payment', {
      ...{ email, emailVerified: true, language, require: ['payment'] },
    });
    await visitAs(way, async (person) => {
      await person.page.goto(link);
      await person.reaches('awaiting-payment');
      await follows(email, 'payment');
      await person.press(person.words.done);
      await person.reaches('ready');
    });
    expect((await on.view(reference)).outcome).toMatchObject({
      kind: 'ready',
      missing: ['identity'],
    });
  });

  it('a person enters the key of the letter', async () => {
    const email = anAddress();
    on.testEnv.simulator.createAccount({ ...ATTACHED, payment_active: '1', email });
    const { link, reference } = await on.begin('awaiting-identity', {
      ...{ email, emailVerified: true, language, require: ['identity'] },
    });
    await visitAs(way, async (person) => {
      await follows(email, 'identity-letter');
      await person.page.goto(link);
      await person.reaches('awaiting-identity');
      await person.press(person.words.done);
      await person.reaches('ready');
    });
    expect((await on.view(reference)).outcome).toMatchObject({ kind: 'ready' });
  });
});
