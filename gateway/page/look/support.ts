/** Where a click on the partner's support leads: an address by mail, anything else as it is. */
export function supportLink(support: string | undefined): string | undefined {
  if (support === undefined) return undefined;
  return support.startsWith('https://') ? support : `mailto:${encodeURI(support)}`;
}
