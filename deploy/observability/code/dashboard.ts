/** What all dashboards have: the choice of a Prometheus, links between them, rows of panels, alerts as marks. */
/* eslint-disable @typescript-eslint/no-deprecated -- Schema 2, which the library prefers, needs the newest Grafana. */
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  AnnotationQueryBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  RowBuilder,
  type Dashboard,
  type Panel,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DATASOURCE } from './panels.ts';

const TAG = 'sender-onboarding';

export interface Definition {
  /** The name of its file, and of its address in Grafana. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly rows: readonly Row[];
  readonly variables?: readonly Builder<VariableModel>[];
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Builder<Panel>[];
}

export function dashboard({
  name,
  title,
  description,
  rows,
  variables = [],
}: Definition): Dashboard {
  const others = new DashboardLinkBuilder('Sender onboarding')
    .type(DashboardLinkType.Dashboards)
    .tags([TAG])
    .keepTime(true);
  const builder = new DashboardBuilder(`Sender onboarding: ${title}`)
    .uid(`${TAG}-${name}`)
    .description(description)
    .tags([TAG])
    .timezone('browser')
    .time({ from: 'now-24h', to: 'now' })
    .refresh('1m')
    .tooltip(DashboardCursorSync.Crosshair)
    .links([others])
    .withVariable(
      new DatasourceVariableBuilder(DATASOURCE.uid.replace(/\W/g, ''))
        .label('Prometheus')
        .type('prometheus'),
    )
    .annotation(
      new AnnotationQueryBuilder()
        .name('Pages')
        .datasource(DATASOURCE)
        .enable(true)
        .iconColor('red')
        .expr('ALERTS{alertstate="firing", severity="page"}')
        .titleFormat('{{alertname}}'),
    );
  for (const variable of variables) builder.withVariable(variable);
  for (const row of rows) {
    builder.withRow(new RowBuilder(row.title));
    for (const panel of row.panels) builder.withPanel(panel);
  }
  const built = builder.build();
  // Grafana refers to panels by numbers, and gives none itself to dashboards from files.
  return { ...built, panels: (built.panels ?? []).map((panel, n) => ({ ...panel, id: n + 1 })) };
}
