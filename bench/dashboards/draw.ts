/** A dashboard as a page: the same panels at the same places as in Grafana, with Prometheus' answers to their queries. */
import {
  queryOf,
  type Dashboard,
  type Panel,
  type RowTitle,
} from '../../test/metrics/dashboards.ts';
import type { Range, RangeSeries } from '../../test/support/prometheus.ts';
import { scaleFor, written } from './units.ts';

type Ask = (query: string) => Promise<readonly RangeSeries[]>;

interface Drawn {
  readonly name: string;
  /** Times in milliseconds. */
  readonly points: readonly (readonly [number, number])[];
}

const COLUMN_PX = 59;
const LINE_PX = 30;
const MARGIN_PX = 8;
/** As Grafana sets `$__rate_interval`: four times what Prometheus scrapes by, at least. */
const RATE_S = 60;
const COLOURS: Readonly<Record<string, string>> = {
  green: '#2e7d32',
  orange: '#e67700',
  red: '#c92a2a',
};
/** Of lines, in Grafana's order. */
const PALETTE = [
  ...['#73bf69', '#f2cc0c', '#5794f2', '#ff780a', '#f2495c', '#b877d9', '#3274d9', '#8f3bb8'],
  ...['#37872d', '#fade2a', '#447ebc', '#c15c17', '#890f02', '#0a437c', '#6d1f62', '#584477'],
];

/** @returns HTML in which each element with `data-chart` waits for ECharts */
export async function draw(dashboard: Dashboard, ask: Ask, range: Range): Promise<string> {
  const panels = await Promise.all(
    dashboard.panels.map((panel) =>
      panel.type === 'row' ? Promise.resolve(rowTitle(panel)) : drawPanel(panel, ask, range),
    ),
  );
  const bottom = Math.max(...dashboard.panels.map(({ gridPos }) => gridPos.y + gridPos.h));
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style>
    <h1>${text(dashboard.title)}</h1>
    <main style="height:${bottom * LINE_PX}px">${panels.join('')}</main>
    <footer>Drawn by \`npm run dashboards:pictures\` from the queries of this dashboard, answered by Prometheus. In Grafana it looks a little different.</footer>`;
}

async function drawPanel(panel: Panel, ask: Ask, range: Range): Promise<string> {
  const rangeS = Math.ceil(range.end - range.start);
  const answers = await Promise.all(
    panel.targets.map(async ({ expr, legendFormat }) => {
      const found = await ask(queryOf(expr, rangeS, RATE_S));
      return found.map((series) => drawn(series, legendFormat));
    }),
  );
  const series = answers.flat().filter(({ points }) => points.length > 0);
  const body = bodyOf(panel, series, range);
  return `<section style="${placeOf(panel)}"><h2>${text(panel.title)}</h2>${body}</section>`;
}

function drawn({ metric, values }: RangeSeries, legend: string): Drawn {
  const name = legend.replaceAll(/\{\{(\w+)\}\}/g, (_all, label: string) => metric[label] ?? '');
  const points = values
    .map(([time, value]) => [time * 1000, Number(value)] as const)
    .filter(([, value]) => Number.isFinite(value));
  return { name, points };
}

function bodyOf(panel: Panel, series: readonly Drawn[], range: Range): string {
  const { noValue = 'No data' } = panel.fieldConfig.defaults;
  if (panel.type === 'stat') return stat(panel, lastOf(series[0]));
  if (series.length === 0) return `<p class="none">${text(noValue)}</p>`;
  return panel.type === 'bargauge' ? bars(panel, series) : chart(panel, series, range);
}

function lastOf(series: Drawn | undefined): number | undefined {
  return series?.points.at(-1)?.[1];
}

function stat({ fieldConfig: { defaults } }: Panel, value: number | undefined): string {
  const { unit, decimals, thresholds, mappings, noValue = 'No data' } = defaults;
  if (value === undefined) return `<p class="stat" style="background:#868e96">${text(noValue)}</p>`;
  const reached = thresholds?.steps.findLast((step) => step.value === null || value >= step.value);
  const words = mappings?.[0]?.options[String(value)]?.text;
  const colour = COLOURS[reached?.color ?? ''] ?? '#868e96';
  const shown = words ?? written(value, unit, decimals);
  return `<p class="stat" style="background:${colour}">${text(shown)}</p>`;
}

function bars({ fieldConfig: { defaults } }: Panel, series: readonly Drawn[]): string {
  const values = series
    .map((one) => ({ name: one.name, value: lastOf(one) ?? 0 }))
    .toSorted((a, b) => b.value - a.value);
  const largest = Math.max(...values.map(({ value }) => value), Number.MIN_VALUE);
  const lines = values.map(
    ({ name, value }) =>
      `<div class="bar"><span>${text(name)}</span><i><b style="width:${(100 * value) / largest}%"></b></i><em>${text(written(value, defaults.unit))}</em></div>`,
  );
  return `<div class="bars">${lines.join('')}</div>`;
}

function chart(panel: Panel, series: readonly Drawn[], range: Range): string {
  const { unit, max, custom } = panel.fieldConfig.defaults;
  const isStacked = custom?.stacking?.mode === 'normal';
  const largest = Math.max(...series.flatMap(({ points }) => points.map(([, value]) => value)));
  const { divisor, suffix } = scaleFor(unit, largest);
  const option = {
    animation: false,
    color: PALETTE,
    grid: { left: 8, right: 14, top: 26, bottom: 44, containLabel: true },
    legend: {
      type: 'scroll',
      bottom: 0,
      icon: 'roundRect',
      itemWidth: 12,
      itemHeight: 4,
      textStyle: { fontSize: 11 },
    },
    xAxis: {
      type: 'time',
      min: range.start * 1000,
      max: range.end * 1000,
      splitNumber: 4,
      axisLabel: { formatter: '{HH}:{mm}', hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      name: suffix.trim(),
      min: 0,
      ...(max !== undefined && { max }),
      nameTextStyle: { align: 'right' },
      axisLabel: { fontSize: 11 },
    },
    series: series.map(({ name, points }) => ({
      type: 'line',
      name: name === '' ? 'all' : name,
      showSymbol: points.length === 1,
      lineStyle: { width: 1.5 },
      ...(isStacked && { stack: 'all', areaStyle: { opacity: 0.35 } }),
      data: points.map(([time, value]) => [time, value / divisor]),
    })),
  };
  return `<div class="chart" data-chart="${text(JSON.stringify(option))}"></div>`;
}

function rowTitle(row: RowTitle): string {
  return `<h3 style="${placeOf(row)}">${text(row.title)}</h3>`;
}

function placeOf({ gridPos: { x, y, w, h } }: Pick<Panel, 'gridPos'>): string {
  const px = [x * COLUMN_PX, y * LINE_PX, w * COLUMN_PX - MARGIN_PX, h * LINE_PX - MARGIN_PX];
  const [left = 0, top = 0, width = 0, height = 0] = px;
  return `left:${left}px;top:${top}px;width:${width}px;height:${height}px`;
}

function text(written: string): string {
  return written.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

const STYLE = `
  body { margin: 12px; background: #f4f5f7; font: 13px system-ui, sans-serif; color: #24292e }
  h1 { font-size: 19px; margin: 0 0 10px }
  main { position: relative }
  section, h3 { position: absolute; box-sizing: border-box; margin: 0 }
  section { background: #fff; border: 1px solid #dcdfe4; border-radius: 3px; display: flex; flex-direction: column }
  h2 { font-size: 13px; font-weight: 600; margin: 0; padding: 6px 8px 2px }
  h3 { font-size: 15px; padding: 2px 0 }
  .chart, .bars { flex: 1; min-height: 0; overflow: hidden }
  .stat { flex: 1; margin: 4px 6px 6px; border-radius: 3px; color: #fff; font-size: 25px; font-weight: 600;
    display: flex; align-items: center; justify-content: center }
  .none { margin: auto; color: #868e96; font-size: 15px }
  .bars { padding: 4px 10px; display: flex; flex-direction: column; justify-content: space-evenly }
  .bar { display: flex; align-items: center; gap: 8px; font-size: 12px }
  .bar span { width: 150px; text-align: right; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
  .bar i { flex: 1; background: #eef1f4; height: 11px }
  .bar b { display: block; background: #3274d9; height: 11px }
  .bar em { width: 62px; font-style: normal }
  footer { margin-top: 8px; color: #57606a }`;
