import { success } from './answer.ts';
import type { Handler } from './call.ts';
import type { Parameters } from './parameters.ts';
import { userObject } from './user-object.ts';

const DEFAULT_MAX = 10;

/** `GET /user/list`: the accounts attached to the token, by id (docs/ar24-api.md 4.1). */
export const listUsers: Handler = ({ context, parameters }) => {
  const attached = context.records.accounts.filter(({ access }) => access === 'granted');
  const downward = parameters.get('sort')?.toUpperCase() === 'DESC';
  const sorted = attached.toSorted((one, other) => {
    const order = Number(one.id) - Number(other.id);
    return downward ? -order : order;
  });
  const start = wholeNumber(parameters, 'start') ?? 0;
  const max = wholeNumber(parameters, 'max') ?? DEFAULT_MAX;
  const page = sorted.slice(start, start + max);
  return success({ users: page.map((account) => userObject(account, context.switches())) });
};

function wholeNumber(parameters: Parameters, name: string): number | undefined {
  const text = parameters.get(name);
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
