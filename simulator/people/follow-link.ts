import { LINKS } from '../state/mail.ts';
import type { Records } from '../state/records.ts';
import { pathOf } from './links.ts';

/**
 * Follows a link over HTTP, as a person's browser does who clicks the button.
 *
 * @param mailOrLink an address, its path, or a mail's identifier, which means its first link
 * @throws Error if there is no such link
 */
export async function followLink(url: string, records: Records, mailOrLink: string): Promise<void> {
  const mail = records.mail(mailOrLink);
  const [action] = mail === undefined ? [] : LINKS[mail.kind];
  const path =
    mail === undefined || action === undefined
      ? // Whatever host people know it by, it is this simulator.
        new URL(mailOrLink, url).pathname
      : pathOf(mail, action);
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { accept: 'application/json' },
  });
  await response.body?.cancel();
  if (!response.ok)
    throw new Error(`No mail has the link ${mailOrLink} (HTTP ${response.status}).`);
}
