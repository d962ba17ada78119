/** What can be wrong with a form before AR24 sees it. */
export const FORM_FAULTS = ['missing', 'too-long', 'one-line', 'wrong'] as const;
export type FormFault = (typeof FORM_FAULTS)[number];

/** What AR24 will probably refuse, and may take: exceptions exist. */
export const FORM_WARNINGS = ['siret-check', 'siret-wanted', 'vat-wanted'] as const;
export type FormWarning = (typeof FORM_WARNINGS)[number];
