import { pathOf, LOSSES, type MailAction, type SentMail } from '../state/mail.ts';
import type { Switches } from '../settings/switches.ts';
import { keeping, layoutData, type MailboxReader } from './page.ts';
import { render } from './templates.ts';
import { actionText } from './texts.ts';

/** The page of a link before its button is pressed. It changes nothing: mail scanners follow links too. */
export function questionPage(mail: SentMail, action: MailAction, reader: MailboxReader): string {
  const { question, button } = actionText(mail.kind, action, reader.lang);
  const path = pathOf(mail, action);
  const unwelcome = action === 'refuse' || LOSSES.some((loss) => loss === action);
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

/** The page after a link was followed. */
export function donePage(mail: SentMail, action: MailAction, reader: MailboxReader): string {
  return linkPage(reader, pathOf(mail, action), {
    tone: 'good',
    mark: '✓',
    heading: reader.words.doneTitle,
    text: actionText(mail.kind, action, reader.lang).done,
    account: mail.to,
  });
}

/** The page of a link that was followed before. */
export function usedPage(mail: SentMail, action: MailAction, reader: MailboxReader): string {
  const { usedTitle: heading, usedText: text } = reader.words;
  return linkPage(reader, pathOf(mail, action), { tone: '', heading, text, account: mail.to });
}

/** The page of a link that has expired. */
export function overPage(
  mail: SentMail,
  consequence: Switches['confirmationLinkOver'],
  reader: MailboxReader,
): string {
  const { overTitle: heading, overText } = reader.words;
  const text = overText[consequence];
  return linkPage(reader, pathOf(mail, 'confirm'), {
    tone: 'bad',
    heading,
    text,
    account: mail.to,
  });
}

export function noLinkPage(reader: MailboxReader): string {
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

function linkPage(reader: MailboxReader, path: string, content: Content): string {
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
