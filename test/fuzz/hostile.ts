/** Hostile values, and valid ones with something altered. */
import fc from 'fast-check';
import { draws } from '../support/draws.ts';

/**
 * Part of all generated texts, so that a message that repeats one is detected. It is no name of a
 * field.
 */
export const CANARY = 'Canary-7@';

export function runs(most: number): { readonly numRuns: number } {
  return { numRuns: draws(most) };
}

const DEEPEST = 2_000;

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    ...['', ' ', '\0', '\r\n', '\uFEFF', '\uD800', '__proto__', 'constructor', 'toString'],
    ...["' OR 1=1 --", '<script>alert(1)</script>', '=1+1', '../../etc/passwd', '%00', '${a}'],
    'x'.repeat(5_000),
  ),
);

/** Any text, mostly with the canary in it. */
export const hostileText = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(text, text).map((around) => around.join(CANARY)) },
  text,
);

const hostileNumber = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, -0, 1, -1, 0.1, 1e21, 1e308, 2 ** 53, -(2 ** 31), NaN, Infinity, -Infinity),
);

const deep = fc
  .tuple(fc.integer({ min: 10, max: DEEPEST }), fc.boolean())
  .map(([depth, asList]) => {
    let value: unknown = CANARY;
    for (let level = 0; level < depth; level++) value = asList ? [value] : { a: value };
    return value;
  });

const FIELD_NAMES = [
  'id',
  'email',
  'name',
  'type',
  'reference',
  'status',
  'result',
  'length',
  'then',
];
const OBJECTS_OWN = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'toJSON',
];

const hostileKey = fc.oneof(fc.constantFrom(...FIELD_NAMES, ...OBJECTS_OWN, ''), hostileText);

/** With own properties only: `__proto__` is a name like any other, as in JSON.parse. */
const hostileObject = fc
  .array(fc.tuple(hostileKey, fc.oneof(hostileText, hostileNumber)), { maxLength: 4 })
  .map((entries) => Object.fromEntries(entries));

/** Any JSON value, and then values that JSON does not have. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: hostileText },
  { weight: 3, arbitrary: fc.constantFrom(null, true, false, undefined, [], {}) },
  { weight: 2, arbitrary: hostileNumber },
  { weight: 2, arbitrary: hostileObject },
  { weight: 1, arbitrary: fc.array(hostileText, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: deep },
);

type Edit = (node: unknown) => unknown;

const edit: fc.Arbitrary<Edit> = fc.oneof(
  hostileValue.map((value) => () => value),
  fc.constant<Edit>(() => undefined),
  fc.constant<Edit>((node) => (typeof node === 'string' ? node.repeat(60) : node)),
  fc.constant<Edit>((node) => [node]),
  fc.constant<Edit>((node) => ({ value: node })),
  fc.constant<Edit>((node) => (typeof node === 'object' ? node : `${typeof node}${CANARY}`)),
  fc.constant<Edit>((node) =>
    Array.isArray(node) ? [...(node as unknown[]), ...(node as unknown[])] : node,
  ),
  fc.tuple(hostileKey, hostileValue).map(
    ([key, value]): Edit =>
      (node) =>
        withEntry(node, key, value),
  ),
);

/** The valid value with one to three places altered: replaced, removed, wrapped or extended. */
export function mutated(valid: unknown): fc.Arbitrary<unknown> {
  const places = countOf(valid);
  return fc
    .array(fc.tuple(fc.nat(places - 1), edit), { minLength: 1, maxLength: 3 })
    .map((edits) => edits.reduce((value, [place, one]) => editedAt(value, place, one)[0], valid));
}

/** The text with one to four characters altered, removed or added; never the same text. */
export function altered(valid: string): fc.Arbitrary<string> {
  const place = fc.nat(valid.length);
  const one = fc.oneof(
    fc.string({ minLength: 1, maxLength: 1 }),
    fc.constantFrom('=', '.', ' ', '\n', 'A'),
  );
  const change = fc.tuple(place, fc.nat(2), fc.oneof(one, fc.constant('')));
  return fc
    .array(change, { minLength: 1, maxLength: 4 })
    .map((changes) =>
      changes.reduce((now, [at, out, put]) => now.slice(0, at) + put + now.slice(at + out), valid),
    )
    .filter((now) => now !== valid);
}

/** As JSON, also values that JavaScript does not have; now and then a text that is no JSON. */
export function asJson(values: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const written = values.map((value) => JSON.stringify(value ?? null));
  return fc.oneof(
    { weight: 6, arbitrary: written },
    {
      weight: 1,
      arbitrary: written.map((json) => json.replaceAll(/"(?:id|name)":/g, '"__proto__":')),
    },
    { weight: 1, arbitrary: written.map((json) => json.replace(/\d+/, '9'.repeat(400))) },
    { weight: 1, arbitrary: written.chain((json) => altered(json)) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 5_000 }).map((depth) => '['.repeat(depth)) },
  );
}

function withEntry(node: unknown, key: string, value: unknown): unknown {
  if (Array.isArray(node)) return [...(node as unknown[]), value];
  if (typeof node !== 'object' || node === null) return value;
  return Object.fromEntries([...Object.entries(node), [key, value]]);
}

function countOf(node: unknown): number {
  if (typeof node !== 'object' || node === null) return 1;
  return Object.values(node).reduce((sum: number, one) => sum + countOf(one), 1);
}

/** Depth first; also returns the number of nodes that were passed. */
function editedAt(node: unknown, place: number, change: Edit): readonly [unknown, number] {
  if (place === 0) return [change(node), 1];
  if (typeof node !== 'object' || node === null) return [node, 1];
  let passed = 1;
  const entries = Object.entries(node).map(([key, value]): [string, unknown] => {
    if (place < passed) return [key, value];
    const [next, nodes] = editedAt(value, place - passed, change);
    passed += nodes;
    return [key, next];
  });
  return [
    Array.isArray(node) ? entries.map(([, value]) => value) : Object.fromEntries(entries),
    passed,
  ];
}
