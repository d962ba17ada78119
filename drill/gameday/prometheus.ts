/** Debian's Prometheus with the alerts of deploy/observability/, before the processes of one stack. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { answers } from '../processes/answers.ts';
import { keepRunning } from '../processes/kept.ts';
import { lastingPort } from '../processes/port.ts';
import { pause, until } from '../pause.ts';
import { Episodes } from './episodes.ts';
import type { Scale } from './scale.ts';

const RULES = new URL('../../deploy/observability/rules.yml', import.meta.url);
const READY_WITHIN_MS = 60_000;

/** The port of each target on 127.0.0.1, by the job names of docs/metrics.md. */
export type Targets = Readonly<Record<string, number>>;

export interface Prometheus {
  readonly episodes: Episodes;
  /** A line for each series of the answer. */
  query(promql: string): Promise<readonly string[]>;
  readonly stop: () => Promise<void>;
}

export async function startPrometheus(
  command: string,
  parentFolder: string,
  targets: Targets,
  scale: Scale,
): Promise<Prometheus> {
  const folder = join(parentFolder, 'prometheus');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'rules.yml'), scale.rules(await readFile(RULES, 'utf8')));
  const file = join(folder, 'prometheus.yml');
  // JSON is YAML.
  await writeFile(file, JSON.stringify(configuration(targets, scale), null, 2));
  const port = await lastingPort();
  const server = keepRunning({
    command,
    args: [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
    ],
    env: {},
    logFile: join(parentFolder, 'prometheus.log'),
  });
  const url = `http://127.0.0.1:${port}`;
  await until('Prometheus is ready', READY_WITHIN_MS, () => answers(`${url}/-/ready`));
  const episodes = new Episodes();
  const watching = watch(url, episodes);
  return {
    episodes,
    query: (promql) => queryAt(url, promql),
    async stop() {
      await watching.stop();
      await server.stop();
    },
  };
}

/** The configuration that docs/metrics.md shows. */
function configuration(targets: Targets, { scrapeS, scrapeExporterS }: Scale) {
  return {
    global: { scrape_interval: `${scrapeS}s`, evaluation_interval: `${scrapeS}s` },
    rule_files: ['rules.yml'],
    scrape_configs: Object.entries(targets).map(([job, port]) => ({
      job_name: job,
      ...(job === 'onboarding-exporter' && { scrape_interval: `${scrapeExporterS}s` }),
      ...(scrapeS < 10 && { scrape_timeout: `${scrapeS}s` }),
      static_configs: [{ targets: [`127.0.0.1:${port}`] }],
    })),
  };
}

const ASK_EVERY_MS = 2_000;
const ANSWER_WITHIN_MS = 10_000;
const Alerts = z.object({
  data: z.object({
    alerts: z.array(
      z.object({
        labels: z.object({ alertname: z.string() }),
        annotations: z.object({ summary: z.string() }),
        state: z.enum(['pending', 'firing']),
        activeAt: z.iso.datetime({ offset: true }),
      }),
    ),
  }),
});

function watch(url: string, episodes: Episodes): { readonly stop: () => Promise<void> } {
  let isStopped = false;
  const watching = (async () => {
    while (!isStopped) {
      const alerts = await get(`${url}/api/v1/alerts`).catch(() => undefined);
      if (alerts !== undefined) {
        episodes.see(
          Alerts.parse(alerts).data.alerts.map(({ labels, annotations, state, activeAt }) => ({
            alert: labels.alertname,
            summary: annotations.summary,
            isFiring: state === 'firing',
            activeAt: new Date(activeAt),
          })),
        );
      }
      await pause(ASK_EVERY_MS);
    }
  })();
  return {
    async stop() {
      isStopped = true;
      await watching;
    },
  };
}

const Answer = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: z.tuple([z.number(), z.string()]),
      }),
    ),
  }),
});

async function queryAt(url: string, promql: string): Promise<readonly string[]> {
  const answer = await get(`${url}/api/v1/query?query=${encodeURIComponent(promql)}`);
  return Answer.parse(answer).data.result.map(({ metric, value: [, value] }) => {
    const labels = Object.entries(metric).map(([name, text]) => `${name}="${text}"`);
    return `{${labels.join(', ')}} ${value}`;
  });
}

async function get(url: string): Promise<unknown> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  return answer.json();
}
