/** Metrics through the meter of Temporal's SDK, exported at the worker's address beside the SDK's own. */
import type { MetricMeter } from '@temporalio/common';
import { beginAtZero, type MetricDefinitions, type Recorder } from './definition.ts';

type Labels = Readonly<Record<string, string>>;

/** Of a process: the counters exist from its start. @param meter the runtime's */
export function processRecorder<D extends MetricDefinitions>(
  meter: MetricMeter,
  definitions: D,
): Recorder<D> {
  const record = meterRecorder(meter, definitions);
  beginAtZero(record as (name: string, labels: Labels, value: number) => void, definitions);
  return record;
}

/**
 * @param meter the runtime's, or the workflow's, which is silent during a replay
 * @returns counts one where no value is given
 */
export function meterRecorder<D extends MetricDefinitions>(
  meter: MetricMeter,
  definitions: D,
): Recorder<D> {
  const made = new Map<string, (value: number, labels: Labels) => void>();
  return (name, labels, value = 1) => {
    let record = made.get(name);
    if (record === undefined) {
      record = instrument(meter, name, definitions);
      made.set(name, record);
    }
    record(value, labels);
  };
}

function instrument(
  meter: MetricMeter,
  name: string,
  definitions: MetricDefinitions,
): (value: number, labels: Labels) => void {
  const definition = Object.entries(definitions).find(([one]) => one === name)?.[1];
  // The unit is in the name, as Prometheus wants it, and so is `_total`.
  switch (definition?.type) {
    case 'counter': {
      const counter = meter.createCounter(name, undefined, definition.help);
      return (value, labels) => {
        counter.add(value, { ...labels });
      };
    }
    case 'gauge': {
      const gauge = meter.createGauge(name, 'float', undefined, definition.help);
      return (value, labels) => {
        gauge.set(value, { ...labels });
      };
    }
    case 'histogram': {
      const histogram = meter.createHistogram(name, 'float', undefined, definition.help);
      return (value, labels) => {
        // A clock that was set back must not make it throw, nor a time that is no number spoil the sum.
        histogram.record(value > 0 ? value : 0, { ...labels });
      };
    }
    case undefined:
      throw new TypeError(`no metric ${name} is defined`);
  }
}
