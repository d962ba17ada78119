/** What generators of clients need of the OpenAPI document, and that docs/openapi.json is this document. */
import { expect, test } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import { openApiDocument } from './document.ts';

const COMMITTED = new URL('../../../docs/openapi.json', import.meta.url);
const COMPONENT = '#/components/schemas/';

const document = await openApiDocument();
const { schemas } = document.components;

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Each object of the document, with its place. */
function* objectsIn(value: unknown, place = ''): Generator<readonly [string, Json]> {
  if (isObject(value)) yield [place, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [name, one] of Object.entries(value)) yield* objectsIn(one, `${place}/${name}`);
}

const all = [...objectsIn(document)];

test('docs/openapi.json is the document; UPDATE_OPENAPI=1 rewrites it', async () => {
  const text = await format(JSON.stringify(document), { parser: 'json', printWidth: 100 });
  if (process.env['UPDATE_OPENAPI'] === '1') await writeFile(COMMITTED, text);
  expect(await readFile(COMMITTED, 'utf8')).toBe(text);
});

test('every property and parameter is described, and has an example unless its values are listed', () => {
  const lacking = all.flatMap(([place, { properties, parameters }]) => [
    ...Object.entries(isObject(properties) ? properties : {}).flatMap(([name, schema]) =>
      lacks(`${place}/${name}`, schema),
    ),
    ...(Array.isArray(parameters) ? (parameters as readonly Json[]) : []).flatMap((parameter) =>
      lacks(`${place}/${String(parameter['name'])}`, { anyOf: [parameter, parameter['schema']] }),
    ),
  ]);
  expect(lacking).toEqual([]);
});

function lacks(place: string, schema: unknown): readonly string[] {
  return [
    ...(membersOf(schema, 'description').length > 0 ? [] : [`${place} has no description`]),
    ...(hasExample(schema) ? [] : [`${place} has no example`]),
  ];
}

/** Of a schema, what it refers to, and the variants of both. */
function membersOf(schema: unknown, name: string): readonly unknown[] {
  if (!isObject(schema)) return [];
  const { $ref, anyOf, oneOf } = schema;
  const referenced = typeof $ref === 'string' ? schemas[$ref.slice(COMPONENT.length)] : undefined;
  const variants = [anyOf, oneOf].flatMap((list) =>
    Array.isArray(list) ? (list as unknown[]) : [],
  );
  const own = schema[name] === undefined ? [] : [schema[name]];
  return [...own, ...[referenced, ...variants].flatMap((one) => membersOf(one, name))];
}

function hasExample(schema: unknown): boolean {
  const has = (name: string): boolean => membersOf(schema, name).length > 0;
  const isListed = has('enum') || has('const') || has('properties');
  const types = membersOf(schema, 'type').flat();
  const items = membersOf(schema, 'items');
  return (
    has('example') ||
    isListed ||
    types.includes('boolean') ||
    (items.length > 0 && items.every(hasExample))
  );
}

test('each object with properties is a component of its own', () => {
  const inline = all
    .filter(([, schema]) => schema['type'] === 'object' && isObject(schema['properties']))
    .map(([place]) => place)
    .filter((place) => !/^\/components\/schemas\/\w+$/.test(place));
  expect(inline).toEqual([]);
});

test('each component is referred to, and each reference leads to one', () => {
  const references = all.flatMap(([, { $ref }]) => (typeof $ref === 'string' ? [$ref] : []));
  const named = Object.keys(schemas).map((name) => COMPONENT + name);
  expect(named.toSorted()).toEqual([...new Set(references)].toSorted());
});

test.each(['Outcome', 'Ownership'])(
  'each variant of %s is a component, distinguished by `kind`',
  (name) => {
    const { oneOf, discriminator } = schemas[name] ?? {};
    const variants = (oneOf as readonly { readonly $ref: string }[]).map(({ $ref }) => $ref);
    const { propertyName, mapping } = discriminator as { propertyName: string; mapping: Json };
    expect(propertyName).toBe('kind');
    expect(Object.values(mapping)).toEqual(variants);
    for (const [kind, reference] of Object.entries(mapping)) {
      const variant = schemas[String(reference).slice(COMPONENT.length)];
      expect(variant).toMatchObject({ properties: { kind: { const: kind } } });
    }
  },
);

test('answers are open for new fields, and requests refuse unknown ones', () => {
  const closed = Object.keys(schemas).filter(
    (name) => schemas[name]?.['additionalProperties'] === false,
  );
  expect(closed).toEqual(expect.arrayContaining(['Start', 'RegistrationForm', 'Cancellation']));
  for (const name of ['Onboarding', 'OutcomeReady', 'Problem', 'Notification', 'Link']) {
    expect(closed).not.toContain(name);
  }
});

test('each answer is described, with its headers', () => {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  const answers = operations.flatMap(({ operationId, responses }) =>
    Object.entries(responses as Record<string, Json>).map(([status, answer]) => ({
      name: `${String(operationId)} ${status}`,
      status,
      answer,
    })),
  );
  const bare = answers.filter(({ answer }) =>
    ['', 'Default Response'].includes(String(answer['description'])),
  );
  expect(bare.map(({ name }) => name)).toEqual([]);
  const waiting = answers.filter(({ status }) => status === '429' || status === '503');
  expect(waiting.length).toBeGreaterThanOrEqual(operations.length * 2);
  for (const { answer } of waiting) expect(answer['headers']).toHaveProperty('Retry-After');
});

test('parameters have their real types and defaults, and a stream is no JSON', () => {
  const list = document.paths['/onboardings']?.['get']?.['parameters'] as readonly Json[];
  expect(list.find(({ name }) => name === 'limit')).toMatchObject({
    schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
  });
  const start = document.paths['/onboardings/{reference}']?.['put']?.['parameters'];
  expect(start).toContainEqual(
    expect.objectContaining({
      name: 'restart',
      schema: expect.objectContaining({ type: 'boolean', default: false }),
    }),
  );
  const follow = document.paths['/onboardings/{reference}/events']?.['get']?.['responses'];
  expect(follow).toMatchObject({
    200: { content: { 'text/event-stream': { schema: { type: 'string' } } } },
    204: expect.not.objectContaining({ content: expect.anything() }),
  });
});
