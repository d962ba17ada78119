/** Fields that decide something are parsed strictly, all others are ignored, and no missing value is read as a yes. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Ar24ContractError } from '../../ar24/index.ts';
import { parseResult } from '../../ar24/envelope.ts';
import { type Ar24User, UserSchema } from '../../ar24/user.ts';
import { draws } from '../support/draws.ts';

function read(fields: Record<string, unknown>): Ar24User {
  return parseResult('readUser', UserSchema, { id: 1, ...fields });
}

function breachOf(result: unknown): Ar24ContractError {
  try {
    parseResult('readUser', UserSchema, result);
  } catch (error) {
    if (error instanceof Ar24ContractError) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
}

describe('a flag', () => {
  it.each([1, '1', true, 'true'])('is yes for %j', (value) => {
    expect(read({ cgu: value }).cgu).toBe('yes');
  });
  it.each([0, '0', false, 'false'])('is no for %j', (value) => {
    expect(read({ confirmed: value }).confirmed).toBe('no');
  });
  it.each([null, undefined])('is unseen for %j, which is not a no', (value) => {
    expect(read({ cgu: value }).cgu).toBe('unseen');
  });
  it('is unseen if AR24 does not show it', () => {
    expect(read({})).toMatchObject({ confirmed: 'unseen', cgu: 'unseen', paymentActive: 'unseen' });
  });
  it.each(['', 'yes', 'oui', 2, -1, '01', '1.0', 'TRUE', [], [1], {}, { 1: 1 }, '2026-01-01'])(
    'is a contract error for %j, naming the field and not the value',
    (value) => {
      const error = breachOf({ id: 1, cgu: value });
      expect(error).toMatchObject({ reason: 'wrong-type', field: 'result.cgu' });
    },
  );
});

describe('the id', () => {
  it.each([
    [1001, '1001'],
    ['1001', '1001'],
    ['a1-b_2', 'a1-b_2'],
  ])('%j is read as text', (id, expected) => {
    expect(parseResult('readUser', UserSchema, { id }).id).toBe(expected);
  });
  it.each([{}, { id: null }, { id: undefined }])('missing in %j is a contract error', (result) => {
    expect(breachOf(result)).toMatchObject({ reason: 'missing-field', field: 'result.id' });
  });
  it.each(['', 0, '0', '000', -1, 1.5, 2 ** 60, true, {}, ['1'], 'a b', '../1'])(
    '%j is a contract error',
    (id) => {
      expect(breachOf({ id })).toMatchObject({ reason: 'wrong-type', field: 'result.id' });
    },
  );
  it.each([undefined, null])('of a result that is %j is a contract error', (result) => {
    expect(breachOf(result)).toMatchObject({ reason: 'missing-field', field: 'result' });
  });
  it.each(['text', 1, [], [{ id: 1 }], true])('of the result %j is a contract error', (result) => {
    expect(breachOf(result)).toMatchObject({ reason: 'wrong-type', field: 'result' });
  });
});

describe('the name', () => {
  it.each([
    [{ name: 'Jeanne D' }, 'yes'],
    [{ firstname: 'Jeanne', lastname: 'D' }, 'yes'],
    [{ name: '', firstname: 'Jeanne', lastname: 'D' }, 'yes'],
    [{ name: '' }, 'no'],
    [{ name: '  ', firstname: '', lastname: '' }, 'no'],
    [{ firstname: 'Jeanne', lastname: '' }, 'no'],
    [{}, 'unseen'],
    [{ name: null }, 'unseen'],
    [{ name: { fr: 'Jeanne' } }, 'unseen'],
    [{ name: true }, 'unseen'],
    [{ name: 0 }, 'unseen'],
    [{ name: '0' }, 'no'],
    [{ name: '-', firstname: '.', lastname: '1' }, 'no'],
    [{ name: '李' }, 'yes'],
  ] as const)('of %j is set: %s', (fields, expected) => {
    expect(read(fields).name).toBe(expected);
  });
});

describe('payment', () => {
  it.each([
    ['1', false, 'yes'],
    ['0', true, 'yes'],
    [undefined, true, 'yes'],
    ['0', false, 'no'],
    ['0', undefined, 'no'],
    [undefined, null, 'unseen'],
  ] as const)('own %j, possible %j: %s', (payment_active, is_payment_possible, expected) => {
    expect(read({ payment_active, is_payment_possible }).paymentActive).toBe(expected);
  });
});

describe('a verified identity', () => {
  it.each([true, 1, '1', 'true', '2026-01-01 10:00:00', '2026-01-01'])('is yes for %j', (value) => {
    expect(read({ is_identity_verified: value }).identityVerified).toBe('yes');
  });
  it.each([
    'yes',
    'no',
    'pending',
    'expired',
    2,
    -1,
    '01',
    '0000-00-00 00:00:00',
    { at: '2026' },
    [0],
  ])('is unseen for %j', (value) => {
    expect(read({ is_identity_verified: value }).identityVerified).toBe('unseen');
  });
  it.each([undefined, null, 0, '0', false, 'false', '', ' ', [], {}])('is no for %j', (value) => {
    expect(read({ is_identity_verified: value }).identityVerified).toBe('no');
  });
});

describe('reference and SIRET', () => {
  it('are text, also if AR24 writes numbers', () => {
    expect(read({ custom_ref: 77, company_siret: 73282932000074 })).toMatchObject({
      customRef: '77',
      companySiret: '73282932000074',
    });
  });
  it('a SIRET written as a number gets its leading zeros back', () => {
    expect(read({ company_siret: 5420120000031 }).companySiret).toBe('05420120000031');
  });
  it.each([null, undefined, '', ' ', true, {}, []])('are absent for %j', (value) => {
    const user = read({ custom_ref: value, company_siret: value });
    expect(user).not.toHaveProperty('customRef');
    expect(user).not.toHaveProperty('companySiret');
  });
});

describe('fields that decide nothing', () => {
  it('may change their type, and new ones may appear', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const user = read({
          email: one,
          notif_cgu: other,
          creation: one,
          zipcode: other,
          brand_new: one,
        });
        expect(user.id).toBe('1');
      }),
    );
  });
});

const SAYS_YES: readonly unknown[] = [1, '1', true, 'true'];

function tryRead(fields: Record<string, unknown>): Ar24User | Ar24ContractError {
  try {
    return read(fields);
  } catch (error) {
    if (error instanceof Ar24ContractError) return error;
    throw error;
  }
}

it('any fields give a user or a contract error, and a yes only from a value that means yes', () => {
  const value = fc.oneof(
    { weight: 1, arbitrary: fc.jsonValue() },
    { weight: 20, arbitrary: fc.constantFrom(0, 1, '0', '1', true, false, null) },
  );
  const shown = fc.record(
    {
      cgu: value,
      confirmed: value,
      payment_active: value,
      is_payment_possible: value,
      name: value,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(shown, (fields) => {
      const user = tryRead(fields);
      const saysYes = (...names: (keyof typeof fields)[]): boolean =>
        names.some((name) => SAYS_YES.includes(fields[name]));
      return (
        user instanceof Ar24ContractError ||
        ((user.cgu === 'yes') === saysYes('cgu') &&
          (user.confirmed === 'yes') === saysYes('confirmed') &&
          (user.paymentActive === 'yes') === saysYes('payment_active', 'is_payment_possible') &&
          user.identityVerified === 'no')
      );
    }),
    { numRuns: draws(2_000) },
  );
});
