/** Every state of the page in both languages, and what each of them offers. No Temporal is needed. */
import { describe, expect, it } from '@jest/globals';
import { LANGUAGES, STATUSES, type Language, type WholeView } from '../../../client/index.ts';
import { noticePage, partsOf, refusalPage, wholePage } from '../../../gateway/page/pages.ts';
import { ACTION_RESULTS } from '../../../gateway/page/paths.ts';
import { readerOf } from '../../../gateway/page/reader.ts';
import type { NoticeName } from '../../../gateway/page/words/page-words.ts';
import { SCENES, VIEWS, wholeView } from './views.ts';

/** Begins with a vowel, before which French elides. */
const PARTNER = {
  name: 'Orange',
  support: 'aide@example.com',
  privacyUrl: 'https://example.com/privacy',
  legalUrl: 'https://example.com/legal',
};
const SETTINGS = { partner: PARTNER, publicUrl: 'https://onboarding.example.org' };
const SENT = Date.parse('2026-03-02T09:30:00.000Z');
const NOW = SENT + 60 * 60_000;
const NOTICES: readonly NoticeName[] = [
  ...(['gone', 'unknown', 'away', 'failed', 'cross-site', 'too-many', 'odd-request'] as const),
];

const reader = (lang: Language, result?: string) =>
  readerOf({ query: { lang, result }, headers: {} });
const seenBy = (lang: Language, view: WholeView, result?: string) => ({
  ...{ token: 'TOKEN', view, reader: reader(lang, result) },
});
const status = (lang: Language, view: WholeView, now = NOW) =>
  partsOf(SETTINGS, seenBy(lang, view), undefined, { now: now }).status;
const STATES = [...STATUSES.map((name) => [name, VIEWS[name]] as const), ...Object.entries(SCENES)];

/** The visible text, with one blank between words. */
function readable(html: string): string {
  return html
    .replace(/<(head|script)[^]*?<\/\1>/g, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');
}

function everyPageIn(lang: Language): readonly string[] {
  return [
    ...STATES.map(([, view]) => wholePage(SETTINGS, seenBy(lang, view))),
    ...ACTION_RESULTS.map((result) => wholePage(SETTINGS, seenBy(lang, wholeView(), result))),
    ...NOTICES.map((name) => noticePage(SETTINGS, reader(lang), name)),
    refusalPage(SETTINGS, seenBy(lang, VIEWS['awaiting-attachment'])),
  ].map(readable);
}

describe.each(LANGUAGES)('in %s', (lang) => {
  it.each(STATES)('%s has a title, and no text of the other language', (_name, view) => {
    const text = readable(wholePage(SETTINGS, seenBy(lang, view)));
    expect(text).not.toMatch(/undefined|\[object|\bnull\b|\{\}|\bNaN\b/);
    const other = lang === 'fr' ? /\b(the|your|with|address)\b/i : /\b(vous|votre|avec|adresse)\b/i;
    expect(text.replaceAll('Français', '')).not.toMatch(other);
  });
});

it('French never needs an elision before the name of the partner', () => {
  for (const text of everyPageIn('fr')) {
    expect(text).not.toMatch(
      /(?<![\p{L}])(de|que|le|la|se|ne|je|me|te|jusque|lorsque|puisque|si) Orange/iu,
    );
  }
  expect(everyPageIn('fr').join(' ')).toContain('envoyés par Orange');
});

it('French says vous, and never regarder, which is not what a program does', () => {
  expect(everyPageIn('fr').join(' ')).not.toMatch(
    /(?<!\p{L})(tu|toi|ton|tes|regard\p{L}*)(?!\p{L})/iu,
  );
});

describe('what the person has to find', () => {
  it('is all that waits after a creation, to whom and when it was sent', () => {
    const text = readable(status('en', SCENES['two-mails']));
    expect(text).toMatch(
      /Messages from AR24 Confirmation of your e-mail address To do Sent to z…@example.org on 2 March 2026 at 10:30 AR24’s terms of use To do Sent to z…@example.org on 2 March/,
    );
    expect(text).toContain('The confirmation message can’t be sent again from here.');
    expect(text).toContain('Can be sent again: AR24’s terms of use');
  });

  it('shows which of them is done', () => {
    const text = readable(status('fr', SCENES['one-mail-done']));
    expect(text).toMatch(
      /Confirmation de votre adresse e-mail Traité .*Conditions d’utilisation d’AR24 À traiter/,
    );
    expect(text).not.toContain('AR24 ne permet pas');
  });

  it('says how to recognise a genuine mail, except for a letter', () => {
    const view = status('fr', wholeView());
    expect(view).toContain('ar24.fr');
    expect(view).toContain('href="https://app.ar24.fr/fr/page/email"');
    const letter = status('fr', SCENES['letter-ordered']);
    expect(letter).not.toContain('id="genuine"');
    expect(readable(letter)).toMatch(/une semaine.*clé elle-même ne vous sera jamais demandée/);
  });

  it('which address, over the form too, and whom to ask once only its holder can change it', () => {
    expect(readable(status('fr', SCENES['form-unrefused']))).toContain(
      'Le compte AR24 sera créé avec l’adresse z…@example.org.',
    );
    const ask = 'Is this address wrong? Contact Orange.';
    expect(readable(status('en', SCENES['two-mails']))).toContain(ask);
    expect(readable(status('en', SCENES['form-unrefused']))).not.toContain(ask);
  });
});

describe('another mail', () => {
  it.each([
    [SENT + 599_000, 'later'],
    [SENT + 600_000, 'now'],
    // Our clock must be wrong, so the workflow decides.
    [SENT - 600_001, 'now'],
  ])('may be requested ten minutes after the last: at %s, %s', (now, expected) => {
    const html = status('fr', wholeView(), now);
    expect(html.includes('id="again"') ? 'now' : 'later').toBe(expected);
    expect(html.includes('id="again-later"')).toBe(expected === 'later');
  });

  it('names the time without JavaScript, and has the countdown for it with', () => {
    const html = status('fr', wholeView(), SENT);
    expect(readable(html)).toContain('à partir de 10 h 40');
    expect(html).toContain('data-from="2026-03-02T09:40:00.000Z"');
    expect(html).toContain('data-countdown="Vous pourrez demander un nouvel envoi dans {}."');
  });
});

describe('a refusal', () => {
  it('is offered to the holder of an account only, until they have refused', () => {
    const offered = STATES.filter(([, view]) => status('fr', view).includes('id="refuse"'));
    expect(offered.map(([name]) => name)).toEqual(['awaiting-attachment']);
    const refused = readable(status('fr', SCENES['attachment-refused-here']));
    expect(refused).toContain('Votre refus a bien été pris en compte.');
  });
});

describe('the partner', () => {
  it('gets a mail whose subject has the reference', () => {
    const html = wholePage(SETTINGS, seenBy('en', wholeView()));
    const [, subject = ''] = /href="mailto:aide@example.com\?subject=([^"]*)"/.exec(html) ?? [];
    expect(decodeURIComponent(subject)).toBe(
      'Sign-up for registered e-mail (reference customer-42)',
    );
  });

  it('can be reached from every ended state', () => {
    const reachable = STATES.filter(([, view]) => status('en', view).includes('id="contact"'));
    expect(reachable.map(([name]) => name)).toEqual([
      ...['ready', 'refused', 'expired', 'cancelled', 'failed'],
      ...['address-refused', 'address-refused-verified'],
    ]);
  });

  it('shows its legal notice and what it does with personal data, on every page', () => {
    for (const html of [
      wholePage(SETTINGS, seenBy('en', wholeView())),
      noticePage(SETTINGS, reader('en'), 'gone'),
    ]) {
      expect(html).toContain('id="legal" href="https://example.com/legal"');
      expect(html).toContain('id="privacy" href="https://example.com/privacy"');
    }
    const without = { ...SETTINGS, partner: { name: 'Orange' } };
    expect(noticePage(without, reader('en'), 'gone')).not.toMatch(/id="(legal|privacy)"/);
  });
});

it('names no deadline where the person has nothing to do', () => {
  const named = STATES.filter(([, view]) =>
    readable(status('en', view)).includes('You have until'),
  );
  expect(named.map(([name]) => name)).not.toEqual(
    expect.arrayContaining(['requesting-access', 'creating-account', 'awaiting-operator', 'ready']),
  );
  expect(named.map(([name]) => name)).toEqual(expect.arrayContaining(['awaiting-terms']));
});

it('shows success in green only where there was one, and keeps the result in the other language', () => {
  const page = (result: string) => wholePage(SETTINGS, seenBy('en', wholeView(), result));
  expect(page('not-yet')).toContain('class="flash plain"');
  expect(page('mailed-terms')).toContain('class="flash good"');
  expect(page('mailed-terms')).toContain('/s/TOKEN?lang=fr&amp;result=mailed-terms');
});
