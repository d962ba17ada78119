/** How the findings about two AR24s differ, such as those about the real one and about a simulator of it. */
import { isDeepStrictEqual } from 'node:util';
import { isJson } from './answer.ts';
import { FINDING_NAMES, FINDINGS, words, type FindingName, type Findings } from './findings.ts';
import type { Report } from './report.ts';

/** They depend on the clock of a machine, or on how many accounts there are. */
const OF_THE_PLACE: readonly FindingName[] = [
  'clockDifferenceS',
  'listDefault',
  'listOne',
  'listThousand',
];
/** In seconds. A slow answer makes the limits of a date inexact by one. */
const INEXACT: readonly FindingName[] = ['pastToleranceS', 'futureToleranceS'];

/** @returns a row for each finding about the first that does not hold for the simulator */
export function differences(
  found: Findings,
  simulated: Findings,
): NonNullable<Report['notImitated']> {
  return FINDING_NAMES.filter((name) => !OF_THE_PLACE.includes(name)).flatMap((name) => {
    const [one, other] = differing(name, comparable(found[name]), comparable(simulated[name]));
    if (one === undefined) return [];
    const { section, meaning } = FINDINGS[name];
    return [{ section, meaning, found: words(one), simulator: words(other ?? 'nothing') }];
  });
}

/** Both values; of records, the members only that differ. Empty if they are alike. */
function differing(name: FindingName, one: unknown, other: unknown): readonly unknown[] {
  if (one === undefined || isDeepStrictEqual(one, other)) return [];
  if (typeof one === 'number' && typeof other === 'number' && INEXACT.includes(name)) {
    return Math.abs(one - other) <= 1 ? [] : [one, other];
  }
  if (!isJson(one) || !isJson(other)) return [one, other];
  const members = [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (member) => !isDeepStrictEqual(one[member], other[member]),
  );
  const only = (record: Readonly<Record<string, unknown>>): unknown =>
    Object.fromEntries(members.map((member) => [member, record[member] ?? 'nothing']));
  return [only(one), only(other)];
}

/** Without how soon something happened, and without the requests of scanners. */
function comparable(value: unknown): unknown {
  if (!isJson(value)) return value;
  const { withinS: _withinS, unknownCallers: _unknownCallers, ...rest } = value;
  if (!Array.isArray(rest['shapes'])) return rest;
  const shapes: readonly unknown[] = rest['shapes'];
  return { ...rest, shapes: shapes.toSorted(byText) };
}

const byText = (one: unknown, other: unknown): number =>
  JSON.stringify(one).localeCompare(JSON.stringify(other));
