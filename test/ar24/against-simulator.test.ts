/** The library and the simulator, each written from docs/ar24-api.md, over real HTTP. */
import { describe, expect, it } from '@jest/globals';
import type { NewUser } from '../../ar24/index.ts';
import type { SimulatorOptions } from '../../simulator/index.ts';
import { CALLS, failureOf } from './calls.ts';
import { EMAIL, follow, PERSON, start } from './simulated.ts';

it('a new account is created, confirmed, accepts the terms, and can be read by id and by address', async () => {
  const { simulator, client } = await start();
  const created = await client.createUser(PERSON);
  expect(created).toMatchObject({
    confirmed: 'no',
    cgu: 'no',
    name: 'yes',
    customRef: 'ref-1',
    identityVerified: 'no',
  });
  await follow(simulator, 'email-confirmation', 'confirm');
  expect(await client.readUser({ id: created.id })).toMatchObject({ confirmed: 'yes', cgu: 'no' });
  await client.requestTerms(created.id);
  await follow(simulator, 'terms', 'accept');
  const ready = await client.readUser({ email: EMAIL });
  expect(ready).toMatchObject({ id: created.id, confirmed: 'yes', cgu: 'yes' });
  expect(simulator.accounts()).toHaveLength(1);
  expect(simulator.accounts()[0]).toMatchObject({
    lastname: 'Dupré',
    address1: '1 rue de la Gaîté & fils',
    email: EMAIL,
  });
});

it('an existing account is unavailable until its holder accepts', async () => {
  const { simulator, client } = await start();
  const { id } = simulator.createAccount({ email: EMAIL });
  expect(await failureOf(client.readUser({ email: EMAIL }))).toMatchObject({
    kind: 'refused',
    slug: 'user_unavailable',
  });
  expect(await failureOf(client.createUser(PERSON))).toMatchObject({
    kind: 'refused',
    slug: 'user_already_exist',
  });
  await client.requestAccess({ email: EMAIL });
  expect(await failureOf(client.requestTerms(id))).toMatchObject({
    kind: 'refused',
    slug: 'user_unavailable',
  });
  await follow(simulator, 'access-request', 'accept');
  expect(await client.readUser({ email: EMAIL })).toMatchObject({
    id,
    confirmed: 'yes',
    cgu: 'yes',
  });
});

it('an address without an account and an address of an account without access get different slugs', async () => {
  const { client } = await start();
  expect(await failureOf(client.readUser({ email: EMAIL }))).toMatchObject({
    kind: 'refused',
    slug: 'user_not_exist',
  });
  expect(await failureOf(client.requestAccess({ email: EMAIL }))).toMatchObject({
    kind: 'refused',
    slug: 'user_not_exist',
  });
  expect(await failureOf(client.requestAccess({ email: 'no address' }))).toMatchObject({
    kind: 'refused',
    field: 'email',
  });
});

it.each<[Partial<NewUser>, string]>([
  [{ firstname: '' }, 'firstname'],
  [{ lastname: '' }, 'lastname'],
  [{ email: 'nobody' }, 'email'],
  [{ address1: '' }, 'address1'],
  [{ zipcode: '' }, 'zipcode'],
  [{ city: '' }, 'city'],
  [{ country: 'ZZ' }, 'country'],
  [{ statut: 'professionnel' }, 'company_siret'],
  [{ statut: 'professionnel', company_siret: '12345678901234' }, 'company_siret'],
])('a registration with %j is refused for the field %s', async (wrong, field) => {
  const { simulator, client } = await start();
  expect(await failureOf(client.createUser({ ...PERSON, ...wrong }))).toMatchObject({
    kind: 'refused',
    field,
  });
  expect(simulator.accounts()).toHaveLength(0);
});

it('payment and identity are requested and then shown as done', async () => {
  const { simulator, client } = await start();
  const { id } = await client.createUser(PERSON);
  expect(await client.readUser({ id })).toMatchObject({
    paymentActive: 'no',
    identityVerified: 'no',
  });
  const { link } = await client.requestPayment(id, { link: true });
  await simulator.follow(link ?? '');
  await client.orderIdentity(id);
  await follow(simulator, 'identity-letter', 'enter-key');
  expect(await client.readUser({ id })).toMatchObject({
    paymentActive: 'yes',
    identityVerified: 'yes',
  });
  await client.requestPayment(id);
  expect(simulator.mailbox()[0]?.kind).toBe('payment');
});

it('the list holds every account tied to the token, and no other', async () => {
  const { simulator, client } = await start();
  for (let index = 0; index < 12; index += 1) {
    simulator.createAccount({ email: `a${index}@example.org`, attached: index !== 3 });
  }
  const attached = simulator.accounts().filter(({ access }) => access === 'granted');
  const listed: string[] = [];
  for await (const { id } of client.listUsers({ pageSize: 4 })) listed.push(id);
  expect(new Set(listed)).toEqual(new Set(attached.map(({ id }) => id)));
  expect(listed).toHaveLength(11);
});

describe('an AR24 that writes its answers in another form', () => {
  it.each<SimulatorOptions['switches']>([
    { numbersAs: 'numbers' },
    { numbersAs: 'mixed' },
    { extraFields: true },
    { identityField: 'false' },
    { encryptSuccesses: false },
    { emptyResult: 'absent' },
    { emptyResult: 'array' },
  ])('%j is read with the same result', async (switches) => {
    const { simulator, client } = await start({ switches });
    const { id } = await client.createUser(PERSON);
    await client.requestTerms(id);
    await follow(simulator, 'terms', 'accept');
    expect(await client.readUser({ id })).toMatchObject({
      id,
      confirmed: 'no',
      cgu: 'yes',
      name: 'yes',
      paymentActive: 'no',
      identityVerified: 'no',
    });
  });

  it('a hidden flag is unseen, neither a yes nor a no', async () => {
    const { client } = await start({ switches: { hideFields: ['cgu'] } });
    expect(await client.createUser(PERSON)).toMatchObject({ cgu: 'unseen', confirmed: 'no' });
  });
});

describe('credentials and clock', () => {
  it('a wrong token is a credentials error on every call', async () => {
    const { client } = await start({}, { token: 'another' });
    for (const call of Object.values(CALLS)) {
      expect(await failureOf(call(client))).toMatchObject({
        kind: 'credentials',
        slug: 'token_invalid',
      });
    }
  });
  it('a wrong key is an unknown slug and no "no", since its slug is not public', async () => {
    const { client } = await start({}, { privateKey: 'another' });
    expect(await failureOf(client.readUser({ email: EMAIL }))).toMatchObject({
      kind: 'unknown-slug',
    });
  });
  it.each([
    [-3_600_000, 'expired_date'],
    [3_600_000, 'date_in_future'],
  ])('a clock that is %i ms off is a clock error', async (offMs, slug) => {
    const { simulator, client } = await start({}, { now: () => new Date(Date.now() + offMs) });
    expect(await failureOf(client.readUser({ email: EMAIL }))).toMatchObject({
      kind: 'clock',
      slug,
    });
    expect(simulator.ledger().calls['GET /user']).toBe(2);
  });
  it.each([
    '2026-03-29T00:59:30Z',
    '2026-03-29T01:30:00Z',
    '2026-10-25T00:30:00Z',
    '2026-10-25T02:00:00Z',
  ])('AR24 accepts the date of %s, near a change of clocks', async (moment) => {
    const now = (): Date => new Date(moment);
    const { client } = await start({ now }, { now });
    await expect(client.createUser(PERSON)).resolves.toMatchObject({ customRef: 'ref-1' });
  });
});
