/** Days and times as the page writes them, in the time zone of AR24 and its senders. */

const timeZone = 'Europe/Paris';

export function day(iso: string, locale: string): string {
  return formatted(iso, locale, { dateStyle: 'long', timeZone });
}

export function moment(iso: string, locale: string): string {
  return formatted(iso, locale, { dateStyle: 'long', timeStyle: 'short', timeZone });
}

/** The time of day only. */
export function clock(iso: string, locale: string): string {
  return formatted(iso, locale, { timeStyle: 'short', timeZone });
}

/** French writes the first of a month as `1er`, and an hour as `9 h 05`, which Intl does not. */
function formatted(iso: string, locale: string, format: Intl.DateTimeFormatOptions): string {
  const text = new Intl.DateTimeFormat(locale, format).format(new Date(iso));
  if (!locale.startsWith('fr')) return text;
  return text.replace(/^1(?=\s)/, '1er').replace(/0?(\d{1,2}):(\d\d)/, '$1\u00a0h\u00a0$2');
}
