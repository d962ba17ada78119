/** Reads Prometheus' text format, and holds it against the list of our metrics. */
import type { MetricDefinitions } from '../../metrics/definition.ts';
import { OF_LIBRARIES } from './label-values.ts';

export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const OURS = /^onboarding_/;
/** Labels that the SDK adds to metrics of workflows. All are names of our code, or of the namespace. */
const OF_SDK = ['namespace', 'taskQueue', 'workflowType'];

export async function scrape(url: string): Promise<string> {
  return (await fetch(url)).text();
}

export function seriesIn(text: string): readonly Series[] {
  return text.split('\n').flatMap((line) => {
    const [, name, labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === undefined) return [];
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)];
    return {
      name,
      labels: Object.fromEntries(pairs.map(([, label = '', written = '']) => [label, written])),
      value: Number(value),
    };
  });
}

/**
 * What is exposed and not in the list: names, types, labels and values of labels.
 *
 * @param named the values of labels that a setting or the code names
 */
export function strangersIn(
  text: string,
  list: MetricDefinitions,
  named: Readonly<Record<string, RegExp>>,
): readonly string[] {
  const types = new Map(
    [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', type = '']) => [name, type]),
  );
  return seriesIn(text)
    .filter(({ name }) => OURS.test(name))
    .flatMap(({ name, labels }) => {
      const family = familyOf(name, list);
      const definition = list[family];
      if (definition === undefined) return [name];
      if (types.get(family) !== definition.type) return [`${family}: ${types.get(family)}`];
      const isBucket = name === `${family}_bucket`;
      return Object.entries(labels).flatMap(([label, value]) => {
        const values = definition.labels[label];
        if (values === undefined) {
          return OF_SDK.includes(label) || (isBucket && label === 'le')
            ? []
            : [`${name}{${label}}`];
        }
        const isKnown =
          'from' in values ? named[label]?.test(value) === true : values.includes(value);
        return isKnown ? [] : [`${name}{${label}=${value}}`];
      });
    });
}

/** Labels of the libraries' metrics that could name a person: unknown ones, and values of another form. */
export function strangersOfLibraries(text: string): readonly string[] {
  return seriesIn(text)
    .filter(({ name }) => !OURS.test(name))
    .flatMap(({ name, labels }) =>
      Object.entries(labels)
        .filter(([label, value]) => OF_LIBRARIES[label]?.test(value) !== true)
        .map(([label, value]) => `${name}{${label}=${value}}`),
    );
}

/** The metrics of the list that are not exposed. */
export function missingIn(text: string, list: MetricDefinitions): readonly string[] {
  const there = new Set(seriesIn(text).map(({ name }) => familyOf(name, list)));
  return Object.keys(list).filter((name) => !there.has(name));
}

/** The sum of all series of this name with these labels; undefined if there is none. */
export function sumOf(
  text: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const found = seriesIn(text).filter(
    (one) =>
      one.name === name &&
      Object.entries(labels).every(([label, value]) => one.labels[label] === value),
  );
  return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0);
}

function familyOf(name: string, list: MetricDefinitions): string {
  const family = name.replace(/_(bucket|sum|count)$/, '');
  return list[family]?.type === 'histogram' ? family : name;
}
