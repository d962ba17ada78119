/** On Paris' clocks, which AR24 and its senders go by. */
const timeZone = 'Europe/Paris';

export function day(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(new Date(iso));
}

export function moment(iso: string, locale: string): string {
  const format = { dateStyle: 'long', timeStyle: 'short', timeZone } as const;
  return new Intl.DateTimeFormat(locale, format).format(new Date(iso));
}
