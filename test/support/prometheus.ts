/** A real Prometheus, with the configuration and the rules of deploy/observability/, that scrapes what a test runs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { freePort } from '../../devserver/port.ts';
import { findPrometheus } from '../../devserver/prometheus.ts';
import { eventually } from './eventually.ts';

const FOLDER = fileURLToPath(new URL('../../deploy/observability/', import.meta.url));
const READY_WITHIN_MS = 60_000;

/** The addresses (HOST:PORT) of each job. */
export type Targets = Readonly<Record<string, readonly string[]>>;

const series = z.object({
  metric: z.record(z.string(), z.string()),
  /** Time in seconds, and the value. */
  values: z.array(z.tuple([z.number(), z.string()])),
});
export type RangeSeries = z.output<typeof series>;

const answer = z.discriminatedUnion('status', [
  z.object({ status: z.literal('success'), data: z.object({ result: z.array(series) }) }),
  z.object({ status: z.literal('error'), error: z.string() }),
]);

/** In seconds since 1970, and seconds between two values. */
export interface Range {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

export interface RunningPrometheus {
  /** @throws Error if Prometheus cannot parse the query */
  queryRange(expr: string, range: Range): Promise<readonly RangeSeries[]>;
  stop(): Promise<void>;
}

const configuration = z.looseObject({
  scrape_configs: z.array(z.looseObject({ job_name: z.string() })),
});

/**
 * @param targets of jobs of prometheus.yml; the others are left out
 * @param scrapeS how often all are scraped
 * @throws Error if a job does not exist
 */
export async function startPrometheus(
  targets: Targets,
  scrapeS: number,
): Promise<RunningPrometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-prometheus-'));
  const file = join(folder, 'prometheus.yml');
  await writeFile(file, await configurationFor(targets, scrapeS));
  const url = `http://127.0.0.1:${await freePort()}`;
  const path = await findPrometheus((line) => process.stderr.write(`${line}\n`));
  const args = [
    `--config.file=${file}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=${new URL(url).host}`,
    '--log.level=error',
  ];
  const child = spawn(path, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const kill = (): unknown => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = once(child, 'exit');
  const isReady = () =>
    fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  await Promise.race([
    eventually('Prometheus is ready', isReady, (ready) => ready, READY_WITHIN_MS),
    ended.then(() => Promise.reject(new Error('Prometheus ended'))),
  ]);
  return {
    async queryRange(expr, { start, end, step }) {
      const body = new URLSearchParams({
        query: expr,
        start: `${start}`,
        end: `${end}`,
        step: `${step}`,
      });
      const response = await fetch(`${url}/api/v1/query_range`, { method: 'POST', body });
      const read = answer.parse(await response.json());
      if (read.status === 'error') throw new Error(`${read.error}: ${expr}`);
      return read.data.result;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      process.off('exit', kill);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function configurationFor(targets: Targets, scrapeS: number): Promise<string> {
  const shipped = configuration.parse(
    parse(await readFile(join(FOLDER, 'prometheus.yml'), 'utf8')),
  );
  const jobs = Object.entries(targets).map(([name, addresses]) => {
    const job = shipped.scrape_configs.find(({ job_name }) => job_name === name);
    if (job === undefined) throw new Error(`prometheus.yml has no job ${name}`);
    return { ...job, scrape_interval: `${scrapeS}s`, static_configs: [{ targets: addresses }] };
  });
  return stringify({
    global: { scrape_interval: `${scrapeS}s`, evaluation_interval: `${scrapeS}s` },
    rule_files: [join(FOLDER, 'rules.yml')],
    scrape_configs: jobs,
  });
}
