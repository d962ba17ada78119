/** The kinds of panels that the dashboards have, all drawn alike. */
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  BarGaugeDisplayMode,
  BarGaugeNamePlacement,
  BigValueColorMode,
  BigValueGraphMode,
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import {
  DashboardLinkBuilder,
  DashboardLinkType,
  FieldColorBuilder,
  FieldColorModeId,
  MappingType,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type Panel,
  type Threshold,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import { ruleOf } from './rules.ts';

/** Grafana's unit of what is counted an hour. */
export const HOURLY = 'suffix: /h';

/** Grafana replaces the variable by the Prometheus that the reader has chosen. */
export const DATASOURCE = { type: 'prometheus', uid: '${datasource}' } as const;

const COLOURS = { page: 'red', ticket: 'orange', well: 'green' } as const;

export interface Query {
  readonly expr: string;
  /** The name of a series: a text with labels as in `{{status}}`. */
  readonly legend: string;
}

interface Description {
  readonly title: string;
  /** In plain words: what is shown, and what to think of it. */
  readonly description: string;
  /** An id of Grafana. */
  readonly unit: string;
}

export interface Lines extends Description {
  readonly queries: readonly [Query, ...Query[]];
  /** One on top of the other, for parts of a whole. */
  readonly stacked?: true;
  readonly max?: number;
  /** Shown if there is no series. */
  readonly noValue?: string;
  /** In columns of 24. Default: 8. */
  readonly width?: number;
}

/** Values over time. */
export function lines(wanted: Lines): Builder<Panel> {
  const { title, description, unit, queries, stacked, max, noValue, width = 8 } = wanted;
  const panel = new timeseries.PanelBuilder()
    .title(title)
    .description(description)
    .datasource(DATASOURCE)
    .unit(unit)
    .min(0)
    .drawStyle(GraphDrawStyle.Line)
    .lineWidth(1)
    .fillOpacity(stacked ? 40 : 8)
    .showPoints(VisibilityMode.Never)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    )
    .tooltip(
      new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending),
    )
    .span(width)
    .height(8);
  if (max !== undefined) panel.max(max);
  if (noValue !== undefined) panel.noValue(noValue);
  if (stacked) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal));
  for (const target of targets(queries)) panel.withTarget(target.range());
  return panel;
}

export interface Bars extends Description {
  readonly query: Query;
  /** Shown if there is no series. */
  readonly noValue?: string;
}

/** One bar for each series: its value now, or over the time that the reader has chosen. */
export function bars({ title, description, unit, query, noValue }: Bars): Builder<Panel> {
  const panel = new bargauge.PanelBuilder()
    .title(title)
    .description(description)
    .datasource(DATASOURCE)
    .unit(unit)
    .min(0)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.ContinuousBlues))
    .displayMode(BarGaugeDisplayMode.Basic)
    .namePlacement(BarGaugeNamePlacement.Left)
    .orientation(VizOrientation.Horizontal)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .span(8)
    .height(8);
  if (noValue !== undefined) panel.noValue(noValue);
  for (const target of targets([query])) panel.withTarget(target.instant());
  return panel;
}

interface Stat extends Description {
  readonly expr: string;
  readonly steps: Threshold[];
  /** Texts in place of 0 and 1. */
  readonly words?: readonly [string, string];
  /** Shown if there is no series. */
  readonly noValue?: string;
}

/** A number with the colour of its state. */
function number({ title, description, unit, expr, steps, words, noValue }: Stat) {
  const panel = new stat.PanelBuilder()
    .title(title)
    .description(description)
    .datasource(DATASOURCE)
    .unit(unit)
    .decimals(unit === 'percentunit' ? 1 : 0)
    .thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .colorMode(BigValueColorMode.Background)
    .graphMode(BigValueGraphMode.None)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .span(4)
    .height(4);
  if (words !== undefined) panel.mappings([wordsFor(words)]);
  if (noValue !== undefined) panel.noValue(noValue);
  for (const target of targets([{ expr, legend: title }])) panel.withTarget(target.instant());
  return panel;
}

export interface AlertStat extends Omit<Stat, 'steps'> {
  readonly alert: string;
  /**
   * When it takes the colour of the alert: the comparison as the rule has it, or `at 1` where the query itself says
   * by 1 that something is wrong, or `below 1`.
   */
  readonly bad: `${'>' | '<' | '=='} ${string}` | 'at 1' | 'below 1';
}

/** The state that an alert watches. It leads to the alert's runbook. */
export function alertStat({ alert, bad, ...rest }: AlertStat): Builder<Panel> {
  const { severity, runbook } = ruleOf(alert);
  const link = new DashboardLinkBuilder(`Runbook of ${alert}`)
    .type(DashboardLinkType.Link)
    .url(runbook)
    .targetBlank(true);
  return number({ ...rest, steps: stepsOf(bad, COLOURS[severity]) })
    .links([link])
    .dataLinks([link]);
}

/** How many alerts fire. @param alerts their names */
export function firing(alerts: readonly string[]): Builder<Panel> {
  const { runbook } = ruleOf(alerts[0] ?? '');
  const link = new DashboardLinkBuilder('Runbooks of all alerts')
    .type(DashboardLinkType.Link)
    .url(runbook.replace(/#.*/, ''))
    .targetBlank(true);
  return number({
    title: 'Alerts firing',
    description: `How many of the alerts of this dashboard fire: ${alerts.join(', ')}. They need rules.yml in Prometheus.`,
    unit: 'none',
    expr: `count(ALERTS{alertstate="firing", alertname=~"${alerts.join('|')}"}) or vector(0)`,
    steps: stepsOf('> 0', COLOURS.page),
  })
    .links([link])
    .dataLinks([link]);
}

/** Smaller than any value that counts: Grafana colours from a threshold on, and rules often say `> 0`. */
const ABOVE_ZERO = 0.001;

function stepsOf(bad: AlertStat['bad'], colour: string): Threshold[] {
  const [, sign = '', written = ''] = /^(\S+) (.+)$/.exec(bad) ?? [];
  const bound = written.split('*').reduce((product, factor) => product * Number(factor), 1);
  const base = null;
  if (sign === '<' || sign === 'below') {
    return [
      { value: base, color: colour },
      { value: bound, color: COLOURS.well },
    ];
  }
  return [
    { value: base, color: COLOURS.well },
    { value: bound === 0 ? ABOVE_ZERO : bound, color: colour },
  ];
}

function wordsFor([zero, one]: readonly [string, string]): ValueMapping {
  return { type: MappingType.ValueToText, options: { 0: { text: zero }, 1: { text: one } } };
}

function targets(queries: readonly Query[]): readonly DataqueryBuilder[] {
  return queries.map(({ expr, legend }, n) =>
    new DataqueryBuilder()
      .refId(String.fromCharCode('A'.charCodeAt(0) + n))
      .datasource(DATASOURCE)
      .expr(expr)
      .legendFormat(legend),
  );
}
