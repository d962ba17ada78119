/** What came of a button, told once after the redirect: a code in the address, never a text. */
export const TOLD = [
  /** AR24 was looked at again, and shows something new. */
  'checked',
  /** The same, and it shows what it showed. */
  'not-yet',
  'mailed',
  /** The last mail is too fresh for another. */
  'too-early',
  'not-now',
  /** The address has been mailed as often as it may be in a day. */
  'enough-mails',
  'registered',
  /** A form came that is not, or no longer, wanted. */
  'not-wanted',
] as const;
export type Told = (typeof TOLD)[number];

export function toldIn(code: unknown): Told | undefined {
  return TOLD.find((one) => one === code);
}
