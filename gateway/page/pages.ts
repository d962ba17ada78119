/** Renders the pages: whole pages, the parts that a browser renews, and notices. */
import { createHash } from 'node:crypto';
import { LANGUAGES, type Language, type WholeView } from '../../client/index.ts';
import type { CompanyLookUp } from './company/look-up.ts';
import { formOnPage, type FormState } from './form/form-page.ts';
import type { TypedValues } from './form/fields.ts';
import { isAddressRefused, journeyOf, mayCorrectAddress, wantsForm } from './journey/journey.ts';
import type { PartnerLook } from './options.ts';
import { basePath, isInVain, pathsOf, type ActionResult, type Paths } from './paths.ts';
import type { PageReader } from './reader.ts';
import { render, unbroken } from './templates/render.ts';
import type { NoticeName, PageWords } from './words/page-words.ts';
import { WORDS } from './words/index.ts';

export interface PageSettings {
  readonly partner: PartnerLook;
  readonly publicUrl: string;
  readonly lookUp?: CompanyLookUp | undefined;
}

export interface PageState {
  readonly token: string;
  readonly view: WholeView;
  /** Where the page leads back to at the end. */
  readonly returnUrl?: string | undefined;
  readonly reader: PageReader;
  /** The entries of the form that the browser has kept. */
  readonly typed?: TypedValues | undefined;
  /** The partner's entries, with which the form begins. */
  readonly prefill?: TypedValues | undefined;
}

/** An entry that is no e-mail address. */
export interface AddressFault {
  readonly typed: string;
}

/** The parts of the page that change with the onboarding. */
export interface Parts {
  readonly title: string;
  /** For screen readers. */
  readonly announce: string;
  readonly status: string;
  readonly steps: string;
  /** Empty also if the browser shows it already. */
  readonly form: string;
  /** Changes if the form does. */
  readonly formKey: string;
  /** Whether the form is the registration form. */
  readonly wantsForm: 'yes' | 'no';
  readonly ended: boolean;
}

interface PartsOptions {
  /** The key of the form that the browser shows. */
  readonly shownForm?: unknown;
  readonly addressFault?: AddressFault | undefined;
  /** Milliseconds since the epoch. */
  readonly now?: number | undefined;
}

export function partsOf(
  settings: PageSettings,
  { token, view, returnUrl, reader, typed = {}, prefill }: PageState,
  state: FormState = { kind: 'fresh', fieldErrors: view.fieldErrors, typed, prefill },
  { shownForm, addressFault, now = Date.now() }: PartsOptions = {},
): Parts {
  const { partner, publicUrl } = settings;
  const { words, chosen } = reader;
  const paths = pathsOf(publicUrl, token, chosen);
  const journey = journeyOf(view, reader, partner, now);
  const formKey = formKeyOf(view);
  const form = () => [
    wantsForm(view) ? formPart(settings, paths, reader, state) : '',
    mayCorrectAddress(view) ? addressPart(paths, reader, isAddressRefused(view), addressFault) : '',
  ];
  const data = {
    ...{ journey, words, partner, unbroken },
    contact: supportLink(partner.support, words.subject(view.reference)),
    back: view.outcome === null ? undefined : returnUrl,
    paths: {
      done: paths.action('done'),
      again: paths.action('again'),
      refuse: paths.action('refuse'),
    },
  };
  return {
    title: `${journey.title} · ${words.about(partner.name)}`,
    announce: journey.title,
    status: render('@status', data),
    steps: render('@steps', data),
    form: formKey === shownForm ? '' : form().join(''),
    formKey,
    wantsForm: journey.wantsForm,
    ended: view.outcome !== null,
  };
}

export function formKeyOf(view: WholeView): string {
  const forms = [wantsForm(view), mayCorrectAddress(view)];
  return forms.includes(true) ? hashOf([...forms, view.fieldErrors]) : 'none';
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

/** @param isRefused whether AR24 has refused the address */
function addressPart(
  paths: Paths,
  { words }: PageReader,
  isRefused: boolean,
  fault?: AddressFault,
): string {
  const action = paths.action('address');
  const entry = { fault: fault !== undefined, typed: fault?.typed ?? '' };
  return render('@address', {
    action,
    words: words.address,
    open: entry.fault || isRefused,
    ...entry,
  });
}

/** A form that could not be delivered, with its entries. The onboarding itself cannot be read then. */
export function undeliveredPage(
  settings: PageSettings,
  { token, reader }: Pick<PageState, 'token' | 'reader'>,
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

export function wholePage(
  settings: PageSettings,
  page: PageState,
  state?: FormState,
  addressFault?: AddressFault,
): string {
  const { token, reader } = page;
  const { words, chosen, result } = reader;
  const paths = pathsOf(settings.publicUrl, token, chosen);
  const { announce, ended, wantsForm, ...parts } = partsOf(settings, page, state, {
    addressFault,
  });
  const shown = state === undefined ? result : undefined;
  // A link would lose what is typed, so the form is posted along with the change of language.
  const languages = LANGUAGES.map((code) => ({
    code,
    href: paths.in(code, shown),
    post: wantsForm === 'yes' ? paths.action('registration', code) : undefined,
  }));
  const { reference } = page.view;
  return render('@page', {
    ...parts,
    layout: layoutOf(settings, reader, { title: announce, languages, reference }),
    words,
    ended: ended ? 'yes' : 'no',
    now: new Date().toISOString(),
    flash: shown === undefined ? null : flashOf(shown, words),
    paths: { page: paths.page(), state: paths.state },
  });
}

function flashOf(result: ActionResult, words: PageWords) {
  return { text: words.result[result], tone: isInVain(result) ? 'plain' : 'good' };
}

/** The question before the holder of an account refuses the partner. */
export function refusalPage(settings: PageSettings, { token, view, reader }: PageState): string {
  const { words, chosen } = reader;
  const paths = pathsOf(settings.publicUrl, token, chosen);
  const about = { partner: settings.partner.name, email: view.maskedEmail };
  const title = words.refuse.title(about);
  return render('@refusal', {
    ...{ title, text: words.refuse.text(about), words },
    paths: { refuse: paths.action('refuse'), page: paths.page() },
    layout: layoutOf(settings, reader, {
      ...{ title, reference: view.reference },
      languages: LANGUAGES.map((code) => ({ code, href: `?lang=${code}` })),
    }),
  });
}

/** Addresses of the buttons of a notice. */
export interface NoticeLinks {
  /** Tries again. */
  readonly retry?: string | undefined;
  /** Where the partner makes another link. */
  readonly refreshUrl?: string | undefined;
}

export function noticePage(
  settings: PageSettings,
  reader: PageReader,
  name: NoticeName,
  links: NoticeLinks = {},
): string {
  const { title, text } = reader.words.notice[name];
  return render('@notice', {
    ...{ title, text: text({ partner: settings.partner.name }), ...links, words: reader.words },
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
  /** Unknown on a page that cannot read the onboarding. */
  readonly reference?: string;
}

function layoutOf(
  { partner, publicUrl }: PageSettings,
  { language, words }: PageReader,
  { title, languages, reference }: Head,
) {
  return {
    ...{ language, words, title, partner },
    base: basePath(publicUrl),
    support: supportLink(partner.support, reference && words.subject(reference)),
    reference: partner.support && reference ? words.reference(reference) : '',
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
function supportLink(support: string | undefined, subject = ''): string | undefined {
  if (support === undefined) return undefined;
  if (support.startsWith('https://')) return support;
  const query = subject === '' ? '' : `?subject=${encodeURIComponent(subject)}`;
  return `mailto:${encodeURI(support)}${query}`;
}
