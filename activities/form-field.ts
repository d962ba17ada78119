import type { FieldError } from '../workflows/contract/index.ts';
import { FORM_FIELDS, type FormField } from '../workflows/contract/request.ts';

/** Where a person can correct what AR24 refused: a field of the form, the address, or `form`. */
export function formFieldOf(parameter: string | undefined): FieldError['field'] {
  if (parameter === 'email') return parameter;
  return parameter !== undefined && isFormField(parameter) ? parameter : 'form';
}

function isFormField(parameter: string): parameter is FormField {
  return Object.hasOwn(FORM_FIELDS, parameter);
}
