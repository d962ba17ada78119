import { pathOf } from '../people/links.ts';
import type { Action, SentMail } from '../state/mail.ts';
import { keeping, layoutData, type Reader } from './page.ts';
import { render } from './templates/render.ts';
import { actionText } from './texts.ts';

/** The question a link asks. Looking at it changes nothing: mail scanners follow links too. */
export function questionPage(mail: SentMail, action: Action, reader: Reader): string {
  const { question, button } = actionText(mail.kind, action, reader.lang);
  const path = pathOf(mail, action);
  const unwelcome = action === 'refuse' || action === 'withdraw';
  return linkPage(reader, path, {
    tone: '',
    heading: question,
    account: mail.to,
    button: {
      href: keeping(reader, path),
      label: button,
      weight: unwelcome ? 'quiet' : 'main',
    },
  });
}

/** What came of following a link. */
export function donePage(mail: SentMail, action: Action, reader: Reader): string {
  return linkPage(reader, pathOf(mail, action), {
    tone: 'good',
    mark: '✓',
    heading: reader.words.doneTitle,
    text: actionText(mail.kind, action, reader.lang).done,
    account: mail.to,
  });
}

/** A link that has been followed before. */
export function usedPage(mail: SentMail, action: Action, reader: Reader): string {
  const { usedTitle: heading, usedText: text } = reader.words;
  return linkPage(reader, pathOf(mail, action), { tone: '', heading, text, account: mail.to });
}

export function noLinkPage(reader: Reader): string {
  const { noLinkTitle: heading, noLinkText: text } = reader.words;
  return linkPage(reader, '/', { tone: 'bad', mark: '?', heading, text });
}

interface Content {
  readonly tone: '' | 'good' | 'bad';
  readonly heading: string;
  readonly mark?: string;
  readonly text?: string;
  readonly account?: string;
  readonly button?: { readonly href: string; readonly label: string; readonly weight: string };
}

function linkPage(reader: Reader, path: string, content: Content): string {
  return render('@link', {
    page: layoutData(reader, { name: 'link', path, title: content.heading }),
    words: reader.words,
    back: keeping(reader, '/'),
    mark: undefined,
    text: undefined,
    account: undefined,
    button: undefined,
    ...content,
  });
}
