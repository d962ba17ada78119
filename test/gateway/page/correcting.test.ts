/** The person corrects their address on the page, and leaves it for the partner's own site. */
import { describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { anAddress } from '../../client/onboardings.ts';
import { startGatewayUnderTest } from '../gateway.ts';
import { LINK_KEY, usePage } from './page-system.ts';

const APP = 'https://app.example.org/registered-mail?step=3';
const on = usePage({
  returnHosts: ['app.example.org'],
  mailsPerAddressAndDay: 2,
  verifiedAddress: 'fixed',
});

const get = (url: string) => fetch(url, { redirect: 'manual' });
const correct = (link: string, email: string) =>
  fetch(`${link}/address`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ email }),
  });
const mailed = (email: string) =>
  on.testEnv.simulator.mailbox().filter(({ to }) => to === email).length;

async function corrected(link: string, email: string): Promise<string> {
  const answer = await correct(link, email);
  expect(answer.status).toBe(303);
  return String(answer.headers.get('location'));
}

/** Where the redirect leads, as a browser follows it. */
function absolute(location: string): string {
  return new URL(location, on.gateway.url).href;
}

describe('an address', () => {
  it('is corrected: the mail goes to the new one, the old link ends, and the partner can see it', async () => {
    const [wrong, right] = [anAddress(), anAddress()];
    on.testEnv.simulator.createAccount({ email: wrong });
    on.testEnv.simulator.createAccount({ email: right });
    const begun = await on.begin('awaiting-attachment', { email: wrong, language: 'en' });
    expect(await (await get(begun.link)).text()).toContain('Is this address wrong?');

    const next = absolute(await corrected(begun.link, right));
    expect(new URL(next).searchParams.get('result')).toBe('address-corrected');
    expect((await get(begun.link)).status).toBe(410);
    const html = await (await get(next)).text();
    expect(html).toContain('Address corrected:');
    expect(html).not.toContain(right);
    await eventually(
      'mailed',
      () => Promise.resolve(mailed(right)),
      (mails) => mails === 1,
    );
    expect(await on.view(begun.reference)).toMatchObject({
      addressCorrected: { by: 'sender', at: expect.any(String) },
      accountId: null,
    });
  });

  it('that is none is shown again, with what is wrong, and changes nothing', async () => {
    const begun = await on.begin('awaiting-registration', { language: 'fr' });
    const { version } = await on.view(begun.reference);
    const answer = await correct(begun.link, '"><b>jeanne');
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain('Indiquez une adresse e-mail valide');
    expect(html).toContain('value="&quot;&gt;&lt;b&gt;jeanne"');
    expect((await on.view(begun.reference)).version).toBe(version);
  });

  it('that is the present one changes nothing, and counts as no correction', async () => {
    const begun = await on.begin('awaiting-registration');
    for (let times = 0; times < 4; times++) {
      expect(await corrected(begun.link, begun.email)).toContain('result=address-same');
    }
    expect((await get(begun.link)).status).toBe(200);
  });

  it('is corrected three times a day at most', async () => {
    const begun = await on.begin('awaiting-registration');
    let { link } = begun;
    for (let times = 0; times < 3; times++) {
      const location = absolute(await corrected(link, anAddress()));
      expect(location).toContain('result=address-corrected');
      link = location.slice(0, location.indexOf('?'));
    }
    expect(await corrected(link, anAddress())).toContain('result=enough-corrections');
    expect((await get(link)).status).toBe(200);
  });

  it('gets no more mails than any address in a day', async () => {
    const flooded = anAddress();
    for (let times = 0; times < 2; times++) {
      const { link } = await on.begin('awaiting-registration');
      expect(await corrected(link, flooded)).toContain('result=address-corrected');
    }
    const { link } = await on.begin('awaiting-registration');
    expect(await corrected(link, flooded)).toContain('result=enough-mails');
  });

  it('cannot be corrected once there is an account', async () => {
    const email = anAddress();
    on.testEnv.simulator.createAccount({ email, attached: '1', confirmed: '1', cgu: '0' });
    const begun = await on.begin('awaiting-terms', { email, emailVerified: true, language: 'en' });
    expect(await (await get(begun.link)).text()).not.toContain('id="address"');
    expect(await corrected(begun.link, anAddress())).toContain('result=address-settled');
    expect((await on.view(begun.reference)).addressCorrected).toBeNull();
  });
});

describe.each([
  ['fr', 'Cette adresse n’est pas la bonne ? Contactez Courrier', 'a déjà été vérifiée'],
  ['en', 'Is this address wrong? Contact Courrier', 'has already been verified'],
] as const)('an address that the partner vouched for, in %s', (language, wrong, verified) => {
  it.each(['awaiting-registration', 'awaiting-attachment'] as const)(
    'is not corrected on the page, which says whom to ask: %s',
    async (status) => {
      const email = anAddress();
      if (status === 'awaiting-attachment') on.testEnv.simulator.createAccount({ email });
      const begun = await on.begin(status, { email, emailVerified: true, language });
      const html = await (await get(begun.link)).text();
      expect(html).not.toContain('id="address"');
      expect(html).toContain(wrong);

      // Posted without the page, it is refused as well.
      const { version } = await on.view(begun.reference);
      const other = anAddress();
      const location = await corrected(begun.link, other);
      expect(location).toContain('result=address-verified');
      expect(await (await get(absolute(location))).text()).toContain(verified);
      expect(await on.view(begun.reference)).toMatchObject({ version, addressCorrected: null });
      expect(mailed(other)).toBe(0);
    },
  );
});

it('an address that the partner vouched for is corrected like any other, unless the partner keeps it', async () => {
  const { temporal } = on.testEnv;
  const gateway = await startGatewayUnderTest(temporal, { linkKeys: [LINK_KEY] });
  const email = anAddress();
  const { reference } = await on.begin('awaiting-registration', { email, emailVerified: true });
  const { json } = await gateway.call('POST', `/onboardings/${reference}/links`);
  const link = String(json['url']);
  expect(await (await get(link)).text()).toContain('id="address"');
  expect(await corrected(link, anAddress())).toContain('result=address-corrected');
  expect(await on.view(reference)).toMatchObject({
    addressCorrected: { by: 'sender' },
    emailVerified: false,
  });
});

describe('an address that somebody vouched for later', () => {
  it('can no longer be corrected on the page; one that the partner corrected can be', async () => {
    const begun = await on.begin('awaiting-registration', { language: 'en' });
    const { onboardings } = on.gateway;
    const vouched = { email: begun.email, emailVerified: true };
    await onboardings.correctAddress(begun.reference, vouched);
    expect((await on.view(begun.reference)).emailVerified).toBe(true);
    expect(await (await get(begun.link)).text()).not.toContain('id="address"');
    await onboardings.correctAddress(begun.reference, { email: anAddress() });
    expect((await on.view(begun.reference)).emailVerified).toBe(false);
    const links = `/onboardings/${begun.reference}/links`;
    const { json } = await on.gateway.call('POST', links);
    expect(await (await get(String(json['url']))).text()).toContain('id="address"');
  });
});

describe('the way back', () => {
  it('is a button at the end, and not before', async () => {
    const begun = await on.begin('awaiting-registration', { language: 'fr', returnUrl: APP });
    expect(await (await get(begun.link)).text()).not.toContain('id="back"');
    await on.gateway.onboardings.cancel(begun.reference, { reason: 'enough' });
    const html = await (await get(begun.link)).text();
    expect(html).toContain(`id="back" href="${APP}"`);
  });

  it('of a correction is that of the link before', async () => {
    const begun = await on.begin('awaiting-registration');
    const { json } = await on.gateway.call('POST', `/onboardings/${begun.reference}/links`, {
      body: { returnUrl: APP },
    });
    const next = absolute(await corrected(String(json['url']), anAddress()));
    await on.gateway.onboardings.cancel(begun.reference, { reason: 'enough' });
    expect(await (await get(next)).text()).toContain(`id="back" href="${APP}"`);
  });

  it('of an expired link leads to a fresh one', async () => {
    const begun = await on.begin('awaiting-registration', { language: 'fr', refreshUrl: APP });
    const view = await on.view(begun.reference);
    const longAgo = new Date(Date.now() - 90 * 86_400_000);
    const { url } = await on.linksOf(longAgo).make(view);
    const answer = await get(url);
    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain(`id="fresh-link" href="${APP}"`);
  });

  it.each(['returnUrl', 'refreshUrl'])('to a foreign host is refused: %s', async (name) => {
    const begun = await on.begin('awaiting-registration');
    const foreign = { [name]: 'https://elsewhere.example.org/' };
    const problem = {
      code: 'impossible-value',
      errors: [{ pointer: `/${name}`, detail: 'its host is not in ONBOARDING_RETURN_HOSTS' }],
    };
    const links = `/onboardings/${begun.reference}/links`;
    const link = await on.gateway.call('POST', links, { body: foreign });
    expect([link.status, link.json]).toEqual([422, expect.objectContaining(problem)]);
    const start = await on.gateway.call('PUT', '/onboardings/another', {
      body: { email: anAddress(), ...foreign },
    });
    expect([start.status, start.json]).toEqual([422, expect.objectContaining(problem)]);
  });

  it('needs no body: a link without one is made as before', async () => {
    const begun = await on.begin('awaiting-registration');
    const { status } = await on.gateway.call('POST', `/onboardings/${begun.reference}/links`);
    expect(status).toBe(201);
  });
});
