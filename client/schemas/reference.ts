import { z } from 'zod';
import { REFERENCE_PATTERN } from '../../workflows/contract/index.ts';

/** The partner's own opaque reference of a sender; becomes the workflow's id, so never an address. */
export const reference = z.string('a text is expected').superRefine((value, context) => {
  if (value.includes('@')) {
    context.addIssue('must not be an e-mail address: use an opaque reference of your own');
  } else if (!REFERENCE_PATTERN.test(value)) {
    context.addIssue('must be 1 to 128 letters, digits, or any of _ . : -');
  } else if (/^\.\.?$/.test(value)) {
    // In an address these are places of their own.
    context.addIssue('must not be a point or two alone');
  }
});
