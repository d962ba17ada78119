/** The queries of rules and dashboards, and the series that they select. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DASHBOARDS, panelsIn } from './dashboards.ts';

const RULES = new URL('../../deploy/observability/rules.yml', import.meta.url);
const file = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
});

/** Of all alerts and panels, by their names. */
export const QUERIES: readonly (readonly [string, string])[] = [
  ...file
    .parse(parse(readFileSync(RULES, 'utf8')))
    .groups.flatMap(({ rules }) => rules)
    .map(({ alert, expr }) => [alert, expr] as const),
  ...[...DASHBOARDS].flatMap(([name, dashboard]) =>
    panelsIn(dashboard).flatMap(({ title, targets }) =>
      targets.map(({ expr }) => [`${name}: ${title}`, expr] as const),
    ),
  ),
];

interface Matcher {
  readonly metric: string;
  readonly label: string;
  /** The value, or each alternative of a regular expression. */
  readonly values: readonly string[];
}

export function matchersIn(expr: string): readonly Matcher[] {
  return [...expr.matchAll(/([A-Za-z_:][\w:]*)\s*\{([^}]*)\}/g)].flatMap(
    ([, metric = '', inside = '']) =>
      [...inside.matchAll(/(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"/g)].map(
        ([, label = '', operator = '', value = '']) => ({
          metric,
          label,
          values: operator.includes('~') ? value.split('|') : [value],
        }),
      ),
  );
}

/** Whether the alternative of a matcher selects this value. */
export function selects(alternative: string, value: string): boolean {
  return alternative === value || new RegExp(`^(?:${alternative})$`).test(value);
}
