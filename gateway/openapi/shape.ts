/** Gives the document the shape that generators of clients read rightly. */
import { z } from 'zod';
import { headersOf } from './headers.ts';

type Json = Record<string, unknown>;

const COMPONENT = '#/components/schemas/';
/** The library documents each named schema twice, as input and as output. */
const AS_INPUT = /Input$/;
const NULL = { type: 'null' };

const json = z.record(z.string(), z.unknown());
const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), json)),
  webhooks: z.record(z.string(), z.record(z.string(), json)).default({}),
  components: z.looseObject({ schemas: z.record(z.string(), json).default({}) }),
});

/**
 * - Components that nothing refers to are left out, and inputs lose the ending of their names.
 * - Answers are open: a client has to ignore fields that it does not know.
 * - `null` is a second type where the other is a simple one; each union of variants names its discriminator.
 * - In request bodies `null` counts as absent, so that every optional field is nullable.
 *
 * @param document an OpenAPI document, which stays as it is
 */
export function shaped(document: object): Json {
  const copy: unknown = JSON.parse(JSON.stringify(document));
  const { paths, webhooks, components, ...rest } = documentSchema.parse(copy);
  const { schemas } = components;
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  const sent = reachable([operations.map(({ responses }) => responses), webhooks], schemas);
  for (const schema of sent.seen) openAnswer(schema);
  const received = reachable(
    operations.map(({ requestBody }) => requestBody),
    schemas,
  );
  for (const schema of received.seen) allowNulls(schema);
  const all = reachable([paths, webhooks], schemas);
  for (const schema of all.seen) simplify(schema, schemas);
  for (const schema of all.seen) mergeNull(schema);
  const used = Object.entries(schemas).filter(([name]) => all.names.has(name));
  for (const operation of operations) {
    describeAnswers(operation, schemas);
    allowAbsence(operation, schemas);
  }
  const shapedDocument = {
    ...rest,
    paths,
    webhooks,
    components: { ...components, schemas: Object.fromEntries(used) },
  };
  return renamed(shapedDocument, Object.fromEntries(used));
}

/** All objects within `roots`, also behind references, and the names of those components. */
function reachable(roots: unknown, schemas: Readonly<Record<string, Json>>) {
  const seen = new Set<Json>();
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(visit);
      return;
    }
    if (!isObject(value) || seen.has(value)) return;
    seen.add(value);
    const name = referenced(value);
    if (name !== undefined) {
      names.add(name);
      visit(schemas[name]);
    }
    Object.values(value).forEach(visit);
  };
  visit(roots);
  return { seen, names };
}

function openAnswer(schema: Json): void {
  if (schema['additionalProperties'] === false) delete schema['additionalProperties'];
}

function allowNulls({ type, properties, required }: Json): void {
  if (type !== 'object' || !isObject(properties)) return;
  for (const [field, schema] of Object.entries(properties)) {
    if (Array.isArray(required) && required.includes(field)) continue;
    if (!isObject(schema)) continue;
    const { description, example, default: standard, ...type } = schema;
    const types: readonly unknown[] = Array.isArray(type['anyOf']) ? type['anyOf'] : [type];
    properties[field] = { description, example, default: standard, anyOf: [...types, NULL] };
  }
}

function simplify(schema: Json, schemas: Readonly<Record<string, Json>>): void {
  // The format says the same, and the pattern is hundreds of characters long.
  if (schema['format'] === 'date-time' || schema['format'] === 'date') delete schema['pattern'];
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
  nameDiscriminator(schema, schemas);
}

function nameDiscriminator(schema: Json, schemas: Readonly<Record<string, Json>>): void {
  const { oneOf } = schema;
  if (!Array.isArray(oneOf)) return;
  const mapping = oneOf.filter(isObject).map((variant) => {
    const { $ref } = variant;
    const component = schemas[referenced(variant) ?? ''];
    const properties = component?.['properties'];
    const kind = isObject(properties) ? properties['kind'] : undefined;
    return [String(isObject(kind) ? kind['const'] : ''), $ref] as const;
  });
  if (mapping.some(([kind]) => kind === '')) return;
  const kinds: Json = Object.fromEntries(mapping);
  schema['discriminator'] = { propertyName: 'kind', mapping: kinds };
}

/** `anyOf: [{type: 'string'}, {type: 'null'}]` becomes `type: ['string', 'null']`. */
function mergeNull(schema: Json): void {
  const { anyOf } = schema;
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return;
  const [other, last] = anyOf as readonly unknown[];
  if (!isObject(other) || !isObject(last) || last['type'] !== 'null') return;
  const { type, enum: values, ...more } = other;
  if (typeof type !== 'string' && !Array.isArray(type)) return;
  delete schema['anyOf'];
  const own = { ...schema };
  Object.assign(schema, more, own, { type: [type, 'null'].flat() });
  if (Array.isArray(values)) schema['enum'] = [...(values as readonly unknown[]), null];
}

/** The library marks every body as required, also one without a required field. */
function allowAbsence({ requestBody }: Json, schemas: Readonly<Record<string, Json>>): void {
  if (!isObject(requestBody)) return;
  const [name] = reachable(requestBody, schemas).names;
  if (name !== undefined && schemas[name]?.['required'] === undefined)
    requestBody['required'] = false;
}

/** An answer without a description of its own is described as what it holds. */
function describeAnswers(
  { operationId, responses }: Json,
  schemas: Readonly<Record<string, Json>>,
): void {
  for (const [status, answer] of Object.entries(isObject(responses) ? responses : {})) {
    if (!isObject(answer)) continue;
    answer['headers'] = headersOf(String(operationId), status);
    if (answer['description'] !== 'Default Response') continue;
    const [name] = reachable(answer['content'], schemas).names;
    answer['description'] = schemas[name ?? '']?.['description'] ?? answer['description'];
  }
}

/** An input that differs from the output of the same name keeps its own. */
function renamed(document: Json, used: Readonly<Record<string, Json>>): Json {
  const nameOf = (name: string): string => {
    const short = name.replace(AS_INPUT, '');
    const isAnother = short in used && JSON.stringify(used[short]) !== JSON.stringify(used[name]);
    return isAnother ? name : short;
  };
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value === 'string' && value.startsWith(COMPONENT)) {
      return COMPONENT + nameOf(value.slice(COMPONENT.length));
    }
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, visit(one)]));
  };
  const { components, ...rest } = document;
  const { schemas, ...others } = isObject(components) ? components : {};
  const named = Object.entries(isObject(schemas) ? schemas : {}).map(
    ([name, schema]) => [nameOf(name), visit(schema)] as const,
  );
  const sorted = named.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return {
    ...(visit(rest) as Json),
    components: { ...others, schemas: Object.fromEntries(sorted) },
  };
}

function referenced(value: unknown): string | undefined {
  const reference = isObject(value) ? value['$ref'] : undefined;
  if (typeof reference !== 'string' || !reference.startsWith(COMPONENT)) return undefined;
  return reference.slice(COMPONENT.length);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
