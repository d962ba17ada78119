/** Renders the pages: whole pages, the parts that a browser renews, and notices. */
import { createHash } from 'node:crypto';
import { LANGUAGES, type Language, type WholeView } from '../../client/index.ts';
import type { CompanyLookUp } from './company/look-up.ts';
import { formOnPage, type FormState } from './form/form-page.ts';
import type { TypedValues } from './form/fields.ts';
import { journeyOf } from './journey/journey.ts';
import type { PartnerLook } from './options.ts';
import { basePath, pathsOf, type Paths } from './paths.ts';
import type { PageReader } from './reader.ts';
import { render } from './templates/render.ts';
import type { NoticeName } from './words/page-words.ts';
import { WORDS } from './words/index.ts';

export interface PageSettings {
  readonly partner: PartnerLook;
  readonly publicUrl: string;
  readonly lookUp?: CompanyLookUp | undefined;
}

export interface PageState {
  readonly token: string;
  readonly view: WholeView;
  readonly reader: PageReader;
  /** The entries of the form that the browser has kept. */
  readonly typed?: TypedValues | undefined;
  /** The partner's entries, with which the form begins. */
  readonly prefill?: TypedValues | undefined;
}

/** The parts of the page that change with the onboarding. */
export interface Parts {
  readonly title: string;
  /** For screen readers. */
  readonly announce: string;
  readonly status: string;
  readonly steps: string;
  readonly form: string;
  /** Changes if the form does. */
  readonly formKey: string;
  readonly ended: boolean;
}

export function partsOf(
  settings: PageSettings,
  { token, view, reader, typed = {}, prefill }: PageState,
  state: FormState = { kind: 'fresh', fieldErrors: view.fieldErrors, typed, prefill },
): Parts {
  const { partner, publicUrl } = settings;
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
    form: isWanted ? formPart(settings, paths, reader, state) : '',
    formKey: isWanted ? hashOf(view.fieldErrors) : 'none',
    ended: view.outcome !== null,
  };
}

function formPart(
  { lookUp }: PageSettings,
  paths: Paths,
  { words }: PageReader,
  state: FormState,
): string {
  const action = paths.action('registration');
  const form = formOnPage(state, words, lookUp === undefined ? 'no' : 'yes');
  return render('@form', { action, draft: paths.draft, form, words: words.form });
}

/** A form that could not be delivered, with its entries. The onboarding itself cannot be read then. */
export function undeliveredPage(
  settings: PageSettings,
  { token, reader }: Omit<PageState, 'view' | 'typed'>,
  typed: TypedValues,
): string {
  const { words, chosen } = reader;
  const paths = pathsOf(settings.publicUrl, token, chosen);
  return render('@undelivered', {
    layout: layoutOf(settings, reader, { title: words.notice.away.title, languages: [] }),
    words,
    form: formPart(settings, paths, reader, { kind: 'undelivered', typed }),
  });
}

export function wholePage(settings: PageSettings, page: PageState, state?: FormState): string {
  const { token, reader } = page;
  const { words, chosen, result } = reader;
  const paths = pathsOf(settings.publicUrl, token, chosen);
  const { announce, ended, ...parts } = partsOf(settings, page, state);
  // A link would lose what is typed, so the form is posted along with the change of language.
  const languages = LANGUAGES.map((code) => ({
    code,
    href: paths.in(code),
    post: parts.form === '' ? undefined : paths.action('registration', code),
  }));
  return render('@page', {
    ...parts,
    layout: layoutOf(settings, reader, { title: announce, languages }),
    words,
    ended: ended ? 'yes' : 'no',
    flash: result && state === undefined ? words.result[result] : '',
    paths: { page: paths.page(), state: paths.state },
  });
}

/** @param retry the link of a button that tries again */
export function noticePage(
  settings: PageSettings,
  reader: PageReader,
  name: NoticeName,
  retry?: string,
): string {
  const { title, text } = reader.words.notice[name];
  return render('@notice', {
    ...{ title, text: text({ partner: settings.partner.name }), retry, words: reader.words },
    // Only the partner can help with these.
    contact:
      name === 'gone' || name === 'failed' ? supportLink(settings.partner.support) : undefined,
    partner: settings.partner,
    layout: layoutOf(settings, reader, {
      title,
      // A notice does not know its own path, so the links have only a query.
      languages: LANGUAGES.map((code) => ({ code, href: `?lang=${code}` })),
    }),
  });
}

interface Head {
  readonly title: string;
  readonly languages: readonly {
    readonly code: Language;
    readonly href: string;
    readonly post?: string | undefined;
  }[];
}

function layoutOf(
  { partner, publicUrl }: PageSettings,
  { language, words }: PageReader,
  { title, languages }: Head,
) {
  return {
    ...{ language, words, title, partner },
    base: basePath(publicUrl),
    support: supportLink(partner.support),
    languages: languages.map(({ code, href, post }) => ({
      ...{ code, href, post, current: code === language },
      name: WORDS[code].languageName,
    })),
  };
}

export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 20);
}

/** @param support an e-mail address or an https address */
function supportLink(support: string | undefined): string | undefined {
  if (support === undefined) return undefined;
  return support.startsWith('https://') ? support : `mailto:${encodeURI(support)}`;
}
