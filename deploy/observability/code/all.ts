/** All dashboards, as the JSON that Grafana reads. */
import { AR24_AND_DOORS } from './ar24-and-doors.ts';
import { dashboard } from './dashboard.ts';
import { ONBOARDINGS } from './onboardings.ts';
import { WORKERS } from './workers.ts';

/** By the names of their files. */
export const DASHBOARDS: ReadonlyMap<string, string> = new Map(
  [ONBOARDINGS, AR24_AND_DOORS, WORKERS].map((definition) => [
    `${definition.name}.json`,
    `${JSON.stringify(dashboard(definition), withoutHiding, 2)}\n`,
  ]),
);

/** The library's default hides links in a menu, and has no other value. Without it, Grafana shows them. */
function withoutHiding(key: string, value: unknown): unknown {
  return key === 'placement' && value === 'inControlsMenu' ? undefined : value;
}
