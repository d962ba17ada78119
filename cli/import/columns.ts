/** The columns that a file may have: what a sign-up tells, and AR24's own fields of the form. */
import { FORM_FIELDS } from '../../client/index.ts';

const SIGN_UP = ['reference', 'email', 'email_verified', 'language', 'require'] as const;

export type FormColumn = keyof typeof FORM_FIELDS;
export type Column = (typeof SIGN_UP)[number] | FormColumn;

export const FORM_COLUMNS = Object.keys(FORM_FIELDS) as readonly FormColumn[];
export const COLUMNS: readonly Column[] = [...SIGN_UP, ...FORM_COLUMNS];

/** Without these no row could be started. */
export const NEEDED: readonly Column[] = ['reference', 'email'];

/** However it is written: a spreadsheet's user likes capitals. */
export function columnNamed(written: string): Column | undefined {
  const name = written.trim().toLowerCase();
  return COLUMNS.find((column) => column === name);
}
