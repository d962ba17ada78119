/** The languages of AR24's messages (docs/ar24-api.md 1.2). */
const LANGUAGES = ['en', 'fr', 'nl'] as const;

export type ApiLanguage = (typeof LANGUAGES)[number];

/** The supported language with the highest weight in an `Accept-Language` header. */
export function preferredLanguage<L extends ApiLanguage>(
  header: string | undefined,
  supported: readonly L[],
): L | undefined {
  const wishes = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find(Boolean);
      return { primary: tag.split('-')[0], weight: Number(weight ?? 1) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight);
  for (const { primary } of wishes) {
    const found = supported.find((language) => language === primary);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function messageLanguage(header: string | undefined, fallback: ApiLanguage): ApiLanguage {
  return preferredLanguage(header, LANGUAGES) ?? fallback;
}
