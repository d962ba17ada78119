/** The texts of the page, in both languages, for every status. No Temporal is needed. */
import { describe, expect, it } from '@jest/globals';
import {
  LANGUAGES,
  PROBLEM_KINDS,
  STATUSES,
  type Language,
  type OnboardingView,
} from '../../../client/index.ts';
import { pageHeaders } from '../../../gateway/page/headers.ts';
import { day, moment } from '../../../gateway/page/journey/dates.ts';
import { noticePage, partsOf, wholePage } from '../../../gateway/page/pages.ts';
import { readerOf } from '../../../gateway/page/reader.ts';
import { ACTION_RESULTS } from '../../../gateway/page/paths.ts';
import type { NoticeName } from '../../../gateway/page/words/page-words.ts';
import { WORDS } from '../../../gateway/page/words/index.ts';
import { SCENES, VIEWS, wholeView } from './views.ts';

const SETTINGS = {
  partner: { name: 'Cabinet Durand', support: 'aide@example.com' },
  publicUrl: 'https://onboarding.example.org/proxied',
};
const NOTICES: readonly NoticeName[] = ['gone', 'unknown', 'away', 'failed', 'cross-site'];
const reader = (lang: Language, result?: string) =>
  readerOf({ query: { lang, result }, headers: {} });
const page = (lang: Language, view = wholeView(), settings = SETTINGS) =>
  wholePage(settings, { token: 'TOKEN', view, reader: reader(lang) });

/** All texts in a tree of words, including functions of a partner and an address. */
function textsIn(words: unknown): readonly string[] {
  if (typeof words === 'string') return [words];
  if (typeof words === 'function') {
    const text: unknown = Reflect.apply(words, undefined, [{ partner: 'P', email: 'E' }, null]);
    return textsIn(text);
  }
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(textsIn) : [];
}

describe.each(LANGUAGES)('in %s', (language) => {
  it.each(STATUSES)('has a text for a sender at %s', (status) => {
    const html = page(language, VIEWS[status]);
    const { title } = WORDS[language].status[status];
    expect(html).toContain(title({ partner: 'Cabinet Durand', email: 'z…@example.org' }));
    expect(html).not.toMatch(/undefined|\[object|null|internal words|whose-account/);
  });

  it('has a text for everything', () => {
    const texts = textsIn(WORDS[language]);
    expect(texts.length).toBeGreaterThan(150);
    expect(texts.filter((text) => text.trim() === '')).toEqual([]);
  });
});

it.each([
  ['fr-FR', '2026-11-30T23:30:00Z', '1er décembre 2026', '1er décembre 2026 à 0 h 30'],
  ['fr-FR', '2026-12-11T09:00:00Z', '11 décembre 2026', '11 décembre 2026 à 10 h 00'],
  ['en-GB', '2026-12-01T09:00:00Z', '1 December 2026', '1 December 2026 at 10:00'],
])('writes a date as in %s: %s', (locale, iso, date, dateAndTime) => {
  expect(day(iso, locale)).toBe(date);
  expect(moment(iso, locale)).toBe(dateAndTime);
});

it('has the same texts in both languages', () => {
  const [french, english] = [textsIn(WORDS.fr), textsIn(WORDS.en)];
  expect(french.length).toBe(english.length);
  const same = french.filter((text, at) => text === english[at] && text.length > 14);
  expect(same).toEqual([]);
});

describe('the page', () => {
  it('breaks no line before French punctuation', () => {
    const loose = textsIn(WORDS.fr).filter((text) => / [?;:!]/.test(text));
    expect(loose).toEqual([]);
  });

  it('says of a problem that we work on it, and never what it is', () => {
    for (const kind of PROBLEM_KINDS) {
      const at = '2026-03-02T09:30:00.000Z';
      const problem = { kind, since: at, nextTry: at, slug: 'token_invalid' };
      expect(page('en', wholeView({ problem }))).toContain(WORDS.en.problem[kind]);
      expect(page('en', wholeView({ problem }))).not.toMatch(/token_invalid|credentials|contract/);
    }
  });

  it('names the mail to look for, to whom and when it was sent', () => {
    const html = page('en', VIEWS['awaiting-attachment']);
    expect(html).toContain('Request for access to your AR24 account');
    expect(html).toContain('Sent to z…@example.org on 2 March 2026 at 10:30');
    expect(html).toContain('You have until 1 April 2026 to finish.');
    expect(html).toContain('you will get a reminder on 4 March 2026');
    expect(html).toContain('AR24 hasn’t recorded this step yet.');
  });

  it('shows what is done, what is to do, and what comes later', () => {
    const steps = (status: keyof typeof VIEWS) =>
      [
        ...partsOf(SETTINGS, {
          token: 'TOKEN',
          view: VIEWS[status],
          reader: reader('en'),
        }).steps.matchAll(/<li class="(\w+)"/g),
      ].map(([, state]) => state);
    expect(steps('awaiting-registration')).toEqual([
      'done',
      'now',
      'later',
      'later',
      'later',
      'later',
    ]);
    expect(steps('creating-account')).toEqual(['done', 'done', 'now', 'later', 'later', 'later']);
    expect(steps('awaiting-email')).toEqual(['done', 'done', 'now', 'later', 'later']);
    expect(steps('awaiting-payment')).toEqual([
      'done',
      'done',
      'done',
      'done',
      'now',
      'later',
      'later',
    ]);
    expect(steps('awaiting-operator')).toEqual(['done', 'now', 'later', 'later', 'later']);
    expect(steps('ready').filter((state) => state !== 'done')).toEqual([]);
    expect(steps('refused')).toEqual([]);
  });

  it('asks for what AR24 does not show as for anything else, except for terms that were never mailed', () => {
    const hidden = (what: 'email' | 'terms', requests: OnboardingView['requests'] = []) =>
      wholeView({
        ...VIEWS['awaiting-operator'],
        ...{
          question: 'not-visible' as const,
          accountId: '1',
          waitingFor: [what, 'operator' as const],
        },
        ...{ notVisible: [what], requests },
      });
    const { title } = WORDS.en.status['awaiting-operator'];
    const checks = title({ partner: 'Cabinet Durand', email: '' });
    expect(page('en', hidden('email'))).not.toContain(checks);
    expect(page('en', hidden('email'))).toContain('id="done"');
    expect(page('en', hidden('terms'))).toContain(checks);
    const at = '2026-03-02T09:30:00.000Z';
    const mailed = [{ kind: 'terms', at, times: 1, unconfirmed: 0 }] as const;
    expect(page('en', hidden('terms', mailed))).not.toContain(checks);
  });

  it('offers another mail only if AR24 was asked for one before', () => {
    const offers = (view = wholeView()) => page('en', view).includes('id="again"');
    expect(offers()).toBe(true);
    expect(offers(wholeView({ requests: [] }))).toBe(false);
    // The confirmation of the address cannot be repeated, but the terms can.
    expect(offers(VIEWS['awaiting-email'])).toBe(true);
    expect(offers(wholeView({ ...VIEWS['awaiting-email'], waitingFor: ['email'] }))).toBe(false);
    expect(offers(VIEWS['awaiting-payment'])).toBe(false);
    expect(offers(VIEWS.ready)).toBe(false);
  });

  it("links to AR24's payment page by https only, or on this machine", () => {
    const link = (paymentLink: string) =>
      /id="pay" href="([^"]*)" rel="noopener noreferrer"/.exec(
        page('en', wholeView({ ...VIEWS['awaiting-payment'], paymentLink })),
      )?.[1];
    expect(link('https://pay.example.org/a?b=c&d=e')).toBe('https://pay.example.org/a?b=c&amp;d=e');
    expect(link('http://127.0.0.1:8424/m/1/pay')).toBe('http://127.0.0.1:8424/m/1/pay');
    expect(link('http://pay.example.org/')).toBeUndefined();
    expect(link('javascript:alert(1)')).toBeUndefined();
    expect(link('data:text/html,hello')).toBeUndefined();
    expect(link('//pay.example.org')).toBeUndefined();
  });

  it('has a field to correct a refused address, and no registration form', () => {
    const fieldErrors = [{ field: 'email', slug: 'email_wrong_format' }] as const;
    const html = page('en', wholeView({ ...VIEWS['awaiting-registration'], fieldErrors }));
    expect(html).not.toContain('id="registration"');
    expect(html).toMatch(/<details [^>]*id="address" open>/);
  });

  it.each([
    ['fr', 'Contactez Cabinet Durand pour la faire corriger'],
    ['en', 'Contact Cabinet Durand to have it corrected'],
  ] as const)('says who corrects a refused address that is verified, in %s', (language, advice) => {
    const html = page(language, SCENES['address-refused-verified']);
    expect(html).toContain(advice);
    expect(html).toContain('id="contact"');
    expect(html).not.toMatch(/id="address"|id="registration"|id="wrong-address"/);
  });

  it('keeps the chosen language, and the path of the proxy, in every link', () => {
    const html = page('en');
    const own = [...html.matchAll(/(?:href|action|src|data-\w+)="(\/[^"]*)"/g)].map(([, to]) => to);
    expect(own).toEqual([
      '/proxied/s/assets/style.css',
      '/proxied/s/assets/icon.svg',
      '/proxied/s/assets/live.js',
      '/proxied/s/TOKEN?lang=fr',
      '/proxied/s/TOKEN?lang=en',
      '/proxied/s/TOKEN/state?lang=en',
      '/proxied/s/TOKEN?lang=en',
      '/proxied/s/TOKEN/again?lang=en',
      '/proxied/s/TOKEN/done?lang=en',
      '/proxied/s/TOKEN?lang=en',
    ]);
  });

  it("is in the sender's language, else the browser's, else French", () => {
    const accepting = (accept: string, query: object = {}) =>
      readerOf({ query, headers: { 'accept-language': accept } });
    expect(readerOf({ query: {}, headers: {} }, 'en').language).toBe('en');
    expect(accepting('de-DE,de;q=0.9,en;q=0.8').language).toBe('en');
    expect(accepting('de-DE').language).toBe('fr');
    expect(accepting('en', { lang: 'fr' }).language).toBe('fr');
    expect(accepting('en', { lang: ['fr'], result: '<script>' })).toMatchObject({
      result: undefined,
    });
  });

  it('shows the result of a button, and no other text', () => {
    for (const result of ACTION_RESULTS) {
      const seen = { token: 'TOKEN', view: wholeView(), reader: reader('en', result) };
      expect(wholePage(SETTINGS, seen)).toContain(WORDS.en.result[result]);
    }
    const seen = { token: 'TOKEN', view: wholeView(), reader: reader('en', 'You have won!') };
    expect(wholePage(SETTINGS, seen)).not.toContain('You have won!');
  });

  it('escapes every text that it is given', () => {
    const evil = `"><script>x()</script><img src=x onerror=x()>' onfocus='x()`;
    const partner = {
      name: evil,
      support: `https://example.org/${evil}`,
      logoUrl: `https://example.org/${evil}`,
    };
    const fieldErrors = [{ field: 'city' as const, slug: evil }];
    const settings = { partner, publicUrl: 'https://onboarding.example.org' };
    for (const language of LANGUAGES) {
      for (const status of STATUSES) {
        const view = wholeView({
          ...{ ...VIEWS[status], maskedEmail: evil, reference: evil, fieldErrors },
          paymentLink: `https://pay.example.org/${evil}`,
        });
        const seen = { token: evil, view, reader: reader(language), returnUrl: evil };
        const html = [
          wholePage(settings, seen, undefined, { typed: evil }),
          wholePage(settings, seen, {
            kind: 'faulty',
            typed: { city: evil, country: evil, statut: evil, company: evil },
            faults: new Map([['city', 'wrong']]),
          }),
          ...NOTICES.map((name) =>
            noticePage(settings, reader(language), name, { retry: evil, refreshUrl: evil }),
          ),
          JSON.stringify(partsOf(settings, seen).status),
        ].join('');
        expect(html).not.toMatch(/<script>|<img src=x|[^&]#39; onfocus='|' onfocus='x/);
      }
    }
  });
});

describe("the partner's logo", () => {
  it('may be loaded from its origin, and nothing else from there', () => {
    const logoUrl = 'https://cdn.example.com/logo.svg?v=1;script-src *';
    const { 'content-security-policy': policy } = pageHeaders({ name: 'P', logoUrl });
    expect(policy).toContain("img-src 'self' https://cdn.example.com; form-action 'self'");
    expect(policy?.match(/example/g)).toHaveLength(1);
  });
});
