/** An address of which its owner sees that it is his, and nobody else whose: `j…@e….org`. */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@');
  const dot = email.lastIndexOf('.');
  if (at < 1 || dot < at) return '…@…';
  return `${firstOf(email)}…@${firstOf(email.slice(at + 1))}…${email.slice(dot)}`;
}

/** The first character as a person counts them, as far as one code point goes. */
function firstOf(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0x2026);
}
