/** The dashboards of deploy/observability/ as Grafana reads them, and their queries as Prometheus gets them. */
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const FOLDER = new URL('../../deploy/observability/dashboards/', import.meta.url);

const target = z.object({ expr: z.string(), legendFormat: z.string() });
const defaults = z.object({
  unit: z.string(),
  decimals: z.number().optional(),
  max: z.number().optional(),
  noValue: z.string().optional(),
  thresholds: z
    .object({ steps: z.array(z.object({ value: z.number().nullable(), color: z.string() })) })
    .optional(),
  mappings: z
    .array(z.object({ options: z.record(z.string(), z.object({ text: z.string() })) }))
    .optional(),
  links: z.array(z.object({ url: z.string() })).optional(),
  custom: z.object({ stacking: z.object({ mode: z.string() }).optional() }).optional(),
});
const common = {
  id: z.int(),
  title: z.string(),
  gridPos: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
};
const shown = {
  ...common,
  description: z.string(),
  datasource: z.object({ type: z.literal('prometheus'), uid: z.literal('${datasource}') }),
  targets: z.array(target).min(1),
  fieldConfig: z.object({ defaults }),
};
const panel = z.discriminatedUnion('type', [
  z.object({ ...common, type: z.literal('row') }),
  z.object({ ...shown, type: z.enum(['stat', 'bargauge', 'timeseries']) }),
]);
const dashboard = z.object({ title: z.string(), uid: z.string(), panels: z.array(panel) });

export type Dashboard = z.output<typeof dashboard>;
type AnyPanel = Dashboard['panels'][number];
export type RowTitle = Extract<AnyPanel, { readonly type: 'row' }>;
export type Panel = Exclude<AnyPanel, RowTitle>;

/** By the names of their files, without `.json`. */
export const DASHBOARDS: ReadonlyMap<string, Dashboard> = new Map(
  readdirSync(FOLDER)
    .sort()
    .map((file) => [
      file.replace(/\.json$/, ''),
      dashboard.parse(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'))),
    ]),
);

export function panelsIn({ panels }: Dashboard): readonly Panel[] {
  return panels.flatMap((one) => (one.type === 'row' ? [] : [one]));
}

/**
 * A query with the values that Grafana puts in place of its variables.
 *
 * @param rangeS how long a time the reader has chosen
 * @param stepS the time between two values
 * @throws Error if a variable is left
 */
export function queryOf(expr: string, rangeS: number, stepS: number): string {
  const query = expr
    .replaceAll('$__rate_interval', `${stepS}s`)
    .replaceAll('$__range', `${rangeS}s`)
    .replaceAll('$host', '.+');
  if (query.includes('$')) throw new Error(`a variable is left: ${query}`);
  return query;
}

/** All metrics that a query names. */
export function metricsIn(expr: string): readonly string[] {
  const bare = expr
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]|"[^"]*"/g, '')
    .replaceAll(/\b(?:by|on) \([^)]*\)|\bon\(\)|\boffset \w+/g, '');
  return [...bare.matchAll(/[A-Za-z_:][\w:]*(?![\w:]*\s*\()/g)]
    .map(([name]) => name)
    .filter((name) => !['and', 'or', 'unless', 'bool'].includes(name));
}
