/** The pages as they are sent: whole, in parts to a browser that keeps one up to date, or a notice. */
import { createHash } from 'node:crypto';
import { LANGUAGES, type Language, type WholeView } from '../../client/index.ts';
import { formOnPage, type FormState } from './form/form-page.ts';
import type { Typed } from './form/read-form.ts';
import { journeyOf } from './journey/journey.ts';
import { supportLink } from './look/support.ts';
import type { PartnerLook } from './options.ts';
import { basePath, pathsOf, type Paths } from './paths.ts';
import type { Reader } from './reader.ts';
import { render } from './templates/render.ts';
import type { NoticeName } from './words/page-words.ts';
import { WORDS } from './words/words.ts';

export interface PageSettings {
  readonly partner: PartnerLook;
  readonly publicUrl: string;
}

export interface Seen {
  readonly token: string;
  readonly view: WholeView;
  readonly reader: Reader;
}

/** What changes as the onboarding goes on. */
export interface Parts {
  readonly title: string;
  /** For who does not see it change. */
  readonly announce: string;
  readonly status: string;
  readonly steps: string;
  readonly form: string;
  /** Another one: the form is not the same any more. */
  readonly formKey: string;
  readonly ended: boolean;
}

export function partsOf(
  { partner, publicUrl }: PageSettings,
  { token, view, reader }: Seen,
  state: FormState = { kind: 'fresh', fieldErrors: view.fieldErrors },
): Parts {
  const { words, chosen } = reader;
  const paths = pathsOf(publicUrl, token, chosen);
  const journey = journeyOf(view, reader, partner);
  const isWanted = journey.wantsForm === 'yes';
  const data = {
    journey,
    words,
    paths: { done: paths.action('done'), again: paths.action('again') },
  };
  return {
    title: `${journey.title} · ${words.about(partner.name)}`,
    announce: journey.title,
    status: render('@status', data),
    steps: render('@steps', data),
    form: isWanted ? formPart(paths, reader, state) : '',
    formKey: isWanted ? hashOf(view.fieldErrors) : 'none',
    ended: view.outcome !== null,
  };
}

function formPart(paths: Paths, { words }: Reader, state: FormState): string {
  const action = paths.action('registration');
  return render('@form', { action, form: formOnPage(state, words), words: words.form });
}

/** A form that could not be delivered, as it was filled in: nothing else may be known just now. */
export function undeliveredPage(
  settings: PageSettings,
  { token, reader }: Omit<Seen, 'view'>,
  typed: Typed,
): string {
  const { words, chosen } = reader;
  const paths = pathsOf(settings.publicUrl, token, chosen);
  return render('@undelivered', {
    layout: layoutOf(settings, reader, { title: words.notice.away.title, languages: [] }),
    words,
    form: formPart(paths, reader, { kind: 'undelivered', typed }),
  });
}

export function wholePage(settings: PageSettings, seen: Seen, state?: FormState): string {
  const { token, reader } = seen;
  const { words, chosen, told } = reader;
  const paths = pathsOf(settings.publicUrl, token, chosen);
  const { announce, ended, ...parts } = partsOf(settings, seen, state);
  const languages = LANGUAGES.map((code) => ({ code, href: paths.in(code) }));
  return render('@page', {
    ...parts,
    layout: layoutOf(settings, reader, { title: announce, languages }),
    words,
    ended: ended ? 'yes' : 'no',
    flash: told && state === undefined ? words.told[told] : '',
    paths: { page: paths.page(), state: paths.state },
  });
}

/** @param retry where to try again, if that may help */
export function noticePage(
  settings: PageSettings,
  reader: Reader,
  name: NoticeName,
  retry?: string,
): string {
  const { title, text } = reader.words.notice[name];
  return render('@notice', {
    ...{ title, text: text({ partner: settings.partner.name }), retry, words: reader.words },
    // Nothing else helps there.
    contact:
      name === 'gone' || name === 'failed' ? supportLink(settings.partner.support) : undefined,
    partner: settings.partner,
    layout: layoutOf(settings, reader, {
      title,
      // The address itself is known here as little as whose it is.
      languages: LANGUAGES.map((code) => ({ code, href: `?lang=${code}` })),
    }),
  });
}

interface Head {
  readonly title: string;
  readonly languages: readonly { readonly code: Language; readonly href: string }[];
}

function layoutOf(
  { partner, publicUrl }: PageSettings,
  { language, words }: Reader,
  { title, languages }: Head,
) {
  return {
    ...{ language, words, title, partner },
    base: basePath(publicUrl),
    support: supportLink(partner.support),
    languages: languages.map(({ code, href }) => ({
      ...{ code, href, current: code === language },
      name: WORDS[code].languageName,
    })),
  };
}

export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 20);
}
