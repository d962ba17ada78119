/** The problems that the OpenAPI document lists for each operation and status. */
import { expect } from '@jest/globals';
import { readFileSync } from 'node:fs';

type Operations = Readonly<
  Record<string, { readonly responses: Readonly<Record<string, { readonly description: string }>> }>
>;

const file = new URL('../../docs/openapi.json', import.meta.url);
const { paths } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly paths: Readonly<Record<string, Operations>>;
};
const ROUTES = Object.entries(paths).map(([path, operations]) => ({
  pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  operations,
}));

/** Before an operation is known. */
const OF_NO_OPERATION: readonly unknown[] = ['no-such-route', 'no-such-method'];

/** @param code of a problem; any other value is ignored */
export function expectDocumented(
  method: string,
  path: string,
  status: number,
  code: unknown,
): void {
  if (status < 400 || typeof code !== 'string' || OF_NO_OPERATION.includes(code)) return;
  const { pathname } = new URL(path, 'http://gateway.example');
  const route = ROUTES.find(({ pattern }) => pattern.test(pathname));
  const operation = route?.operations[method.toLowerCase()];
  if (operation === undefined) return;
  const listed = operation.responses[String(status)]?.description ?? '';
  const codes = [...listed.matchAll(/^- `([\w-]+)`/gm)].map(([, name]) => name);
  expect({ method, path, codes }).toEqual({ method, path, codes: expect.arrayContaining([code]) });
}
