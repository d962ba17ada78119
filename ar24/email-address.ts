/** E-mail addresses that differ by upper and lower case only: AR24 may treat them as one account or as two. */

export type EmailCase = 'insensitive' | 'sensitive';

/** Whether both are the address of one account. Spaces around them and the Unicode form do not count. */
export function isSameAddress(one: string, other: string, emailCase: EmailCase): boolean {
  const plain = (address: string): string => address.normalize('NFC').trim();
  if (plain(one) === plain(other)) return true;
  // Normalized again: lower case can split a letter into two characters.
  const folded = (address: string): string => plain(address).toLowerCase().normalize('NFC');
  return emailCase !== 'sensitive' && folded(one) === folded(other);
}

/** The address in lower case, and with capitals where people and phones put them: at the start and in names. */
export function otherSpellings(email: string): readonly string[] {
  const lower = email.toLowerCase();
  const at = lower.lastIndexOf('@');
  const [local, domain] = [lower.slice(0, at), lower.slice(at)];
  const capitals = [/^\p{Ll}/u, /(?<=^|[._-])\p{Ll}/gu].map(
    (where) => local.replace(where, (letter) => letter.toUpperCase()) + domain,
  );
  return [...new Set([lower, ...capitals])].filter((spelling) => spelling !== email);
}
