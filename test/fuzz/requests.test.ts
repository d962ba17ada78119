/**
 * Requests of host applications, HTTP programs, forms and operators: validated by schemas, and no
 * value is repeated.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { z } from 'zod';
import { InvalidRequestError } from '../../client/errors.ts';
import {
  addressCorrection,
  cancellation,
  claim,
  extension,
  overriding,
  refusal,
} from '../../client/schemas/messages.ts';
import { parse } from '../../client/schemas/parse.ts';
import { formFields, prefill, registrationForm } from '../../client/schemas/registration-form.ts';
import { startRequest } from '../../client/schemas/start-request.ts';
import { listQuerystring, startBody } from '../../gateway/api/schemas/requests.ts';
import { readForm } from '../../gateway/page/form/read-form.ts';
import {
  invalidCancel,
  invalidFields,
  invalidForm,
  invalidOverride,
  invalidStart,
} from '../../workflows/shapes.ts';
import { onboardingRequest, registrationForm as aForm } from '../support/people.ts';
import { CANARY, mutated, runs } from './hostile.ts';
import { expectSafeError, thrownBy } from './safe-error.ts';

const FORM = aForm({ address2: 'Bâtiment B', company_tva: 'FR40303265045', notif_billing: '1' });
const START = onboardingRequest({
  registration: FORM,
  require: ['payment', 'identity'],
  termsEvidence: { version: '2026-01', acceptedAt: '2026-01-31T09:30:00+01:00' },
});
const { reference: _reference, ...WITHOUT_REFERENCE } = START;
const start = (request: unknown) =>
  invalidStart({
    request,
    emailHashes: ['1.own'],
    accessRequestedBefore: false,
    identityOrderedBefore: false,
  });
const nothing = () => null;

interface Kind {
  readonly what: string;
  readonly schema: z.ZodType;
  readonly valid: object;
  /** Whether the workflow accepts it. */
  readonly fault: (taken: unknown) => string | null;
}

const KINDS: readonly Kind[] = [
  { what: 'a start', schema: startRequest, valid: START, fault: start },
  { what: 'a form', schema: registrationForm, valid: FORM, fault: invalidForm },
  { what: 'a prefill', schema: prefill, valid: FORM, fault: invalidFields },
  {
    what: 'a start over HTTP',
    schema: startBody,
    valid: WITHOUT_REFERENCE,
    fault: (taken) => start({ reference: 'customer-42', ...Object(taken) }),
  },
  { what: 'a claim', schema: claim, valid: { what: 'terms', by: 'crm' }, fault: nothing },
  { what: 'a refusal', schema: refusal, valid: { by: 'crm' }, fault: nothing },
  {
    what: 'a corrected address',
    schema: addressCorrection,
    valid: { email: 'zoe@example.org', emailVerified: true, by: 'crm' },
    fault: nothing,
  },
  { what: 'an extension', schema: extension, valid: { until: '2027-01-31' }, fault: nothing },
  {
    what: 'a cancellation',
    schema: cancellation,
    valid: { by: 'jeanne', reason: 'the customer has left' },
    fault: invalidCancel,
  },
  {
    what: 'an override',
    schema: overriding,
    valid: { requirement: 'identity', by: 'jeanne', reason: 'seen on paper' },
    fault: invalidOverride,
  },
  {
    what: 'a filter of the list',
    schema: listQuerystring,
    valid: { status: 'awaiting-terms', limit: '50', cursor: 'abc', accountId: '4711' },
    fault: nothing,
  },
];

describe.each(KINDS)('$what', ({ schema, valid, fault }) => {
  test('with thousands of unknown fields is answered by a short text', () => {
    const more = Array.from({ length: 5_000 }, (_, n) => [`field_${n}`, n] as const);
    const failure = thrownBy(() => parse(schema, { ...valid, ...Object.fromEntries(more) }));
    expectSafeError(failure, { kind: InvalidRequestError, secrets: [], most: 1_000 });
  });

  test('is parsed to one normal form that the workflow accepts too, or refused without its values', () => {
    const outcomes = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(fc.oneof(mutated(valid), fc.constant(valid)), (value) => {
        let taken: unknown;
        const failure = thrownBy(() => (taken = parse(schema, value)));
        outcomes[failure === undefined ? 'taken' : 'refused'] += 1;
        if (failure !== undefined) {
          expectSafeError(failure, { kind: InvalidRequestError, secrets: [CANARY], most: 3_000 });
          return;
        }
        const json = JSON.stringify(taken);
        expect(parse(schema, JSON.parse(json))).toEqual(taken);
        expect(json.length).toBeLessThan(50_000);
        expect(fault(taken)).toBeNull();
      }),
      runs(350),
    );
    // Otherwise the generated values are too uniform to prove anything.
    expect(Math.min(outcomes.taken, outcomes.refused)).toBeGreaterThan(50);
  });
});

test('a form on the page is valid, or is shown again with the invalid fields', () => {
  fc.assert(
    fc.property(mutated(FORM), (body) => {
      const read = readForm(body);
      expect(read.kind === 'faulty' ? read.faults.size : 1).toBeGreaterThan(0);
      expect(read.kind === 'usable' ? invalidForm(read.form) : null).toBeNull();
    }),
    runs(500),
  );
});

test('a country has two letters as it was typed, not only once it is upper-case', () => {
  const letter = fc.constantFrom(...'aZfRß\u0131\ufb01\u0149\u00e9 1\n'.split(''));
  fc.assert(
    fc.property(fc.string({ unit: letter, maxLength: 4 }), (country) => {
      const isTaken = formFields.safeParse({ ...FORM, country }).success;
      expect(isTaken).toBe(/^\s*[A-Za-z]{2}\s*$/.test(country));
    }),
    runs(500),
  );
});
