import { ENDPOINTS } from './endpoints.ts';
import { Ar24ContractError } from './errors/index.ts';

/**
 * Finds the link in the result of `payment_request`, whose field is not public (docs/ar24-api.md
 * 7.1): the first of `fields` that holds a web address, or the result itself.
 *
 * @throws Ar24ContractError where there is none: nobody was mailed either, so that saying nothing
 *   would leave the sender waiting for ever
 */
export function paymentLink(result: unknown, fields: readonly string[]): string {
  const candidates =
    typeof result === 'object' && result !== null
      ? fields.map((field): unknown => Object.getOwnPropertyDescriptor(result, field)?.value)
      : [result];
  const link = candidates.find(isWebAddress);
  if (link === undefined) {
    throw new Ar24ContractError(ENDPOINTS.requestPayment, 'missing-field', {
      field: 'result.link',
    });
  }
  return link;
}

/** A link that a person is sent to: anything but the web (`javascript:`) is none. */
function isWebAddress(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    URL.canParse(value) &&
    ['http:', 'https:'].includes(new URL(value).protocol)
  );
}
