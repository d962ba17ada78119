/** Queries that several panels have in the same form. */
import type { Query } from './panels.ts';

/** Grafana makes it long enough for the interval at which Prometheus scrapes. */
const STEP = '[$__rate_interval]';
const HOUR_S = 3600;

/** How often a counter counts in an hour, for each value of labels. */
export function perHour(counter: string, ...labels: readonly string[]): Query {
  const expr = `${sumBy(labels)}(rate(${counter}${STEP})) * ${HOUR_S}`;
  return { expr, legend: legendOf(labels) };
}

/** How often a counter counts in a second, for each value of labels. */
export function perSecond(counter: string, ...labels: readonly string[]): Query {
  return { expr: `${sumBy(labels)}(rate(${counter}${STEP}))`, legend: legendOf(labels) };
}

/** What a counter counted in the time that the reader has chosen. */
export function counted(counter: string, ...labels: readonly string[]): Query {
  const expr = `${sumBy(labels)}(increase(${counter}[$__range]))`;
  return { expr: `sort_desc(${expr})`, legend: legendOf(labels) };
}

/**
 * The value that so large a part of a histogram's observations does not exceed.
 *
 * @param share such as 0.95
 * @param over a range with its brackets. Default: the step of the panel
 */
export function quantile(
  share: number,
  histogram: string,
  labels: readonly string[] = [],
  over: string = STEP,
): Query {
  const [, name = '', matchers = ''] = /^(\w+)(.*)$/.exec(histogram) ?? [];
  const by = ['le', ...labels].join(', ');
  return {
    expr: `histogram_quantile(${share}, sum by (${by}) (rate(${name}_bucket${matchers}${over})))`,
    legend: [`${share * 100} %`, ...labels.map((label) => `{{${label}}}`)].join(' '),
  };
}

/**
 * 0 where there is no series. Only for what counts events that need not happen: a counter with labels appears
 * with its first event.
 */
export function orZero({ expr, legend }: Query): Query {
  const [, label] = /\{\{(\w+)\}\}/.exec(legend) ?? [];
  if (label === undefined) return { expr: `${expr} or vector(0)`, legend };
  return { expr: `${expr} or on() label_replace(vector(0), "${label}", "none", "", "")`, legend };
}

/** The same for a query whose series have several labels. */
export function withZero(query: Query): readonly [Query, Query] {
  return [query, { expr: `vector(0) unless on() (${query.expr})`, legend: 'none' }];
}

/** Of gauges of the exporter: several exporters show the same numbers. */
export function ofExporter(gauge: string, ...labels: readonly string[]): Query {
  const by = labels.length === 0 ? 'max' : `max by (${labels.join(', ')}) `;
  return { expr: `${by}(${gauge})`, legend: legendOf(labels) };
}

/** Without series that have no number, so that a panel without any says so: nothing was observed in the time of a quantile. */
export function numbersOf({ expr, legend }: Query): Query {
  return { expr: `${expr} >= 0`, legend };
}

export function named(legend: string, { expr }: Pick<Query, 'expr'>): Query {
  return { expr, legend };
}

function sumBy(labels: readonly string[]): string {
  return labels.length === 0 ? 'sum' : `sum by (${labels.join(', ')}) `;
}

function legendOf(labels: readonly string[]): string {
  return labels.map((label) => `{{${label}}}`).join(', ') || 'all';
}
