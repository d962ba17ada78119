/** What the exporter shows: the numbers of one whole round, until the next one. */
import { Gauge, type Registry } from 'prom-client';
import type { Recorder } from '../../metrics/definition.ts';
import { registryRecorder } from '../../metrics/prometheus.ts';
import { EXPORTER_METRICS } from './metrics.ts';

/** Older numbers would keep alerts firing or silent, and hide what another exporter has read since. */
const SHOWN_FOR_MS = 5 * 60_000;
export const LAST_SUCCESS = 'onboarding_exporter_last_success_timestamp_seconds';

type RecordOne = Recorder<typeof EXPORTER_METRICS>;

export interface Gauges {
  /** Replaces all numbers by those of a round. What it has not recorded is shown no more. */
  show(round: readonly Parameters<RecordOne>[]): void;
}

/** @param shownForMs after which numbers are removed if no round follows. The time of the last success stays, for its alert */
export function exporterGauges(registry: Registry, shownForMs: number = SHOWN_FOR_MS): Gauges {
  const record: RecordOne = registryRecorder(registry, EXPORTER_METRICS);
  let ageing: NodeJS.Timeout | undefined;
  const remove = (): void => {
    for (const [name, { labels }] of Object.entries(EXPORTER_METRICS)) {
      const gauge = registry.getSingleMetric(name);
      if (name === LAST_SUCCESS || !(gauge instanceof Gauge)) continue;
      // A reset gauge without labels is 0, which would show no pause, no worker and no missing key.
      if (Object.keys(labels).length === 0) gauge.remove();
      else gauge.reset();
    }
  };
  remove();
  const lastSuccess = registry.getSingleMetric(LAST_SUCCESS);
  if (lastSuccess instanceof Gauge) lastSuccess.remove();
  return {
    show(round) {
      remove();
      for (const one of round) record(...one);
      clearTimeout(ageing);
      ageing = setTimeout(remove, shownForMs).unref();
    },
  };
}
