/**
 * `npm run dashboards:pictures`: draws the dashboards of a system that works and has trouble, for docs/images/. Grafana
 * takes no part: the pictures show what Prometheus answers to the queries of the dashboards.
 */
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { lastingPort } from '../drill/processes/port.ts';
import { keepRunning, type Kept } from '../drill/processes/kept.ts';
import type { StageOptions } from '../drill/stage/options.ts';
import { onStage, type Stage } from '../drill/stage/stage.ts';
import { chromiumArguments, findChromium } from '../devserver/chromium.ts';
import { DASHBOARDS } from '../test/metrics/dashboards.ts';
import { PartnerServer, SECRET } from '../test/notifications/partner.ts';
import { startPrometheus, type RunningPrometheus } from '../test/support/prometheus.ts';
import { draw } from './dashboards/draw.ts';
import { EVENT_SECRET, liveThrough } from './dashboards/life.ts';

const ONBOARD = fileURLToPath(new URL('../bin/onboard.js', import.meta.url));
const IMAGES = fileURLToPath(new URL('../docs/images/', import.meta.url));
const ECHARTS = fileURLToPath(import.meta.resolve('echarts/dist/echarts.min.js'));
const SCRAPE_S = 5;
/** The exporter needs half a minute for a round of counts. */
const LAST_COUNTS_MS = 75_000;

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const ports = {
  worker: await lastingPort(),
  gateway: await lastingPort(),
  exporter: await lastingPort(),
  codec: await lastingPort(),
};
const at = (port: number): string => `127.0.0.1:${port}`;
const partner = await PartnerServer.listen();

const options: StageOptions = {
  length: 'long',
  seed: 1,
  rows: 0,
  onboard: ONBOARD,
  progress: say,
  webhooks: 'on',
  poll: { firstS: 5, maxS: 30 },
  environment: {
    worker: {
      ONBOARDING_METRICS_ADDRESS: at(ports.worker),
      ONBOARDING_NOTIFY_URL: partner.settings.url,
      ONBOARDING_NOTIFY_SECRETS: SECRET,
      ONBOARDING_NOTIFY_ALLOW_PRIVATE: '1',
      AR24_MAX_CALLS_PER_SECOND: '20',
    },
    gateway: {
      ONBOARDING_GATEWAY_METRICS_ADDRESS: at(ports.gateway),
      ONBOARDING_EVENT_SOURCES: fileURLToPath(new URL('dashboards/sources.json', import.meta.url)),
      SHOP_EVENT_SECRETS: EVENT_SECRET,
      ONBOARDING_MAILS_PER_ADDRESS_AND_DAY: '5',
    },
  },
};

// Handlers of the `exit` event end the processes.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(130));
}

await onStage(
  options,
  async (stage) => {
    const begin = Date.now() / 1000;
    const others = startOthers(stage);
    const prometheus = await startPrometheus(
      {
        'onboarding-worker': [at(ports.worker)],
        'onboarding-worker-process': [new URL(stage.healthUrl).host],
        'onboarding-gateway': [at(ports.gateway)],
        'onboarding-exporter': [at(ports.exporter)],
        'onboarding-codec': [at(ports.codec)],
      },
      SCRAPE_S,
    );
    try {
      const end = await liveThrough(stage, partner, say);
      await new Promise((resolve) => setTimeout(resolve, LAST_COUNTS_MS));
      await takePictures(prometheus, begin);
      await end();
    } finally {
      await prometheus.stop();
      for (const other of others) await other.stop();
    }
  },
  () => true,
);
await partner.close();

function startOthers({ commands, folder }: Stage): readonly Kept[] {
  const start = (args: readonly string[], env: Readonly<Record<string, string>>): Kept =>
    keepRunning({
      command: process.execPath,
      args: [ONBOARD, ...args],
      env: { ...commands, ...env },
      logFile: `${folder}/${args[0] ?? ''}.log`,
    });
  return [
    start(['exporter'], { ONBOARDING_EXPORTER_ADDRESS: at(ports.exporter) }),
    start(['codec', '--local'], {
      ONBOARDING_CODEC_PORT: '0',
      ONBOARDING_CODEC_METRICS_ADDRESS: at(ports.codec),
    }),
  ];
}

async function takePictures(prometheus: RunningPrometheus, begin: number): Promise<void> {
  const browser = await chromium.launch({
    executablePath: await findChromium(say),
    args: [...chromiumArguments()],
  });
  const range = { start: begin, end: Date.now() / 1000, step: 10 };
  for (const [name, dashboard] of DASHBOARDS) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.setContent(
      await draw(dashboard, (expr) => prometheus.queryRange(expr, range), range),
    );
    await page.addScriptTag({ path: ECHARTS });
    await page.evaluate(
      `for (const one of document.querySelectorAll('[data-chart]'))
         echarts.init(one, null, { renderer: 'svg' }).setOption(JSON.parse(one.dataset.chart));`,
    );
    await page.screenshot({ path: `${IMAGES}dashboard-${name}.png`, fullPage: true });
    await page.close();
    say(`drawn: ${name}`);
  }
  await browser.close();
}
