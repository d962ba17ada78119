/**
 * How long the alerts take. `--short` divides the times of the rules by ten, to try the drill itself: only the rules as
 * they are show how long people wait for an alert.
 */
export interface Scale {
  /** The rules that Prometheus reads. */
  readonly rules: (text: string) => string;
  readonly scrapeS: number;
  readonly scrapeExporterS: number;
  /** How far the exporter's clock is ahead, where a problem has to be an hour old. It then takes all workers for gone. */
  readonly exporterAheadMs: number;
  /** Milliseconds that stand for so many minutes of the rules. */
  readonly minutes: (minutes: number) => number;
  /** The longest that so many minutes may take (ms). */
  readonly limit: (minutes: number) => number;
}

const MINUTE_MS = 60_000;
const DIVISOR = 10;
const SECONDS_OF = { m: 60, h: 3_600, d: 86_400 } as const;

export const REAL: Scale = {
  rules: (text) => text,
  scrapeS: 15,
  scrapeExporterS: 60,
  exporterAheadMs: 0,
  minutes: (minutes) => minutes * MINUTE_MS,
  limit: (minutes) => minutes * MINUTE_MS,
};

export const SHORT: Scale = {
  rules: (text) =>
    text
      .replace(
        /(?<=\[|for: )(\d+)([mhd])\b/g,
        (_, count: string, unit: keyof typeof SECONDS_OF) =>
          `${(Number(count) * SECONDS_OF[unit]) / DIVISOR}s`,
      )
      .replace(/(?<=onboarding_oldest_task_seconds\[\w+\]\)\) > )\d+/, (seconds) =>
        String(Number(seconds) / DIVISOR),
      ),
  scrapeS: 3,
  scrapeExporterS: 6,
  exporterAheadMs: 60 * MINUTE_MS,
  minutes: (minutes) => (minutes * MINUTE_MS) / DIVISOR,
  // The processes have their own times: retries of a quarter of an hour, rounds of a minute.
  limit: (minutes) => (minutes * MINUTE_MS) / DIVISOR + 20 * MINUTE_MS,
};
