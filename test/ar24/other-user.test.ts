/** An answer about another account is a contract error. */
import { describe, expect, it } from '@jest/globals';
import type { Ar24ClientOptions, Ar24ContractError } from '../../ar24/index.ts';
import { EMAIL, failureOf, NEW_USER } from './calls.ts';
import { ar24, success } from './server.ts';

const OTHER = 'somebody.else@exemple.fr';

function answering(result: unknown, options: Partial<Ar24ClientOptions> = {}) {
  return ar24((seen) => success(seen, result), options);
}

/** The fault that was found; undefined if the answer was accepted. */
async function faultOf(call: Promise<unknown>) {
  const failure = (await failureOf(call)) as Ar24ContractError | undefined;
  return failure && { kind: failure.kind, reason: failure.reason, field: failure.field };
}

const otherUser = (field: string) => ({ kind: 'contract', reason: 'other-user', field });
const missing = (field: string) => ({ kind: 'contract', reason: 'missing-field', field });

describe('a read by address', () => {
  it('answered with another address: a contract error, which names the field and no address', async () => {
    const { client } = await answering({ id: 7, email: OTHER, confirmed: 1, cgu: 1, name: 'X' });
    const failure = await failureOf(client.readUser({ email: EMAIL }));
    expect(failure).toMatchObject(otherUser('result.email'));
    expect(String(failure)).not.toMatch(/exemple/);
  });

  it.each([undefined, null, '', ' ', 7, ['jeanne'], { is: EMAIL }])(
    'answered with %j as the address: a contract error',
    async (email) => {
      const { client } = await answering({ id: 7, email });
      expect(await faultOf(client.readUser({ email: EMAIL }))).toEqual(missing('result.email'));
    },
  );

  it.each([EMAIL, EMAIL.normalize('NFD'), ` ${EMAIL} `, EMAIL.toUpperCase()])(
    'answered with %j: the same address, if upper and lower case do not matter',
    async (email) => {
      const { client } = await answering({ id: 7, email });
      await expect(client.readUser({ email: EMAIL })).resolves.toMatchObject({ id: '7' });
    },
  );

  it('answered in another case although case matters: a contract error', async () => {
    const { client } = await answering(
      { id: 7, email: EMAIL.toUpperCase() },
      { emailCase: 'sensitive' },
    );
    expect(await faultOf(client.readUser({ email: EMAIL }))).toEqual(otherUser('result.email'));
  });
});

describe('a read by id', () => {
  it('ignores the address, which its holder may have changed', async () => {
    const { client } = await answering({ id: 7, email: OTHER });
    await expect(client.readUser({ id: '7' })).resolves.toMatchObject({ id: '7' });
  });

  it.each([
    [{ id: 8, email: EMAIL }, otherUser('result.id')],
    [{ id: 7, email: OTHER }, otherUser('result.email')],
    [{ id: 7 }, missing('result.email')],
  ])('and by address, answered by %j: a contract error', async (result, wrong) => {
    const { client } = await answering(result);
    expect(await faultOf(client.readUser({ id: '7', email: EMAIL }))).toEqual(wrong);
  });
});

describe('a creation', () => {
  it.each([
    [{ id: 7, email: OTHER }, 'result.email'],
    [{ id: 7, email: EMAIL, custom_ref: 'ref-7713' }, 'result.custom_ref'],
    [{ id: 7, custom_ref: 'ref-7713' }, 'result.custom_ref'],
  ])('answered by %j: a contract error, and AR24 may have done it', async (result, field) => {
    const { client } = await answering(result);
    const failure = await failureOf(client.createUser(NEW_USER));
    expect(failure).toMatchObject({ ...otherUser(field), delivered: 'unknown' });
  });

  it.each([{ id: 7 }, { id: 7, email: EMAIL }, { id: 7, email: EMAIL, custom_ref: 'ref-7712' }])(
    'answered by %j is accepted',
    async (result) => {
      const { client } = await answering(result);
      await expect(client.createUser(NEW_USER)).resolves.toMatchObject({ id: '7' });
    },
  );
});

describe('an answer of another shape', () => {
  const USER = { id: 7, email: EMAIL, confirmed: 1, cgu: 1, name: 'X' };

  it.each([
    ['without status', { result: USER }, 'missing-field', 'status'],
    ['with another status', { status: 'success', result: USER }, 'wrong-type', 'status'],
    ['with a status that is no text', { status: 1, result: USER }, 'wrong-type', 'status'],
    ['that is the user itself', USER, 'missing-field', 'status'],
    ['whose result is a list', { status: 'SUCCESS', result: [USER] }, 'wrong-type', 'result'],
    ['whose result is missing', { status: 'SUCCESS' }, 'missing-field', 'result'],
  ])('%s is a contract error', async (_what, body, reason, field) => {
    const { client } = await ar24((_seen, reply) => reply.send(body));
    expect(await faultOf(client.readUser({ email: EMAIL }))).toEqual({
      kind: 'contract',
      reason,
      field,
    });
  });

  it('that is a list is a contract error', async () => {
    const { client } = await ar24((_seen, reply) =>
      reply.send([{ status: 'SUCCESS', result: USER }]),
    );
    expect(await faultOf(client.readUser({ email: EMAIL }))).toMatchObject({ kind: 'contract' });
  });
});
