import type { FormField, RegistrationForm, Reference } from '../workflows/contract/index.ts';
import { readsLikeNothing } from './schemas/form/broken-text.ts';
import { judge, RULES, type Rule } from './schemas/form/rules.ts';

/** AR24 will probably refuse the value, or it is probably a mistake. The request is accepted all the same. */
export interface RequestWarning {
  /** Such as `registration.zipcode`. */
  readonly path: string;
  readonly rule: Rule;
  /** Never holds the value. */
  readonly message: string;
}

/** Warnings for a form alone. The paths are its fields. @param form as the schema returns it */
export function registrationWarnings(
  form: RegistrationForm,
): readonly (RequestWarning & { readonly path: FormField })[] {
  return judge(form)
    .filter(({ verdict }) => verdict === 'doubtful')
    .map(({ field, rule }) => ({ path: field, rule, message: RULES[rule] }));
}

/** Warnings for a whole request. @param request as the schema returns it */
export function startWarnings(request: {
  readonly reference: Reference;
  readonly registration?: RegistrationForm | undefined;
}): readonly RequestWarning[] {
  const { reference, registration } = request;
  const ofForm = registration === undefined ? [] : registrationWarnings(registration);
  return [
    ...(readsLikeNothing(reference)
      ? [{ path: 'reference', rule: 'nothing' as const, message: RULES.nothing }]
      : []),
    ...ofForm.map((warning) => ({ ...warning, path: `registration.${warning.path}` })),
  ];
}
